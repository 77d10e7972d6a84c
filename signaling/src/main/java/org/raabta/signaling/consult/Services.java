package org.raabta.signaling.consult;

import java.time.InstantSource;
import org.raabta.relay.control.RelayControl;
import org.raabta.signaling.events.EventFiles;
import org.raabta.signaling.exchange.Shelf;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.profile.Profiles;
import org.raabta.signaling.records.Records;

/** What every room needs from its server. */
public record Services(
        RelayControl relay,
        Records records,
        Meters meters,
        EventFiles events,
        Profiles profiles,
        Shelf shelf,
        InstantSource clock) {}
