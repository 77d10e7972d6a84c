package org.raabta.signaling.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.raabta.signaling.records.ConsultRow;

/** The clinic's waiting line: who stands where, and who is told. */
class WaitingLineTest {
    private static final Instant START = Instant.parse("2026-11-29T08:00:00Z");

    private Instant now = START;
    private final Map<Long, Optional<Instant>> kept = new TreeMap<>();
    private final Map<Long, Instant> since = new TreeMap<>();
    private final WaitingLine line = line();
    private final List<String> told = new ArrayList<>();

    private WaitingLine line() {
        return new WaitingLine(Duration.ofMinutes(15), () -> now, new WaitingLine.Memory() {
            @Override
            public void put(long consult, Instant from, Optional<Instant> awaySince) {
                kept.put(consult, awaySince);
                since.put(consult, from);
            }

            @Override
            public void drop(long consult) {
                kept.remove(consult);
                since.remove(consult);
            }
        });
    }

    private void waits(long consult, int sinceSecond) {
        line.waits(row(consult), START.plusSeconds(sinceSecond), number -> told.add(consult + ":" + number));
    }

    private List<String> takeTold() {
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    @Test
    void whoCameFirstStandsFirstAndOnlyNewsIsTold() {
        waits(7, 10);
        waits(5, 20);
        assertThat(takeTold()).containsExactly("7:1", "5:2");
        waits(5, 20);
        assertThat(takeTold()).isEmpty();
        waits(9, 5);
        assertThat(takeTold()).as("began to wait before").containsExactly("9:1", "7:2", "5:3");
        line.leaves(7);
        assertThat(takeTold()).containsExactly("5:2");
        line.leaves(7);
        assertThat(takeTold()).isEmpty();
    }

    @Test
    void whoIsMissedKeepsThePlaceForAWhile() {
        waits(1, 0);
        waits(2, 1);
        takeTold();
        line.away(1);
        line.away(1);
        now = now.plus(Duration.ofMinutes(14));
        line.look();
        assertThat(takeTold()).isEmpty();
        assertThat(line.places())
                .extracting(WaitingLine.Place::awaySince)
                .containsExactly(Optional.of(START), Optional.empty());
        // Says another time, as a page on another phone would: the place is the old one.
        waits(1, 800);
        assertThat(takeTold()).containsExactly("1:1");
        assertThat(line.places().get(0).since()).isEqualTo(START);
        line.away(1);
        now = now.plus(Duration.ofMinutes(15));
        line.look();
        assertThat(takeTold()).containsExactly("2:1");
        waits(1, 1740);
        assertThat(takeTold()).containsExactly("1:2");
    }

    @Test
    void theLineIsMadeAgainOfWhatWasKept() {
        waits(7, 10);
        waits(5, 20);
        waits(9, 30);
        waits(3, 40);
        line.leaves(5);
        line.away(7);
        assertThat(kept).isEqualTo(Map.of(3L, Optional.empty(), 7L, Optional.of(now), 9L, Optional.empty()));

        now = now.plus(Duration.ofMinutes(14));
        WaitingLine again = line();
        Map.copyOf(kept)
                .forEach(
                        (consult, away) -> again.stood(row(consult), Objects.requireNonNull(since.get(consult)), away));
        assertThat(again.places()).extracting(place -> place.consult().id()).containsExactly(7L, 9L, 3L);
        takeTold();
        again.waits(row(3), now, number -> told.add("3:" + number));
        assertThat(takeTold()).as("others count who are not back yet").containsExactly("3:3");
        now = now.plus(Duration.ofMinutes(1));
        again.look();
        assertThat(takeTold()).as("7 was away before the server was").containsExactly("3:2");
        again.waits(row(9), now, number -> told.add("9:" + number));
        assertThat(takeTold()).containsExactly("9:1");
        assertThat(kept.keySet()).containsExactly(3L, 9L);
    }

    /** Whatever happens: everybody who is here knows their number, and numbers are an order. */
    @Test
    void everybodyHereKnowsTheirNumber() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            WaitingLine many = new WaitingLine(Duration.ofSeconds(30), () -> now, new Forgetful());
            Map<Long, Integer> known = new TreeMap<>();
            for (int step = 0; step < 200; step++) {
                now = now.plusMillis(random.nextInt(4000));
                long consult = random.nextInt(12);
                switch (random.nextInt(4)) {
                    case 0, 1 -> many.waits(row(consult), now, number -> known.put(consult, number));
                    case 2 -> {
                        many.away(consult);
                        known.remove(consult);
                    }
                    default -> {
                        many.leaves(consult);
                        known.remove(consult);
                    }
                }
                Map<Long, Integer> right = new TreeMap<>();
                for (WaitingLine.Place place : many.places()) {
                    if (place.awaySince().isEmpty()) {
                        right.put(place.consult().id(), place.number());
                    }
                }
                assertThat(known).isEqualTo(right);
            }
        }
    }

    private static ConsultRow row(long number) {
        return new ConsultRow(
                number,
                Optional.empty(),
                Optional.empty(),
                START,
                Optional.empty(),
                START.plusSeconds(36_000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of("patient", "doctor"));
    }
}
