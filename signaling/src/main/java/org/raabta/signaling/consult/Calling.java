package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.records.ConsultRow;

/**
 * How one room's people find each other before and between talks: the patient's place in the clinic's line, whether the doctor
 * is here, and who calls whom. Owned by the room.
 */
public final class Calling {
    /** A finger that presses on and on rings once. */
    private static final Duration RING_AGAIN = Duration.ofSeconds(3);

    private final ConsultRow row;
    private final Seats seats;
    private final EventExecutor loop;
    private final Services services;
    private final BiConsumer<String, Role> onEvent;
    private final Map<Role, Instant> rang = new EnumMap<>(Role.class);
    /** Who was called and is to hear of it when they come. */
    private final Set<Role> missed = EnumSet.noneOf(Role.class);

    private ConsultView view;
    private int number;
    private boolean named;
    private @Nullable ObjectNode told;

    /** @param onEvent what stays of it in the time line: what happened, and by whom */
    Calling(
            ConsultRow row,
            ConsultView view,
            Seats seats,
            EventExecutor loop,
            Services services,
            BiConsumer<String, Role> onEvent) {
        this.row = row;
        this.view = view;
        this.seats = seats;
        this.loop = loop;
        this.services = services;
        this.onEvent = onEvent;
    }

    void changed(ConsultView now) {
        view = now;
        switch (now.state()) {
            case WAITING ->
                services.line()
                        .waits(
                                row,
                                waitingSince(),
                                place -> loop.execute(() -> {
                                    number = place;
                                    tellPlace();
                                }));
            case CREATED -> {
                number = 0;
                services.line().away(row.id());
            }
            default -> {
                number = 0;
                services.line().leaves(row.id());
                if (now.state() == ConsultState.CALL) {
                    missed.clear();
                }
            }
        }
        tellPlace();
    }

    /** A page is new and knows nothing. */
    void opened(LegId leg, Role role) {
        if (role == Role.PATIENT) {
            told = null;
            tellPlace();
        }
        if (missed.remove(role)) {
            seats.send(leg, call(other(role)));
        }
    }

    /** Somebody is to come to the phone: their pages ring now, or when they open. */
    public void ring(Role by) {
        Instant now = services.clock().instant();
        Instant before = rang.get(by);
        if (view.state().over() || (before != null && now.isBefore(before.plus(RING_AGAIN)))) {
            return;
        }
        rang.put(by, now);
        boolean heard = false;
        for (ConsultView.LegView leg : view.legs()) {
            if (leg.role() != by && leg.socket()) {
                seats.send(leg.id(), call(by));
                heard = true;
            }
        }
        if (!heard) {
            missed.add(other(by));
        }
        onEvent.accept("rang", by);
    }

    /** The patient has looked at the name that the clinic wrote down: it is theirs, or it is not. */
    public void named(boolean right) {
        if (!named && row.patientName().isPresent()) {
            named = true;
            onEvent.accept(right ? "named" : "misnamed", Role.PATIENT);
            tellPlace();
        }
    }

    /** Those who have been away too long lose their place. */
    void looked() {
        services.line().look();
    }

    private void tellPlace() {
        if (number == 0 || view.state() != ConsultState.WAITING) {
            told = null;
            return;
        }
        ObjectNode place = Json.object().put("t", "place").put("n", number);
        doctor().ifPresent(where -> place.put("doc", where));
        if (!named) {
            row.patientName().ifPresent(name -> place.put("name", name));
        }
        if (place.equals(told)) {
            return;
        }
        told = place;
        view.legs().stream()
                .filter(leg -> leg.role() == Role.PATIENT)
                .forEach(leg -> seats.send(leg.id(), new Notice.Beside(place)));
    }

    private Optional<String> doctor() {
        boolean known = view.legs().stream().anyMatch(leg -> leg.role() == Role.DOCTOR);
        boolean here = view.legs().stream().anyMatch(leg -> leg.role() == Role.DOCTOR && leg.socket());
        return known ? Optional.of(here ? "here" : "away") : Optional.empty();
    }

    private Instant waitingSince() {
        return view.legs().stream()
                .filter(leg -> leg.role() == Role.PATIENT)
                .flatMap(leg -> leg.waitingSince().stream())
                .min(Instant::compareTo)
                .orElseGet(services.clock()::instant);
    }

    private static Role other(Role of) {
        return of == Role.PATIENT ? Role.DOCTOR : Role.PATIENT;
    }

    private static Notice call(Role by) {
        return new Notice.Beside(Json.object().put("t", "ring").put("by", by.label()));
    }
}
