package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Rung;
import org.raabta.bench.score.PlayoutCounters;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.bench.score.VideoScore;

class BrowserStatisticsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Span CALL = new Span(0, 10_000);

    private final List<Driver.Event> events = new ArrayList<>();

    @Test
    void countersComeFromTheConnectionThatPlays() throws Exception {
        stats(1000, inbound(0, "audio", "'totalSamplesReceived':48000,'concealedSamples':24000"));
        stats(2000, inbound(0, "audio", "'totalSamplesReceived':96000,'concealedSamples':48000"));
        stats(2500, inbound(1, "audio", "'totalSamplesReceived':0,'concealedSamples':0"));
        // The new connection plays; the old one lingers and conceals.
        stats(3000, inbound(1, "audio", "'totalSamplesReceived':48000,'concealedSamples':0"));
        stats(3001, inbound(0, "audio", "'totalSamplesReceived':144000,'concealedSamples':96000"));
        stats(4000, inbound(1, "audio", "'totalSamplesReceived':96000,'concealedSamples':0"));

        PlayoutCounters counters = new BrowserStatistics(events).playout().orElseThrow();

        assertThat(counters.concealedRatio(1000, 2000).orElseThrow()).isCloseTo(0.5, within(1e-9));
        assertThat(counters.concealedRatio(3000, 4000).orElseThrow()).isZero();
    }

    @Test
    void thePayloadIsMeasuredWhileTheOtherSideSpeaks() throws Exception {
        for (int second = 0; second <= 10; second++) {
            int bytes = 1000 * Math.min(second, 5);
            stats(1000 * second, inbound(0, "audio", "'bytesReceived':" + bytes));
        }
        SpeechActivity firstHalf = SpeechActivity.ofSpans(List.of(new Span(0, 5000)));

        // The reading with no bytes yet is no reading: four seconds are left.
        assertThat(new BrowserStatistics(events).payloadKbps(firstHalf, CALL).orElseThrow())
                .isCloseTo(8, within(1e-9));
        assertThat(new BrowserStatistics(events).videoKbps(CALL)).isEmpty();
    }

    @Test
    void videoBytesAreThoseOfTheCall() throws Exception {
        stats(0, inbound(0, "video", "'bytesReceived':500"));
        stats(5000, inbound(0, "video", "'bytesReceived':10500"));
        stats(12000, inbound(0, "video", "'bytesReceived':99999"));

        assertThat(new BrowserStatistics(events).videoKbps(CALL).orElseThrow()).isCloseTo(8, within(1e-9));
    }

    @Test
    void picturesKeepTheirNumbersAndUnreadableOnesDiffer() throws Exception {
        event("pictures", 100, "'pictures':[[90,7,1,320,240],[95,7,2,320,240],[98,-1,3,320,240],[99,-1,4,320,240]]");

        assertThat(new BrowserStatistics(events).pictures())
                .extracting(VideoScore.Shown::number)
                .containsExactly(7, 7, -1, -2);
    }

    @Test
    void rungsAreStepsWithTheirReasons() throws Exception {
        event("rung", 5, "'up':'','down':''");
        event("rung", 10, "'up':'video','down':'voice','upReason':'unconstrained','downReason':'camera-off'");
        event("rung", 20, "'up':'voice','down':'voice','upReason':'link','downReason':'camera-off'");

        BrowserStatistics page = new BrowserStatistics(events);

        assertThat(page.rungs("up").orElseThrow().at(15)).contains(Rung.VIDEO);
        assertThat(page.rungs("up").orElseThrow().at(25)).contains(Rung.VOICE);
        assertThat(page.rungs("down").orElseThrow().steps()).singleElement().satisfies(step -> {
            assertThat(step.atMs()).isEqualTo(10);
            assertThat(step.reason()).isEqualTo("camera-off");
        });
    }

    @Test
    void estimatesAreThoseOfTheConnectionThatSends() throws Exception {
        stats(
                60,
                "{'type':'candidate-pair','connection':0,'availableOutgoingBitrate':80000},"
                        + "{'type':'outbound-rtp','connection':0,'kind':'audio','packetsSent':5}");
        stats(61, "{'type':'candidate-pair','connection':1,'availableOutgoingBitrate':300000}");

        BrowserStatistics page = new BrowserStatistics(events);

        assertThat(page.outgoingKbps()).containsExactly(java.util.Map.entry(60.0, 80.0));
        assertThat(BrowserStatistics.latest(page.outgoingKbps(), 70, 20)).hasValue(80);
        assertThat(BrowserStatistics.latest(page.outgoingKbps(), 81, 20)).isEmpty();
        assertThat(BrowserStatistics.latest(page.outgoingKbps(), 59, 20)).isEmpty();
    }

    private static String inbound(int connection, String kind, String rest) {
        return "{'type':'inbound-rtp','connection':" + connection + ",'kind':'" + kind + "'," + rest + "}";
    }

    private void stats(double atMs, String stat) throws JsonProcessingException {
        event("stats", atMs, "'stats':[" + stat + "]");
    }

    private void event(String name, double atMs, String rest) throws JsonProcessingException {
        JsonNode body = JSON.readTree(("{'event':'" + name + "'," + rest + "}").replace('\'', '"'));
        events.add(new Driver.Event(name, atMs, body));
    }
}
