package org.raabta.signaling.consult;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.records.ConsultRow;

/** What is kept of how a consultation goes: its quality record, event log, gauges and latest figures. Owned by the room. */
final class Watch {
    private final ConsultRow row;
    private final Profile profile;
    private final Services services;
    private final QualityLog quality;
    private final EventLog events;
    private final RoomGauges gauges;
    private ConsultView known;
    private boolean opened;
    private CallSnapshot figures = RelayLink.NOTHING;

    /** @param profile what the call runs with */
    Watch(ConsultRow row, Profile profile, ConsultView first, Services services) {
        this.row = row;
        this.profile = profile;
        this.services = services;
        this.known = first;
        this.quality = new QualityLog(row, first, now());
        this.events = new EventLog(row.id(), services.events());
        this.gauges = new RoomGauges(services.meters());
    }

    /** Somebody comes; the first one opens the event log. */
    void opened() {
        if (!opened) {
            events.opened(profile.name(), services.relay().run(), now());
        }
        opened = true;
    }

    void changed(ConsultView view) {
        gauges.changed(view);
        quality.changed(view, now());
        events.changed(known, view, now());
        known = view;
    }

    void admitted() {
        quality.admitted(now());
    }

    void connected(ConsultView view, LegId leg) {
        services.meters().count(Meters.Counter.HANDSHAKES);
        quality.connected(leg);
        view.leg(leg).ifPresent(known -> events.leg(known, "connected", "", now()));
    }

    void disconnected(ConsultView view, LegId leg, DisconnectReason reason) {
        if (MediaLoss.beforeMedia(reason)) {
            services.meters().count(Meters.Counter.HANDSHAKES_FAILED);
        }
        String why = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        view.leg(leg).ifPresent(known -> events.leg(known, "disconnected", why, now()));
    }

    void decided(RungChange change) {
        quality.decided(change);
        if (change.moved()) {
            services.meters().ladder().changed(change.decision().reason());
        }
    }

    /** @param snapshot taken just after */
    void decided(RungChange change, CallSnapshot snapshot) {
        events.rung(change, snapshot);
    }

    void commanded(LegId leg, Notice.Send command) {
        services.meters().count(Meters.Counter.COMMANDS);
        events.command(leg, command, now());
    }

    void braked(LegId leg, String why) {
        services.meters().count(Meters.Counter.BRAKES);
        events.brake(leg, why, now());
    }

    /** What the relay measured; the directions in it. */
    List<Notice.DirectionFigures> looked(CallSnapshot snapshot) {
        figures = snapshot;
        quality.figures(snapshot);
        List<Notice.DirectionFigures> directions = StatusView.directions(known, snapshot);
        gauges.looked(directions, snapshot);
        events.sample(directions, snapshot, now());
        return directions;
    }

    /** For engineers: as of the last look. */
    OpsView ops() {
        return new OpsView(row.id(), profile, known, StatusView.directions(known, figures), figures);
    }

    /** The event log so far, as JSON lines. */
    CompletionStage<byte[]> events() {
        events.flush();
        return services.events().read(row.id());
    }

    /** The consultation is over: its record is written. */
    void finished(ConsultView last, EndedBy by) {
        Instant now = now();
        quality.changed(last, now);
        services.meters().count(Meters.Counter.CONSULTS_ENDED);
        services.records().save(quality.record(by, now));
        events.flush();
    }

    /** The room is no more. */
    void closed() {
        gauges.cleared();
        events.flush();
    }

    private Instant now() {
        return services.clock().instant();
    }
}
