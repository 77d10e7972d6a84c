package org.raabta.bench.live;

import java.io.PrintStream;
import java.time.Duration;

/** One line that says what is going on and how long it will take: rewritten on a terminal, else now and then a new one. */
final class Progress {
    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int WIDTH = 78;

    private final PrintStream out;
    private final boolean terminal;
    private String phase = "";
    private long saidNanos;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void phase(String name) {
        phase = name;
        say(name, true);
    }

    /** @param leftSeconds of the whole run */
    void within(String name, long leftSeconds) {
        boolean fresh = !name.equals(phase);
        phase = name;
        say(name + ", about " + leftSeconds + " s left", fresh || System.nanoTime() - saidNanos > QUIET_NANOS);
    }

    void end() {
        if (terminal) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }

    private void say(String text, boolean worthALine) {
        if (terminal) {
            out.print("\r" + (text + " ".repeat(WIDTH)).substring(0, WIDTH));
            out.flush();
        } else if (worthALine) {
            saidNanos = System.nanoTime();
            out.println(text);
        }
    }
}
