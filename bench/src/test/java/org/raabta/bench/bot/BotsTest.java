package org.raabta.bench.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two bots in two processes, negotiating through this test, without any server: what they can do by themselves. */
class BotsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    @Timeout(60)
    void theReceiverNamesTheToneThatTheSenderSends() throws Exception {
        try (Bot sender = new Bot("SenderBot", directory, "--tone", "440");
                Bot receiver = new Bot("ReceiverBot", directory)) {
            receiver.write(sender.await(line -> line.has("sdp")));
            sender.write(receiver.await(line -> line.has("sdp")));
            JsonNode heard = receiver.await(line -> line.path("hz").asInt() == 440);
            assertThat(heard.path("share").asDouble()).isGreaterThan(0.5);
        }
    }

    @Test
    @Timeout(60)
    void aBotThatIsToldTooLittleSaysSoAndFails() throws Exception {
        try (Bot bot = new Bot("SenderBot", directory, "--server", "http://127.0.0.1:1")) {
            assertThat(bot.await(line -> line.path("t").asText().equals("failed"))
                            .path("why")
                            .asText())
                    .contains("--token");
            assertThat(bot.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(bot.process.exitValue()).isEqualTo(1);
        }
    }

    private static final class Bot implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final BufferedWriter in;
        private final List<String> seen = new ArrayList<>();

        private Bot(String name, Path directory, String... args) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.raabta.bench.bot." + name));
            command.addAll(List.of(args));
            File errors = directory.resolve(name + ".err").toFile();
            process = new ProcessBuilder(command).redirectError(errors).start();
            out = process.inputReader(UTF_8);
            in = process.outputWriter(UTF_8);
        }

        private JsonNode await(Predicate<JsonNode> wanted) throws IOException {
            for (@Nullable String line = out.readLine(); line != null; line = out.readLine()) {
                seen.add(line);
                if (line.startsWith("{")) {
                    JsonNode node = JSON.readTree(line);
                    if (wanted.test(node)) {
                        return node;
                    }
                }
            }
            throw new AssertionError("the bot ended after saying " + seen);
        }

        private void write(JsonNode line) throws IOException {
            in.write(JSON.writeValueAsString(line));
            in.newLine();
            in.flush();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
