package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.Optional;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.Transfer;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.Transfers;
import org.raabta.signaling.exchange.Exchange;
import org.raabta.signaling.exchange.Outside;
import org.raabta.signaling.http.BodyPace;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.transfer.Flow;
import org.raabta.signaling.transfer.ItemKind;

/** What a room tells of itself to what travels beside its call, and carries out for it. Owned by the room. */
final class Beside {
    private final Exchange exchange;
    private final SpareRates spare = new SpareRates();
    private final Calling calling;
    private final DataUse data;

    Beside(ConsultRow row, ConsultView view, Seats seats, RelayLink relay, EventExecutor loop, Services services) {
        this.calling = new Calling(row, view, seats, loop, services, this::happened);
        this.data = new DataUse(seats, relay, services.pricePerMb());
        this.exchange = new Exchange(row.id(), services.shelf(), new Pages(seats, relay, loop), loop, services.clock());
        row.endedAt().ifPresent(exchange::over);
    }

    Exchange exchange() {
        return exchange;
    }

    Calling calling() {
        return calling;
    }

    DataUse data() {
        return data;
    }

    /** A page's socket opened. */
    void opened(LegId leg, Role role) {
        calling.opened(leg, role);
        data.opened(leg, role);
        exchange.open(leg, role.label());
    }

    /** How fast the page of this role may load beside the call of {@code room}; nothing if no such page is here. */
    Optional<BodyPace> pace(Room room, Role role) {
        return room.view().legs().stream()
                .filter(leg -> leg.role() == role && leg.socket())
                .findFirst()
                .map(leg -> new LoadPace(room, this, leg.id()));
    }

    void looked(CallSnapshot snapshot) {
        calling.looked();
        data.looked(snapshot);
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

    /** What the relay leaves to a leg's transfers. */
    void room(LegId leg, TransferRoom room) {
        spare.tell(leg, room.down());
        exchange.room(leg, room);
    }

    /** What this leg's page may load beside its call (link kbps); for any thread. */
    double spareKbps(LegId leg) {
        return spare.of(leg);
    }

    /** Without media there is no voice to spare. */
    void disconnected(ConsultView view, LegId leg) {
        spare.forget(leg);
        exchange.room(leg, Flow.NO_CALL);
        happened("disconnected", view, leg);
    }

    void forget(LegId leg) {
        spare.forget(leg);
        exchange.forget(leg);
    }

    /** A picture that the relay took out of a sender's video. */
    void still(ConsultView view, Direction direction, StillPicture picture) {
        view.leg(direction.sender())
                .ifPresent(sender -> exchange.still(
                        direction.receiver(),
                        sender.role().label(),
                        picture.webp(),
                        picture.width(),
                        picture.height()));
    }

    private record Pages(Seats seats, RelayLink relay, EventExecutor loop) implements Outside {
        @Override
        public void send(LegId leg, ObjectNode message) {
            seats.send(leg, new Notice.Beside(message));
        }

        @Override
        public void frame(LegId leg, byte[] frame, Runnable written) {
            // The socket has loops of its own.
            seats.frame(leg, frame, () -> loop.execute(written));
        }

        @Override
        public void underWay(LegId leg, Optional<ItemKind> up, Optional<ItemKind> down) {
            relay.transfers(leg, new Transfers(transfer(up), transfer(down)));
        }

        private static Transfer transfer(Optional<ItemKind> kind) {
            return kind.map(known -> switch (known) {
                        case STILL -> Transfer.STILL;
                        case NOTE -> Transfer.MESSAGE;
                        case PHOTO, THUMB -> Transfer.PHOTO;
                    })
                    .orElse(Transfer.NONE);
        }

        @Override
        public void floor(Optional<LegId> holder) {
            relay.floor(holder);
        }
    }
}
