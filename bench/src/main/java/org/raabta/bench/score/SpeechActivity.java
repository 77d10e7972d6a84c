package org.raabta.bench.score;

import java.util.ArrayList;
import java.util.List;

/** When somebody speaks: from a recording's level in frames of 10 ms, or given as known. */
public final class SpeechActivity {
    static final int FRAME_MS = 10;
    /** A frame within this of the loud frames' level is speech. */
    private static final double SPEECH_DB = 30;

    private static final double FLOOR_DB = -60;
    private final List<Span> spans;

    private SpeechActivity(List<Span> spans) {
        this.spans = spans;
    }

    public static SpeechActivity of(Recording recording) {
        Levels levels = Levels.of(recording);
        double thresholdDb = Math.max(levels.loudDb() - SPEECH_DB, FLOOR_DB);
        List<Span> spans = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= levels.count(); i++) {
            boolean speech = i < levels.count() && levels.db(i) > thresholdDb;
            if (speech && from < 0) {
                from = i;
            } else if (!speech && from >= 0) {
                spans.add(new Span(levels.startMs(from), levels.startMs(i)));
                from = -1;
            }
        }
        return new SpeechActivity(List.copyOf(spans));
    }

    /** Known speech: spans in order that do not overlap, as a simulation's script has them. */
    public static SpeechActivity ofSpans(List<Span> spans) {
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).fromMs() < spans.get(i - 1).toMs()) {
                throw new IllegalArgumentException("spans must be in order and apart");
            }
        }
        return new SpeechActivity(List.copyOf(spans));
    }

    public List<Span> spans() {
        return spans;
    }

    public double activeMs(double fromMs, double toMs) {
        double sum = 0;
        for (int i = firstEndingAfter(fromMs); i < spans.size() && spans.get(i).fromMs() < toMs; i++) {
            sum += spans.get(i).overlapMs(fromMs, toMs);
        }
        return sum;
    }

    public boolean isActive(double atMs) {
        int i = firstEndingAfter(atMs);
        return i < spans.size() && spans.get(i).fromMs() <= atMs;
    }

    private int firstEndingAfter(double atMs) {
        int low = 0;
        int high = spans.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).toMs() > atMs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
