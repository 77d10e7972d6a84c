package org.raabta.signaling.consult;

import java.time.InstantSource;
import java.util.OptionalDouble;
import org.raabta.relay.control.RelayControl;
import org.raabta.signaling.events.EventFiles;
import org.raabta.signaling.exchange.Shelf;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.profile.Profiles;
import org.raabta.signaling.records.Records;
import org.raabta.signaling.waiting.WaitingLine;

/**
 * What every room needs from its server.
 *
 * @param pricePerMb what a megabyte costs patients, in rupees; empty where nobody has said
 */
public record Services(
        RelayControl relay,
        Records records,
        Meters meters,
        EventFiles events,
        Profiles profiles,
        Shelf shelf,
        WaitingLine line,
        OptionalDouble pricePerMb,
        InstantSource clock) {}
