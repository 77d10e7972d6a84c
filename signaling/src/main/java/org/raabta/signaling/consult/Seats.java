package org.raabta.signaling.consult;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;

/** The open pages of a room, and what each has to be told. Owned by the room. */
final class Seats {
    private final Map<LegId, Seat> seats = new LinkedHashMap<>();
    private final RungBoard rungs = new RungBoard();
    private final CommandBoard commands = new CommandBoard();
    private final QualityBoard qualities = new QualityBoard();

    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** The page knows nothing yet; an older socket of the same leg is closed. */
    void enter(LegId leg, Seat seat) {
        Seat before = seats.put(leg, seat);
        if (before != null) {
            before.close(CloseReason.DONE);
        }
        rungs.forgetTold(leg);
        qualities.forget(leg);
    }

    /** Whether it was this one that the leg was reached by. */
    boolean lost(LegId leg, Seat seat) {
        return seats.remove(leg, seat);
    }

    boolean has(LegId leg, Seat seat) {
        return seats.get(leg) == seat;
    }

    /** Nothing happens if the page is away. */
    void send(LegId leg, Notice notice) {
        Seat seat = seats.get(leg);
        if (seat != null) {
            seat.send(notice);
        }
    }

    /** Lost if the page is away: its next socket begins anew. */
    void frame(LegId leg, byte[] frame, Runnable written) {
        Seat seat = seats.get(leg);
        if (seat != null) {
            seat.frame(frame, written);
        }
    }

    void tellState(LegId leg, ConsultView view) {
        send(leg, new Notice.State(view, StatusView.placeOf(leg, view)));
    }

    void tellState(ConsultView view) {
        seats.keySet().forEach(leg -> tellState(leg, view));
    }

    /** What was decided before, if anything. */
    Optional<Decision> decided(Direction direction, Decision decision) {
        return rungs.decided(direction, decision);
    }

    /** To be said by {@link #tellCommands}; true if nothing waited to be said before. */
    boolean commanded(LegId leg, SendCommand command) {
        return commands.commanded(leg, command);
    }

    /** Each leg's latest command, where it is news; also to {@code log}, whether the page is here or not. */
    void tellCommands(BiConsumer<LegId, Notice.Send> log) {
        commands.takeUnsaid().forEach((leg, command) -> {
            log.accept(leg, command);
            send(leg, command);
        });
    }

    /** For a page that may have missed it, or has a new transport. */
    void repeatCommand(LegId leg) {
        commands.latest(leg).ifPresent(command -> send(leg, command));
    }

    void forgetRungs() {
        rungs.clear();
    }

    /** To patients where a rung changes, to doctors where a reason does too. */
    void tellRungs(ConsultView view) {
        seats.forEach((leg, seat) ->
                rungs.news(leg, view.state().admitted(), !isPatient(leg, view)).ifPresent(seat::send));
    }

    private static boolean isPatient(LegId leg, ConsultView view) {
        return view.legs().stream().anyMatch(one -> one.id().equals(leg) && one.role() == Role.PATIENT);
    }

    /** What a look at the call means for those who are here. */
    void tellFigures(ConsultView view, List<Notice.DirectionFigures> directions, CallSnapshot snapshot) {
        if (view.state() == ConsultState.CALL) {
            tellQuality(view, directions, snapshot);
        }
        if (view.state() == ConsultState.WAITING || view.state().admitted()) {
            tellDoctors(view, new Notice.Link(snapshot.legs(), directions));
        }
    }

    /** How the call is for each patient, where it is news. */
    private void tellQuality(ConsultView view, List<Notice.DirectionFigures> directions, CallSnapshot snapshot) {
        for (ConsultView.LegView leg : view.legs()) {
            if (leg.role() == Role.PATIENT && seats.containsKey(leg.id())) {
                CallQuality.of(leg.id(), directions, snapshot)
                        .flatMap(seen -> qualities.look(leg.id(), seen))
                        .ifPresent(news -> send(leg.id(), new Notice.Quality(news)));
            }
        }
    }

    private void tellDoctors(ConsultView view, Notice notice) {
        for (ConsultView.LegView leg : view.legs()) {
            if (leg.role() == Role.DOCTOR) {
                send(leg.id(), notice);
            }
        }
    }

    /** Says {@code last} and closes, if the page is here; forgets what it was told in any case. */
    void dismiss(LegId leg, @Nullable Notice last, CloseReason reason) {
        rungs.forget(leg);
        commands.forget(leg);
        qualities.forget(leg);
        Seat seat = seats.remove(leg);
        if (seat != null) {
            Optional.ofNullable(last).ifPresent(seat::send);
            seat.close(reason);
        }
    }

    void dismissAll(Notice last, CloseReason reason) {
        List.copyOf(seats.keySet()).forEach(leg -> dismiss(leg, last, reason));
    }

    /** Says {@code last} and closes, but the pages are expected back. */
    void closeAll(Notice last, CloseReason reason) {
        for (Seat seat : List.copyOf(seats.values())) {
            seat.send(last);
            seat.close(reason);
        }
    }
}
