package org.raabta.signaling.waiting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.raabta.signaling.records.WaitingRecords;

/** A line that stands in the database as well: who waited when the server went has the same place when it is back. */
public final class StoredLine {
    private StoredLine() {}

    /**
     * The line as it stood; waits for the database.
     *
     * @param keep so long a place is kept for somebody who is away
     */
    public static WaitingLine open(WaitingRecords records, Duration keep, InstantSource clock) {
        WaitingLine line = new WaitingLine(keep, clock, new WaitingLine.Memory() {
            @Override
            public void put(long consult, Instant since, Optional<Instant> awaySince) {
                records.put(consult, since, awaySince);
            }

            @Override
            public void drop(long consult) {
                records.drop(consult);
            }
        });
        for (WaitingRecords.Kept kept : records.all(clock.instant()).join()) {
            line.stood(kept.consult(), kept.since(), kept.awaySince());
        }
        return line;
    }
}
