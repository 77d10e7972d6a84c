package org.raabta.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.raabta.bench.link.LinkTable;
import org.raabta.bench.link.Links;
import org.raabta.bench.live.Live;
import org.raabta.bench.options.ProfileTable;
import org.raabta.bench.report.Compare;
import org.raabta.bench.sim.Sim;
import org.raabta.bench.speed.Speed;
import org.raabta.bench.tune.Swarm;
import org.raabta.bench.tune.Sweep;
import org.raabta.bench.tune.Tune;

/** {@code ./raabta bench ...}: names a command, runs it, ends with its exit status (2: wrong usage). */
public final class Main {
    private static final String HELP = """
            usage: ./raabta bench COMMAND
              links      lists the links that ship, with their figures
              profiles   lists the bandwidth profiles that ship, with their figures
              sim        --link NAME|FILE [--scenario talk|half-talk] [--profile NAME|FILE] [--seconds N] [--seed N] [--pin RUNG] --out DIR
                         holds a call in virtual time: result.json and report.html, hundreds of times faster
              sweep      --links a,b,c|all --set key=v1,v2 [--set ...] [--profile NAME|FILE] [--seeds N] [--seconds N] --out DIR
                         links and settings of a profile against each other, in virtual time: heat map and table
              tune       --knob key=from..to [--knob ...] [--budget RUNS] [--profile NAME|FILE] [--links a,b] [--held-out c,d]
                         [--seeds N] [--seconds N] [--seed N] --out DIR
                         looks for better settings, judges them on links that it never saw, and writes a profile
              swarm      [--calls N] [--seed N] [--seconds N] [--profile NAME|FILE]
                         calls over random links, of two and three people; the first broken promise is told with its seed
              live       --link NAME|FILE [--system raabta|p2p|janus] [--doctor chromium|firefox]
                         [--scenario talk|half-talk|visit1|visit2|photo|stills] [--photo-at N]
                         [--profile NAME|FILE] [--pin RUNG] [--seconds N] [--seed N] --out DIR
                         holds a real call between two browsers over an emulated link (needs root or user namespaces)
              compare    DIR DIR... [--out FILE]   puts the results of runs side by side
              jmh        [PATTERN]   times the packet path and the transcoder (JMH); --out FILE keeps the figures as JSON
              figures    measures the figures of the README (needs Chromium) and prints them as a table
            """;

    private Main() {}

    public static void main(String[] args) throws Exception {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws Exception {
        String command = args.length == 0 ? "" : args[0];
        List<String> arguments = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        switch (command) {
            case "links" -> {
                out.print(LinkTable.of(Links.shipped()));
                return 0;
            }
            case "profiles" -> {
                out.print(ProfileTable.ofShipped());
                return 0;
            }
            case "sim" -> {
                return Sim.run(arguments, out, err);
            }
            case "sweep" -> {
                return Sweep.run(arguments, out, err);
            }
            case "tune" -> {
                return Tune.run(arguments, out, err);
            }
            case "swarm" -> {
                return Swarm.run(arguments, out, err);
            }
            case "live" -> {
                return Live.run(arguments, out, err);
            }
            case "compare" -> {
                return Compare.run(arguments, out, err);
            }
            case "jmh" -> {
                return Speed.run(arguments, err);
            }
            case "figures" -> {
                return figures();
            }
            case "--help", "help" -> {
                out.print(HELP);
                return 0;
            }
            default -> {
                err.print(command.isEmpty() ? "" : "unknown command\n");
                err.print(HELP);
                return 2;
            }
        }
    }

    /** The measuring is done by the browsers' own driver; it needs what the end-to-end tests need. */
    private static int figures() throws IOException, InterruptedException {
        Path directory = Path.of("client-web", "e2e").toAbsolutePath();
        if (!Files.isDirectory(directory.resolve("node_modules"))) {
            int installed = inherit(directory, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
            if (installed != 0) {
                return installed;
            }
        }
        return inherit(directory, "node", "figures.mjs");
    }

    private static int inherit(Path directory, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
