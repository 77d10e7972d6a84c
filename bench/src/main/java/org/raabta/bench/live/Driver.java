package org.raabta.bench.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.raabta.bench.netns.Namespace;

/** One browser: the Java side of {@code bench/live/driver.mjs}. Commands are obeyed in order; events come at any time. */
final class Driver implements AutoCloseable {
    /** Something seen in the browser; {@code atMs} is milliseconds since 1970. */
    record Event(String name, double atMs, JsonNode body) {
        boolean is(String wanted) {
            return name.equals(wanted);
        }

        boolean isState(String state) {
            return is("state") && body.path("state").asText().equals(state);
        }
    }

    /** What a browser is started with. */
    record Setup(Browser browser, Path program, Path home, Path microphone, Path camera, Path root, Path recording) {}

    /** What a page is left for. */
    static final String EMPTY_PAGE = "about:blank";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long GRACE_MS = 8_000;
    private static final Set<String> TELLING = Set.of("state", "clicked", "microphone", "connection", "pageError");

    private final String who;
    private final Process process;
    private final BufferedWriter commands;
    private final List<Event> events = new ArrayList<>();
    private long lastId;
    private boolean ended;

    private Driver(String who, Process process) {
        this.who = who;
        this.process = process;
        this.commands = process.outputWriter();
    }

    /** Starts the driver, not yet its browser. */
    static Driver start(String who, Namespace where, Path script) throws IOException {
        Process process = where.start(
                new ProcessBuilder("node", script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT));
        Driver driver = new Driver(who, process);
        Thread reader = new Thread(driver::read, "driver-" + who);
        reader.setDaemon(true);
        reader.start();
        return driver;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode body = JSON.readTree(line);
                Event event =
                        new Event(body.path("event").asText(), body.path("atMs").asDouble(), body);
                synchronized (events) {
                    events.add(event);
                    events.notifyAll();
                }
            }
        } catch (IOException e) {
            // Its output ended, or is not what it should be: either way nothing more will be understood.
        } finally {
            synchronized (events) {
                ended = true;
                events.notifyAll();
            }
        }
    }

    long launch(Setup setup) throws IOException {
        ObjectNode command = JSON.createObjectNode()
                .put("command", "launch")
                .put("browser", setup.browser().label())
                .put("executable", setup.program().toString())
                .put("home", setup.home().toString())
                .put("audio", setup.microphone().toString())
                .put("video", setup.camera().toString())
                .put("ca", setup.root().toString())
                .put("recording", setup.recording().toString());
        return send(command);
    }

    long open(String url) throws IOException {
        return send(JSON.createObjectNode().put("command", "open").put("url", url));
    }

    void click(String testid, Duration limit) throws IOException, InterruptedException {
        done(
                send(JSON.createObjectNode()
                        .put("command", "click")
                        .put("testid", testid)
                        .put("timeoutMs", limit.toMillis())),
                limit.plusSeconds(5));
    }

    void choose(String testid, String value, Duration limit) throws IOException, InterruptedException {
        done(
                send(JSON.createObjectNode()
                        .put("command", "choose")
                        .put("testid", testid)
                        .put("value", value)),
                limit);
    }

    /** Gives a file to an input of the page, as soon as the page shows where it belongs. */
    void attach(String testid, Path file, Duration limit) throws IOException, InterruptedException {
        done(
                send(JSON.createObjectNode()
                        .put("command", "attach")
                        .put("testid", testid)
                        .put("file", file.toString())
                        .put("timeoutMs", limit.toMillis())),
                limit.plusSeconds(5));
    }

    /** Ends the browser and waits until its recording is written. */
    void stop(Duration limit) throws IOException, InterruptedException {
        done(send(JSON.createObjectNode().put("command", "stop")), limit);
    }

    private synchronized long send(ObjectNode command) throws IOException {
        command.put("id", ++lastId);
        try {
            commands.write(JSON.writeValueAsString(command));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        commands.newLine();
        commands.flush();
        return lastId;
    }

    /** @throws IOException if the command failed, or was not obeyed in time */
    void done(long id, Duration limit) throws IOException, InterruptedException {
        Event answer = await(
                e -> (e.is("done") || e.is("failed")) && e.body().path("id").asLong() == id, limit, "an answer");
        if (answer.is("failed")) {
            throw new IOException("the " + who + "'s browser: "
                    + answer.body().path("message").asText());
        }
    }

    /** The first event like this, past or to come. @throws IOException naming {@code what} if it did not come in time */
    Event await(Predicate<Event> wanted, Duration limit, String what) throws IOException, InterruptedException {
        return awaitAfter(0, wanted, limit, what);
    }

    /** The same, of those from index {@code from} on. */
    Event awaitAfter(int from, Predicate<Event> wanted, Duration limit, String what)
            throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        int seen = from;
        synchronized (events) {
            while (true) {
                for (; seen < events.size(); seen++) {
                    if (wanted.test(events.get(seen))) {
                        return events.get(seen);
                    }
                }
                long leftMs = Duration.ofNanos(untilNanos - System.nanoTime()).toMillis();
                if (ended) {
                    throw new IOException("the " + who + "'s browser ended while " + what + " was awaited");
                }
                if (leftMs <= 0) {
                    throw new IOException("the " + who + "'s browser: no " + what + " within " + limit.toSeconds()
                            + " s; last seen: " + lastSeen());
                }
                events.wait(leftMs);
            }
        }
    }

    /** The last things that were done and shown, for whoever asks why something did not come. */
    private String lastSeen() {
        List<String> told = events.stream()
                .filter(e -> TELLING.contains(e.name()))
                .map(e -> e.body().toString())
                .toList();
        return String.join(" ", told.subList(Math.max(0, told.size() - 4), told.size()));
    }

    /** How many events there are so far: what comes later has this index or a higher one. */
    int count() {
        synchronized (events) {
            return events.size();
        }
    }

    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    boolean isGone() {
        synchronized (events) {
            return ended || events.stream().anyMatch(e -> e.is("gone"));
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
        }
        Namespace.stop(process, GRACE_MS);
    }
}
