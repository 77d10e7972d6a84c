package org.raabta.bench.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.raabta.bench.netns.Namespace;

/** A process that serves, and the lines "key value" by which it says so. Its error output goes into a log of the run. */
final class ServerProcess implements AutoCloseable {
    private static final long GRACE_MS = 8_000;
    private static final long ASK_AGAIN_MS = 100;

    private final String name;
    private final Process process;
    private final Path log;
    private final Map<String, String> said = new HashMap<>();
    private boolean ended;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(Namespace where, String name, List<String> command, Path log) throws IOException {
        Process process = where.start(new ProcessBuilder(command).redirectError(log.toFile()));
        ServerProcess server = new ServerProcess(name, process, log);
        Thread reader = new Thread(server::read, "server-output");
        reader.setDaemon(true);
        reader.start();
        return server;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    synchronized (said) {
                        said.putIfAbsent(line.substring(0, space), line.substring(space + 1));
                        said.notifyAll();
                    }
                }
            }
        } catch (IOException e) {
            // Its output ended.
        } finally {
            synchronized (said) {
                ended = true;
                said.notifyAll();
            }
        }
    }

    /** What it said, once all these keys are there. @throws IOException with its last words if it ends before, or in time does not */
    Map<String, String> await(List<String> keys, Duration limit) throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        synchronized (said) {
            while (!said.keySet().containsAll(keys)) {
                long leftMs = Duration.ofNanos(untilNanos - System.nanoTime()).toMillis();
                if (ended || leftMs <= 0) {
                    throw new IOException(name + " did not start: " + lastWords());
                }
                said.wait(leftMs);
            }
            return Map.copyOf(said);
        }
    }

    /** For a server that does not say when it serves. */
    void awaitPort(Namespace where, String host, int port, Duration limit) throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        while (!where.call(() -> accepts(host, port))) {
            synchronized (said) {
                if (ended || System.nanoTime() - untilNanos > 0) {
                    throw new IOException(name + " did not start: " + lastWords());
                }
                said.wait(ASK_AGAIN_MS);
            }
        }
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) ASK_AGAIN_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Its own error output is the operator's, not the network's: it may be shown. */
    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? said.getOrDefault("failed", "no message") : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "no message";
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
        }
        Namespace.stop(process, GRACE_MS);
    }
}
