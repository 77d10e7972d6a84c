package org.raabta.bench.speed;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code bench jmh [PATTERN] [--out FILE]}: runs the benchmarks of this package whose names contain the pattern. */
public final class Speed {
    private static final String USAGE = "usage: ./raabta bench jmh [PATTERN] [--out FILE]";

    private Speed() {}

    public static int run(List<String> arguments, PrintStream err) throws RunnerException {
        List<String> patterns = new ArrayList<>(arguments);
        ChainedOptionsBuilder options = new OptionsBuilder().jvmArgsAppend("--enable-native-access=ALL-UNNAMED");
        int out = patterns.indexOf("--out");
        if (out >= 0 && out + 1 < patterns.size()) {
            options.resultFormat(ResultFormatType.JSON).result(patterns.remove(out + 1));
            patterns.remove(out);
        }
        if (patterns.size() > 1 || patterns.stream().anyMatch(pattern -> pattern.startsWith("-"))) {
            err.println(USAGE);
            return 2;
        }
        String prefix = Speed.class.getPackageName().replace(".", "\\.") + "\\..*";
        options.include(patterns.isEmpty() ? prefix : prefix + patterns.get(0));
        if (new Runner(options.build()).run().isEmpty()) {
            err.println("no benchmark has that in its name");
            return 2;
        }
        return 0;
    }
}
