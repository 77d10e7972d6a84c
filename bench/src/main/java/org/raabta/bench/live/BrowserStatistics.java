package org.raabta.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.raabta.adapter.Rung;
import org.raabta.bench.score.PlayoutCounters;
import org.raabta.bench.score.RungTimeline;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.bench.score.VideoScore;

/** What the events of one browser say in figures. Times are milliseconds since 1970. */
final class BrowserStatistics {
    private final List<Driver.Event> events;

    /** Counters of what arrived over the connection that carries the sound. */
    private record Inbound(double atMs, JsonNode stat) {}

    BrowserStatistics(List<Driver.Event> events) {
        this.events = events;
    }

    /** From the newest connection that played something; an older one that lingers is left out. */
    private List<Inbound> inbound(String kind, String proof) {
        List<Inbound> out = new ArrayList<>();
        int newest = -1;
        for (Driver.Event event : events) {
            if (!event.is("stats")) {
                continue;
            }
            for (JsonNode stat : event.body().path("stats")) {
                boolean wanted = stat.path("type").asText().equals("inbound-rtp")
                        && stat.path("kind").asText().equals(kind)
                        && stat.path(proof).asLong() > 0;
                if (wanted && stat.path("connection").asInt() >= newest) {
                    newest = stat.path("connection").asInt();
                    out.add(new Inbound(event.atMs(), stat));
                }
            }
        }
        return out;
    }

    Optional<PlayoutCounters> playout() {
        List<PlayoutCounters.Reading> readings = inbound("audio", "totalSamplesReceived").stream()
                .map(i -> new PlayoutCounters.Reading(
                        i.atMs(),
                        i.stat().path("totalSamplesReceived").asLong(),
                        i.stat().path("concealedSamples").asLong(),
                        i.stat().path("silentConcealedSamples").asLong()))
                .toList();
        return readings.isEmpty() ? Optional.empty() : Optional.of(new PlayoutCounters(readings));
    }

    /** Opus payload received per second in which the other side spoke most of the time. */
    OptionalDouble payloadKbps(SpeechActivity speech, Span call) {
        List<Inbound> readings = inbound("audio", "bytesReceived");
        double bits = 0;
        double ms = 0;
        for (int i = 1; i < readings.size(); i++) {
            Inbound before = readings.get(i - 1);
            Inbound now = readings.get(i);
            double lengthMs = now.atMs() - before.atMs();
            long bytes = now.stat().path("bytesReceived").asLong()
                    - before.stat().path("bytesReceived").asLong();
            if (bytes > 0
                    && before.atMs() >= call.fromMs()
                    && now.atMs() <= call.toMs()
                    && speech.activeMs(before.atMs(), now.atMs()) > lengthMs / 2) {
                bits += bytes * 8;
                ms += lengthMs;
            }
        }
        return ms > 0 ? OptionalDouble.of(bits / ms) : OptionalDouble.empty();
    }

    OptionalDouble videoKbps(Span call) {
        List<Inbound> readings = inbound("video", "bytesReceived").stream()
                .filter(i -> i.atMs() >= call.fromMs() && i.atMs() <= call.toMs())
                .toList();
        double bytes = 0;
        for (int i = 1; i < readings.size(); i++) {
            long now = readings.get(i).stat().path("bytesReceived").asLong();
            bytes += Math.max(
                    0, now - readings.get(i - 1).stat().path("bytesReceived").asLong());
        }
        return readings.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(bytes * 8 / call.lengthMs());
    }

    /** The pictures that were shown; those whose number could not be read count as new ones. */
    List<VideoScore.Shown> pictures() {
        List<VideoScore.Shown> out = new ArrayList<>();
        int unreadable = -1;
        for (Driver.Event event : events) {
            for (JsonNode picture : event.body().path("pictures")) {
                int number = picture.path(1).asInt(-1);
                out.add(new VideoScore.Shown(picture.path(0).asDouble(), number >= 0 ? number : unreadable--));
            }
        }
        return out;
    }

    /** What this browser believes it may send, by time; empty where its system does not ask it. */
    NavigableMap<Double, Double> outgoingKbps() {
        NavigableMap<Double, Double> out = new TreeMap<>();
        for (Driver.Event event : events) {
            boolean sends = false;
            double bitsPerSecond = Double.NaN;
            for (JsonNode stat : event.body().path("stats")) {
                // A connection that only receives has an estimate too, which nobody uses.
                sends |= stat.path("packetsSent").asLong() > 0;
                bitsPerSecond = stat.path("availableOutgoingBitrate").asDouble(bitsPerSecond);
            }
            if (sends && !Double.isNaN(bitsPerSecond)) {
                out.put(event.atMs(), bitsPerSecond / 1000);
            }
        }
        return out;
    }

    /** @param way {@code up} or {@code down}, as this page sees it */
    Optional<RungTimeline> rungs(String way) {
        List<RungTimeline.Step> steps = new ArrayList<>();
        String last = "";
        for (Driver.Event event : events) {
            String label = event.is("rung") ? event.body().path(way).asText() : "";
            if (!label.isEmpty() && !label.equals(last)) {
                last = label;
                steps.add(new RungTimeline.Step(
                        event.atMs(),
                        Rung.ofLabel(label),
                        event.body().path(way + "Reason").asText()));
            }
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(new RungTimeline(steps));
    }

    /** The last value at or before a time, if it is not older than {@code mostMs}. */
    static OptionalDouble latest(NavigableMap<Double, Double> values, double atMs, double mostMs) {
        Map.Entry<Double, Double> entry = values.floorEntry(atMs);
        return entry != null && atMs - entry.getKey() <= mostMs
                ? OptionalDouble.of(entry.getValue())
                : OptionalDouble.empty();
    }
}
