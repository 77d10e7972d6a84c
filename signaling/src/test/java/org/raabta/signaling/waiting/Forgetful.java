package org.raabta.signaling.waiting;

import java.time.Instant;
import java.util.Optional;

/** For a line that is not made again. */
public final class Forgetful implements WaitingLine.Memory {
    @Override
    public void put(long consult, Instant since, Optional<Instant> awaySince) {}

    @Override
    public void drop(long consult) {}
}
