package org.raabta.bench.link;

import java.util.ArrayList;
import java.util.List;

/** Mahimahi's file of delivery opportunities: one whole number of milliseconds per line, never going back. */
final class TraceFile {
    private TraceFile() {}

    static List<Long> parse(List<String> lines) {
        List<Long> times = new ArrayList<>();
        long last = 0;
        for (String line : lines) {
            String text = line.strip();
            int number = times.size() + 1;
            if (!text.matches("[0-9]{1,12}")) {
                throw new LinkFileException("line " + number + ": expected a whole number of milliseconds");
            }
            long time = Long.parseLong(text);
            if (time < last) {
                throw new LinkFileException("line " + number + ": the times go back");
            }
            times.add(time);
            last = time;
        }
        if (last == 0) {
            throw new LinkFileException("a trace needs a delivery opportunity after 0 ms");
        }
        return times;
    }
}
