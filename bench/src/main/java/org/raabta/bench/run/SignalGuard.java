package org.raabta.bench.run;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, SIGINT and SIGTERM ask the run to end and wait until it has written what it measured. */
public final class SignalGuard implements AutoCloseable {
    /** From a signal on: to end what was started and write what there is. */
    private static final long LAST_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread onSignal;

    /** @param end asks the run to end soon; called on a thread of its own, once at most */
    public SignalGuard(Runnable end, PrintStream err) {
        onSignal = new Thread(
                () -> {
                    end.run();
                    try {
                        if (!finished.await(LAST_SECONDS, TimeUnit.SECONDS)) {
                            err.println("the run did not end in time");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    /** The run has written all that it will. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // The shutdown is what ended the run.
        }
    }
}
