package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.Optional;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.signaling.exchange.Exchange;
import org.raabta.signaling.exchange.Outside;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.transfer.ItemKind;

/** What a room tells of itself to what travels beside its call, and carries out for it. Owned by the room. */
final class Beside {
    private final Exchange exchange;

    Beside(ConsultRow row, Seats seats, RelayLink relay, EventExecutor loop, Services services) {
        this.exchange =
                new Exchange(row.id(), services.shelf(), new Pages(seats, relay), loop, services.clock());
        row.endedAt().ifPresent(exchange::over);
    }

    Exchange exchange() {
        return exchange;
    }

    /** The person is here for the first time. */
    void joined(ConsultView before, LegId leg, Role role) {
        if (before.leg(leg).flatMap(ConsultView.LegView::waitingSince).isEmpty()) {
            exchange.event("came", role.label(), Json.object());
        }
    }

    void happened(String what, Role role) {
        exchange.event(what, role.label(), Json.object());
    }

    /** Of a leg that may be gone. */
    void happened(String what, ConsultView view, LegId leg) {
        view.leg(leg).ifPresent(known -> happened(what, known.role()));
    }

    void over(EndedBy by, Instant at) {
        exchange.event("ended", by == EndedBy.EXPIRY ? "server" : by.label(), Json.object());
        exchange.over(at);
    }

    /** Only what people notice: between pictures, voice, taking turns, and recorded messages. */
    void moved(RungChange change) {
        Rung now = change.decision().rung();
        boolean noticed = change.before()
                .map(before -> !word(before.rung()).equals(word(now)))
                .orElse(word(now).equals(Rung.NOTES.label()));
        if (noticed) {
            ObjectNode more = Json.object()
                    .put("from", change.from().label())
                    .put("to", change.to().label())
                    .put("rung", word(now));
            exchange.event("rung", "server", more);
        }
    }

    private static String word(Rung rung) {
        return switch (rung) {
            case VIDEO, LOW_VIDEO, SLOW_VIDEO -> Rung.VIDEO.label();
            case STILLS -> Rung.STILLS.label();
            case VOICE, NARROW_VOICE, THIN_VOICE -> Rung.VOICE.label();
            case PUSH_TO_TALK, NOTES, PHONE -> rung.label();
        };
    }

    /** What transfers may use, by a look at the call. */
    void looked(CallSnapshot snapshot) {
        snapshot.legs().forEach(leg -> exchange.room(leg.id(), LeftOver.of(leg, snapshot)));
    }

    private record Pages(Seats seats, RelayLink relay) implements Outside {
        @Override
        public void send(LegId leg, ObjectNode message) {
            seats.send(leg, new Notice.Beside(message));
        }

        @Override
        public void frame(LegId leg, byte[] frame, Runnable written) {
            seats.frame(leg, frame, written);
        }

        @Override
        public void underWay(LegId leg, Optional<ItemKind> up, Optional<ItemKind> down) {}

        @Override
        public void floor(Optional<LegId> holder) {}
    }
}
