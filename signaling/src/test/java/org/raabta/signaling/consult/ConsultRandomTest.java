package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

/** Random sequences of inputs: whatever comes, the promises of the state machine hold. */
class ConsultRandomTest {
    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void promisesHold(long seed) {
        assertThat(run(seed)).as("seed %d, twice the same", seed).isEqualTo(run(seed));
    }

    private static List<String> run(long seed) {
        Random random = new Random(seed);
        // Swarm: each run leaves some kinds of input out.
        int switchedOff = random.nextInt(1 << 10) & random.nextInt(1 << 10);
        Consult consult = new Consult(T0.plus(Duration.ofHours(3)), random.nextBoolean(), Optional.empty(), T0);
        List<String> log = new ArrayList<>();
        Instant now = T0;
        ConsultView before = consult.view();
        for (int i = 0; i < 600; i++) {
            Optional<Deadline> deadline = consult.nextDeadline();
            boolean toDeadline = deadline.isPresent() && random.nextInt(5) == 0;
            now = toDeadline ? deadline.get().at() : now.plusMillis(random.nextInt(40_000));
            int kind = random.nextInt(10);
            List<ConsultOutput> outputs = toDeadline || (switchedOff & 1 << kind) != 0
                    ? consult.onDeadline(now)
                    : input(consult, kind, random, now);
            check(consult, before, outputs, now, "seed " + seed + " step " + i);
            before = consult.view();
            log.add(outputs.toString());
        }
        return log;
    }

    private static List<ConsultOutput> input(Consult consult, int kind, Random random, Instant now) {
        Role role = random.nextInt(8) == 0 ? Role.GUEST : random.nextBoolean() ? Role.PATIENT : Role.DOCTOR;
        LegKind legKind = random.nextInt(4) == 0 ? LegKind.SDP : LegKind.WEB;
        LegId leg = new LegId(role.label().charAt(0) + "-" + legKind + random.nextInt(3));
        return switch (kind) {
            case 0, 1 -> consult.open(leg, role, legKind, now);
            case 2 -> consult.socketLost(leg, now);
            case 3 -> consult.join(leg, random.nextBoolean(), now);
            case 4 -> consult.signaled(leg, now);
            case 5 -> consult.connected(leg, now);
            case 6 -> consult.disconnected(leg, random.nextInt(3) == 0, now);
            case 7 -> consult.admit(now);
            case 8 -> consult.leave(leg, now);
            default ->
                random.nextInt(150) == 0
                        ? consult.end(EndedBy.DOCTOR, now)
                        : consult.camera(leg, random.nextBoolean(), now);
        };
    }

    private static void check(
            Consult consult, ConsultView before, List<ConsultOutput> outputs, Instant now, String where) {
        ConsultView view = consult.view();
        if (before.state().over()) {
            assertThat(outputs).as("%s: nothing follows the end", where).isEmpty();
        }
        if (before.state().admitted()) {
            assertThat(view.state().admitted() || view.state().over())
                    .as("%s: admitted stays admitted", where)
                    .isTrue();
        }
        boolean saidChanged = outputs.stream().anyMatch(output -> output instanceof ConsultOutput.Changed);
        assertThat(saidChanged).as("%s: said if and only if changed", where).isEqualTo(!view.equals(before));
        consult.nextDeadline()
                .ifPresent(deadline -> assertThat(deadline.at())
                        .as("%s: %s is not in the past", where, deadline)
                        .isAfter(now));
        assertThat(consult.nextDeadline().isPresent())
                .as(where)
                .isEqualTo(!view.state().over());
        Set<String> places = new HashSet<>();
        for (ConsultView.LegView leg : view.legs()) {
            assertThat(places.add(leg.role() + " " + leg.kind()))
                    .as("%s: one leg of a role and kind", where)
                    .isTrue();
        }
        if (view.state() == ConsultState.CALL) {
            for (Role role : List.of(Role.PATIENT, Role.DOCTOR)) {
                assertThat(view.legs())
                        .as("%s: a call has a whole %s", where, role)
                        .anyMatch(leg ->
                                leg.role() == role && leg.connected() && (leg.socket() || leg.kind() == LegKind.SDP));
            }
        }
        assertThat(view.since()).as(where).isBeforeOrEqualTo(now);
    }
}
