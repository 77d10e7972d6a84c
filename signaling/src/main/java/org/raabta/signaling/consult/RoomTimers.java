package org.raabta.signaling.consult;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When a room has to do something by itself: its next deadline, and its look at the relay's figures. Used on the room's loop. */
final class RoomTimers {
    private static final Duration FIGURES_EVERY = Duration.ofSeconds(2);

    private final EventExecutor loop;
    private @Nullable Future<?> deadline;
    private @Nullable Future<?> figures;

    RoomTimers(EventExecutor loop) {
        this.loop = loop;
    }

    /** Runs {@code due} after this time, and what was to be run before not any more. */
    void wake(Duration delay, Runnable due) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        // A day at most: the executor's clock and the wall clock may drift apart.
        long delayMs = Math.max(1, Math.min(delay.toMillis() + 1, TimeUnit.DAYS.toMillis(1)));
        deadline = loop.schedule(due, delayMs, TimeUnit.MILLISECONDS);
    }

    /** Runs {@code take} when it is time to look, unless that is on its way already. */
    void lookLater(Runnable take) {
        if (figures == null) {
            Runnable once = () -> {
                figures = null;
                take.run();
            };
            figures = loop.schedule(once, FIGURES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stopLooking() {
        if (figures != null) {
            figures.cancel(false);
        }
    }
}
