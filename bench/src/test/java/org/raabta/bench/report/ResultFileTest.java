package org.raabta.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    @Test
    void aResultComesBackAndGivesTheSameBytesAgain(@TempDir Path directory) throws IOException {
        for (RunResult run :
                List.of(SampleRuns.raabtaOnCliff(), SampleRuns.plainOnCliff(), SampleRuns.starvedAndPartial())) {
            ResultFile.write(directory, run);
            RunResult back = ResultFile.read(directory);
            assertThat(ResultFile.toJson(back)).isEqualTo(Files.readString(directory.resolve("result.json")));
            assertThat(back.partial()).isEqualTo(run.partial());
            assertThat(back.machine()).isEqualTo(run.machine());
            assertThat(back.join()).isEqualTo(run.join());
            assertThat(back.directions().keySet())
                    .containsExactlyElementsOf(run.directions().keySet());
            assertThat(directory.resolve("result.json.part")).doesNotExist();
        }
    }

    @Test
    void whatWasNotMeasuredIsAbsentAndNeverZero() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(ResultFile.toJson(bare()));
        assertThat(tree.fieldNames())
                .toIterable()
                .containsExactly("schema", "partial", "system", "link", "scenario", "seconds", "directions");
        assertThat(tree.path("directions").path("patient>doctor").isEmpty()).isTrue();
        RunResult back = ResultFile.fromJson(ResultFile.toJson(bare()));
        assertThat(back).isEqualTo(bare());
        assertThat(back.directions().get(RunResult.UP)).isEqualTo(nothing());
    }

    @Test
    void thePublicNamesAreThoseOfTheContract() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(ResultFile.toJson(SampleRuns.raabtaOnCliff()));
        assertThat(tree.path("schema").asInt()).isEqualTo(1);
        assertThat(tree.path("machine").fieldNames()).toIterable().containsExactly("cpuBusy", "lostAudioMs");
        JsonNode up = tree.path("directions").path("patient>doctor");
        assertThat(up.fieldNames())
                .toIterable()
                .containsExactly(
                        "seconds",
                        "brokenSeconds",
                        "concealedRatio",
                        "longestGapMs",
                        "estoi",
                        "emodelMos",
                        "mouthToEarMs",
                        "firstAudioMs",
                        "wireBytes",
                        "wireKbps",
                        "rungSeconds",
                        "rungChanges",
                        "queueOver600msSeconds",
                        "estimatorErrorRatio",
                        "video",
                        "samples");
        assertThat(up.path("mouthToEarMs").fieldNames()).toIterable().containsExactly("p50", "p95");
        assertThat(up.path("wireKbps").fieldNames()).toIterable().containsExactly("mean", "p95");
        assertThat(up.path("rungChanges").path(1).fieldNames())
                .toIterable()
                .containsExactly("atMs", "from", "to", "reason");
        assertThat(up.path("samples").path(5).fieldNames())
                .toIterable()
                .containsExactly(
                        "atMs", "linkKbps", "wireKbps", "estimateKbps", "queueMs", "rung", "concealedRatio", "broken");
        assertThat(tree.path("join").fieldNames())
                .toIterable()
                .containsExactly(
                        "bytesDown",
                        "bytesUp",
                        "requests",
                        "pageMs",
                        "waitingMs",
                        "admitToAudioMs",
                        "floorMs",
                        "pageFloorMs",
                        "waitingFloorMs",
                        "coldMs",
                        "coldFloorMs");
    }

    @Test
    void wrongFilesAreRefusedWithTheReason(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> ResultFile.read(directory)).hasMessageContaining("holds no result.json");
        for (String[] wrong : new String[][] {
            {"{", "not a result"},
            {"[]", "schema is missing"},
            {"{\"schema\":2}", "schema is 2, this bench reads 1"},
            {"{\"schema\":1,\"system\":\"p2p\"}", "link is missing"},
            {ResultFile.toJson(bare()).replace("60", "\"long\""), "not a result"},
        }) {
            Files.writeString(directory.resolve("result.json"), wrong[0]);
            assertThatThrownBy(() -> ResultFile.read(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("result.json: ")
                    .hasMessageContaining(wrong[1]);
        }
        // What a later bench adds does not hinder this one.
        Files.writeString(
                directory.resolve("result.json"),
                ResultFile.toJson(bare()).replace("\"schema\"", "\"later\" : [1], \"schema\""));
        assertThat(ResultFile.read(directory)).isEqualTo(bare());
    }

    @Test
    void whatIsNotANumberIsABugOfTheCaller() {
        RunResult wrong = new RunResult(
                1, false, "p2p", null, null, null, "cliff", null, "talk", Double.NaN, null, null, Map.of(), null, null);
        assertThatThrownBy(() -> ResultFile.toJson(wrong)).isInstanceOf(IllegalArgumentException.class);
    }

    static RunResult bare() {
        return new RunResult(
                1,
                true,
                "p2p",
                null,
                null,
                null,
                "gprs-thin",
                null,
                "talk",
                60,
                null,
                null,
                Map.of(RunResult.UP, nothing()),
                null,
                null);
    }

    static DirectionResult nothing() {
        return withBroken(null, null, null);
    }

    static DirectionResult withBroken(
            @Nullable Integer seconds, @Nullable Integer broken, DirectionResult.@Nullable Spread delay) {
        return new DirectionResult(
                seconds, broken, null, null, null, null, delay, null, null, null, null, null, null, null, null, null,
                null, null);
    }
}
