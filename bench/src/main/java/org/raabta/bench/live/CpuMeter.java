package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** How busy the whole machine was since this was made, from the kernel's own count ({@code /proc/stat}, proc(5)). */
final class CpuMeter {
    private static final Path COUNT = Path.of("/proc/stat");
    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISK = 5;
    /** Guests' time is part of their hosts' and would count twice. */
    private static final int FIELDS = 8;

    private record Ticks(long all, long idle) {}

    private final Ticks start;

    CpuMeter() throws IOException {
        start = read();
    }

    /** 0 to 1 over all processors; empty before the first tick. */
    OptionalDouble busy() throws IOException {
        Ticks now = read();
        double all = now.all() - start.all();
        return all > 0 ? OptionalDouble.of(1 - (now.idle() - start.idle()) / all) : OptionalDouble.empty();
    }

    private static Ticks read() throws IOException {
        try (var lines = Files.lines(COUNT)) {
            String[] words = lines.findFirst().orElse("").split(" +", -1);
            long all = 0;
            for (int i = 1; i <= Math.min(FIELDS, words.length - 1); i++) {
                all += Long.parseLong(words[i]);
            }
            return new Ticks(all, Long.parseLong(words[IDLE]) + Long.parseLong(words[WAITING_FOR_DISK]));
        }
    }
}
