package org.raabta.bench.sim;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.options.UsageException;
import org.raabta.bench.report.Report;
import org.raabta.bench.report.RunResult;
import org.raabta.bench.run.Programs;
import org.raabta.bench.run.SignalGuard;
import org.raabta.bench.sim.model.Consultation;

/** {@code bench sim}: holds a call in virtual time and writes {@code result.json} and {@code report.html}. */
public final class Sim {
    private static final int WRONG_USAGE = 2;
    private static final int FAILED = 1;
    private static final long SAY_EVERY_NANOS = 1_000_000_000L;

    private Sim() {}

    /** The exit status: 0, 1 if the result is partial or could not be written, 2 if it was asked for wrongly. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        SimOptions options;
        try {
            options = SimOptions.parse(arguments);
        } catch (UsageException e) {
            err.println("bench sim: " + e.getMessage());
            err.println(SimOptions.USAGE);
            return WRONG_USAGE;
        }
        AtomicBoolean ending = new AtomicBoolean();
        SignalGuard guard = new SignalGuard(() -> ending.set(true), err);
        try {
            return run(options, ending, out, err);
        } catch (InterruptedException e) {
            err.println("bench sim: interrupted");
            return FAILED;
        } finally {
            guard.close();
        }
    }

    private static int run(SimOptions options, AtomicBoolean ending, PrintStream out, PrintStream err)
            throws InterruptedException {
        SimScores.Made made =
                new SimScores.Made(Programs.version().map(version -> "Raabta " + version), Programs.commit());
        Consultation consultation = new Consultation(options.plan());
        Watch watch = new Watch(options.plan().seconds(), err);
        consultation.run(second -> {
            watch.at(second);
            return !ending.get();
        });
        double speed = watch.simulatedPerWallSecond(consultation.heldSeconds());
        RunResult result = SimScores.score(consultation, made);
        try {
            Report.write(options.out(), result, List.of());
        } catch (IOException e) {
            err.println("bench sim: cannot write into " + options.out());
            return FAILED;
        }
        out.print(SimTable.of(result));
        out.println(RunResult.UP + ": " + consultation.link().log().summary(Way.UP));
        out.println(RunResult.DOWN + ": " + consultation.link().log().summary(Way.DOWN));
        out.println(options.out().resolve(Report.NAME));
        out.println(String.format(Locale.ROOT, "%.0f simulated seconds per wall second", speed));
        if (result.partial()) {
            err.println("partial: ended by a signal after " + consultation.heldSeconds() + " of "
                    + options.plan().seconds() + " simulated seconds");
            return FAILED;
        }
        return 0;
    }

    /** Says once in a while how far the run is and how long it will take. */
    private static final class Watch {
        private final double seconds;
        private final PrintStream err;
        private final long startNanos = System.nanoTime();
        private long saidNanos = startNanos;

        Watch(double seconds, PrintStream err) {
            this.seconds = seconds;
            this.err = err;
        }

        void at(double second) {
            long nowNanos = System.nanoTime();
            if (nowNanos - saidNanos >= SAY_EVERY_NANOS) {
                saidNanos = nowNanos;
                double leftSeconds = (nowNanos - startNanos) / 1e9 * (seconds - second) / second;
                err.println(String.format(
                        Locale.ROOT, "simulated %.0f of %.0f s, about %.0f s left", second, seconds, leftSeconds));
            }
        }

        double simulatedPerWallSecond(int held) {
            return held * 1e9 / Math.max(1, System.nanoTime() - startNanos);
        }
    }
}
