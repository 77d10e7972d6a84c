package org.raabta.bench.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a laboratory ends, nothing of it is left; where there can be none, the reason is named. */
class LabEndTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static Process holder(String... wrapper) throws IOException {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LabHolder.class.getName()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader says = process.inputReader(StandardCharsets.UTF_8);
        String line = says.readLine();
        return line == null ? "nothing" : line;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKilledOrTerminatedBenchLeavesNothingBehind(boolean killed) throws Exception {
        Process holder = holder();
        try {
            String said = firstLine(holder);
            Assumptions.assumeTrue(!said.contains("namespace") && !said.contains("/dev/net/tun"), said);
            assertThat(said).isEqualTo("ready");
            endsWithAllBelow(holder, killed);
        } finally {
            holder.destroyForcibly();
        }
    }

    private static void endsWithAllBelow(Process holder, boolean killed) throws Exception {
        // Two keepers of two processes each, and on the sides sleep below nsenter, sh below nsenter with two sleeps.
        List<ProcessHandle> below = new ArrayList<>();
        awaitCount(below, holder, 9);
        Set<String> networks = networks(below);
        assertThat(networks).hasSize(2).doesNotContain(network("self"));
        if (killed) {
            holder.destroyForcibly();
        } else {
            holder.destroy();
        }
        assertThat(holder.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (below.stream().anyMatch(ProcessHandle::isAlive)) {
            assertThat(deadline - System.nanoTime()).as("processes left behind").isPositive();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(networks(ProcessHandle.allProcesses().toList())).doesNotContainAnyElementsOf(networks);
    }

    private static void awaitCount(List<ProcessHandle> below, Process holder, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (below.size() < count) {
            assertThat(deadline - System.nanoTime())
                    .as("processes so far: %s", below)
                    .isPositive();
            TimeUnit.MILLISECONDS.sleep(10);
            below.clear();
            try (Stream<ProcessHandle> all = holder.descendants()) {
                all.forEach(below::add);
            }
        }
    }

    private static Set<String> networks(List<ProcessHandle> processes) {
        Set<String> networks = new HashSet<>();
        for (ProcessHandle process : processes) {
            try {
                networks.add(network(Long.toString(process.pid())));
            } catch (IOException e) {
                // Ended while we looked.
            }
        }
        return networks;
    }

    private static String network(String pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", pid, "ns", "net")).toString();
    }

    @Test
    void whoIsNotRootGetsItInsideAUserNamespace() throws Exception {
        Process holder = holder("unshare", "-Urnm");
        try {
            String said = firstLine(holder);
            Assumptions.assumeTrue(!said.startsWith("unshare: unshare failed"), said);
            Assumptions.assumeTrue(!said.contains("/dev/net/tun"), said);
            assertThat(said).isEqualTo("ready");
            endsWithAllBelow(holder, true);
        } finally {
            holder.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mount -t tmpfs none /dev/net && exec \"$@\" | cannot open /dev/net/tun",
                "exec setpriv --bounding-set=-sys_admin -- \"$@\" | needs root (CAP_SYS_ADMIN)",
                "echo 0 > /proc/sys/user/max_net_namespaces && exec \"$@\" | The sysctl user.max_net_namespaces is 0"
            })
    void whatTheMachineLacksIsNamed(String script, String named) throws Exception {
        // Inside a user namespace of its own the experiment changes nothing for anybody else.
        Process holder = holder("unshare", "-Urnm", "sh", "-c", script, "sh");
        String said = firstLine(holder);
        Assumptions.assumeTrue(!said.startsWith("unshare: unshare failed"), said);
        assertThat(holder.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        assertThat(said).containsIgnoringCase(named);
    }
}
