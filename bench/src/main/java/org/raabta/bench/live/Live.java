package org.raabta.bench.live;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.raabta.bench.options.UsageException;
import org.raabta.bench.report.Report;
import org.raabta.bench.report.ResultFile;
import org.raabta.bench.run.SignalGuard;

/** {@code bench live}: holds a call and writes {@code result.json} and {@code report.html}. */
public final class Live {
    private static final int WRONG_USAGE = 2;
    private static final int FAILED = 1;

    private Live() {}

    /** The exit status: 0, 1 if the run ended before its time or could not begin, 2 if it was asked for wrongly. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        LiveOptions options;
        try {
            options = LiveOptions.parse(arguments);
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println(LiveOptions.usage());
            return WRONG_USAGE;
        }
        SignalGuard guard = new SignalGuard(Thread.currentThread()::interrupt, err);
        try {
            return run(options, out, err);
        } finally {
            guard.close();
        }
    }

    /** Whether the error output is one: since Java 22 the console no longer tells. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString().matches("/dev/(pts/|tty).*");
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(LiveOptions options, PrintStream out, PrintStream err) {
        Progress progress = new Progress(err, isTerminal());
        try {
            Path scripts = Path.of("bench", "live").toAbsolutePath();
            LiveRun.Ended ended = new LiveRun(options, scripts, progress).run();
            boolean interrupted = Thread.interrupted();
            progress.end();
            if (ended.result().isPresent()) {
                ResultFile.write(options.out(), ended.result().get());
                Report.write(options.out(), ended.result().get(), List.of());
                ended.link().forEach(out::println);
                out.println(options.out().resolve(Report.NAME));
            }
            if (ended.problem().isPresent()) {
                err.println((ended.result().isPresent() ? "partial: " : "")
                        + ended.problem().get());
                return FAILED;
            }
            return interrupted ? FAILED : 0;
        } catch (InterruptedException e) {
            progress.end();
            err.println("interrupted before anything was measured");
            return FAILED;
        } catch (IOException e) {
            progress.end();
            err.println(e.getMessage());
            return FAILED;
        }
    }
}
