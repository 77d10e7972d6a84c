package org.raabta.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.report.DirectionResult.Sample;

/** The words that a time line shows for the second under the pointer, made here so that the page's script stays small. */
final class Readings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Readings() {}

    /** Per run its label and per second its text; safe inside a script element. */
    static String json(List<Timeline.Line> lines) {
        ArrayNode all = JSON.createArrayNode();
        for (Timeline.Line line : lines) {
            ObjectNode run = all.addObject();
            run.put("label", lines.size() == 1 ? "" : line.label());
            ArrayNode texts = run.putArray("texts");
            List<Sample> samples = line.direction().samples();
            for (Sample sample : samples == null ? List.<Sample>of() : samples) {
                texts.add(text(sample));
            }
        }
        try {
            return JSON.writeValueAsString(all).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Sample sample) {
        StringBuilder out = new StringBuilder();
        add(out, "link", sample.linkKbps(), "%.0f kbit/s");
        add(out, "wire", sample.wireKbps(), "%.1f");
        add(out, "estimate", sample.estimateKbps(), "%.1f");
        add(out, "queue", sample.queueMs(), "%.0f ms");
        Double concealed = sample.concealedRatio();
        add(out, "concealed", concealed == null ? null : concealed * 100, "%.0f %%");
        if (sample.rung() != null) {
            out.append(out.isEmpty() ? "" : " · ").append(sample.rung());
        }
        if (Boolean.TRUE.equals(sample.broken())) {
            out.append(out.isEmpty() ? "" : " · ").append("broken");
        }
        return out.toString();
    }

    private static void add(StringBuilder out, String name, @Nullable Double value, String format) {
        if (value != null) {
            out.append(out.isEmpty() ? "" : " · ")
                    .append(name)
                    .append(' ')
                    .append(String.format(Locale.ROOT, format, value));
        }
    }
}
