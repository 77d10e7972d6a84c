package org.raabta.signaling.waiting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.raabta.signaling.records.ConsultRow;

/**
 * The patients who wait, whoever came first standing first. Who is away for a while (a call, an empty battery, a missed doctor)
 * keeps the place, and counts for those behind. Thread-safe: every consultation has a loop of its own.
 */
public final class WaitingLine {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry entry) -> entry.since).thenComparing(entry -> entry.consult.id());

    private final Duration keep;
    private final InstantSource clock;
    private final Memory memory;
    private final Map<Long, Entry> entries = new HashMap<>();

    /**
     * @param keep   so long a place is kept for somebody who is away
     * @param memory of which the line is made again after a restart
     */
    public WaitingLine(Duration keep, InstantSource clock, Memory memory) {
        this.keep = keep;
        this.clock = clock;
        this.memory = memory;
    }

    /** What outlives the server of the line. Told in the order of what happens, and must not wait. */
    public interface Memory {
        void put(long consult, Instant since, Optional<Instant> awaySince);

        void drop(long consult);
    }

    /** Somebody stood here before the server went: away until they come back, and no longer than others may be. */
    public synchronized void stood(ConsultRow consult, Instant since, Optional<Instant> awaySince) {
        Entry entry = new Entry(consult, since);
        entry.awaySince = Optional.of(awaySince.orElseGet(clock::instant));
        entries.putIfAbsent(consult.id(), entry);
    }

    /**
     * One place in the line.
     *
     * @param number    1 is next
     * @param since     when the person first was ready
     * @param awaySince empty if the person is here
     */
    public record Place(ConsultRow consult, int number, Instant since, Optional<Instant> awaySince) {}

    /**
     * The consultation's patient waits; said again it changes nothing, and who comes back in time stands where they stood.
     *
     * @param told runs with the number at once and whenever it changes, on whatever thread changed it, and must not wait
     */
    public synchronized void waits(ConsultRow consult, Instant since, IntConsumer told) {
        forgetMissing();
        Entry entry = entries.computeIfAbsent(consult.id(), unknown -> new Entry(consult, since));
        entry.told = told;
        if (entry.awaySince.isPresent() || entry.number == 0) {
            entry.awaySince = Optional.empty();
            keep(entry);
        }
        tell();
    }

    /** The patient who waited is gone for now. */
    public synchronized void away(long consult) {
        Entry entry = entries.get(consult);
        if (entry != null && entry.awaySince.isEmpty()) {
            entry.awaySince = Optional.of(clock.instant());
            entry.number = 0;
            keep(entry);
        }
        look();
    }

    /** The doctor has let the patient in, or it is over. */
    public synchronized void leaves(long consult) {
        if (entries.remove(consult) != null) {
            memory.drop(consult);
            tell();
        }
    }

    /** Those who have been away too long lose their place now. */
    public synchronized void look() {
        if (forgetMissing()) {
            tell();
        }
    }

    /** In order. */
    public synchronized List<Place> places() {
        look();
        List<Place> places = new ArrayList<>();
        for (Entry entry : inOrder()) {
            places.add(new Place(entry.consult, places.size() + 1, entry.since, entry.awaySince));
        }
        return places;
    }

    private boolean forgetMissing() {
        Instant now = clock.instant();
        List<Entry> missing = entries.values().stream()
                .filter(entry -> entry.awaySince
                        .filter(since -> !now.isBefore(since.plus(keep)))
                        .isPresent())
                .toList();
        for (Entry entry : missing) {
            entries.remove(entry.consult.id());
            memory.drop(entry.consult.id());
        }
        return !missing.isEmpty();
    }

    private void keep(Entry entry) {
        memory.put(entry.consult.id(), entry.since, entry.awaySince);
    }

    private void tell() {
        int number = 0;
        for (Entry entry : inOrder()) {
            number++;
            if (entry.awaySince.isEmpty() && entry.number != number) {
                entry.number = number;
                entry.told.accept(number);
            }
        }
    }

    private List<Entry> inOrder() {
        return entries.values().stream().sorted(ORDER).toList();
    }

    private static final class Entry {
        final ConsultRow consult;
        final Instant since;
        Optional<Instant> awaySince = Optional.empty();
        IntConsumer told = number -> {};
        /** The last that was told; 0 before. */
        int number;

        Entry(ConsultRow consult, Instant since) {
            this.consult = consult;
            this.since = since;
        }
    }
}
