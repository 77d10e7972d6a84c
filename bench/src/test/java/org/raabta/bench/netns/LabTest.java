package org.raabta.bench.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.raabta.bench.emulator.Drop;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Fate;
import org.raabta.bench.emulator.LinkEvent;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Loss;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.netns.Sockets.Datagram;

/** The emulator against its own settings in real time: what sockets on both sides really see. */
class LabTest {
    private static final long SEED = 20260105;
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;
    private static final int PATIENCE_SECONDS = 20;

    @BeforeAll
    static void theMachineCanDoIt() throws IOException {
        try (Lab lab = Lab.open(link(1_000_000, Duration.ofMillis(1), Optional.empty()), SEED)) {
            assertThat(lab.precision().packets()).isNotNegative();
        } catch (LabUnavailable e) {
            Assumptions.abort("no laboratory on this machine: " + e.getMessage());
        }
    }

    private static Link link(long bitsPerSecond, Duration delay, Optional<Loss> loss, Link.Step... steps) {
        LinkDirection direction = new LinkDirection(
                new Rate.Constant(bitsPerSecond),
                new Limit.Time(Duration.ofMillis(500)),
                delay,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                loss,
                0);
        return new Link(
                "made-up",
                "for a test",
                new Link.Conditions(direction, direction, Optional.empty()),
                false,
                new Link.Script(List.of(steps), Optional.empty()));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_SECONDS * S;
        while (!condition.getAsBoolean()) {
            assertThat(deadline - System.nanoTime()).as("waiting for %s", what).isPositive();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static long delivered(EmulatedLink link, Way way) {
        return link.log().events(way).stream()
                .filter(event -> event.fate() instanceof Fate.Delivered)
                .count();
    }

    private static Sockets upwards(Lab lab) throws IOException {
        return new Sockets(lab.phone(), lab.server(), Lab.SERVER_ADDRESS);
    }

    @Test
    void udpGetsTheRateWithinOnePercentInBothDirectionsAndInOrder() throws Exception {
        try (Lab lab = Lab.open(link(240_000, Duration.ofMillis(100), Optional.empty()), SEED);
                Sockets up = upwards(lab);
                Sockets down = new Sockets(lab.server(), lab.phone(), Lab.PHONE_ADDRESS)) {
            // 300 bytes every 7.7 ms are 1.3 times the rate.
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(down, 600, 300, 7_700_000));
            sendAll(up, 600, 300, 7_700_000);
            sending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (Way way : Way.values()) {
                Sockets sockets = way == Way.UP ? up : down;
                await("the queue", () -> sockets.received().size() == lab.ask(link -> delivered(link, way)));
                List<Datagram> received = sockets.received();
                long nanos = received.get(received.size() - 1).atNanos()
                        - received.get(0).atNanos();
                double rate = (received.size() - 1) * 300 * 8.0 * S / nanos;
                assertThat(rate).as("%s", way).isCloseTo(240_000, Percentage.withPercentage(1));
                assertThat(received).extracting(Datagram::number).isSorted().doesNotHaveDuplicates();
                assertThat(received.size() + lab.ask(link -> link.log().dropped(way, Drop.QUEUE_FULL)))
                        .isEqualTo(600);
            }
        }
    }

    private static void sendAll(Sockets sockets, int count, int ipBytes, long everyNanos) {
        try {
            sockets.send(count, ipBytes, everyNanos);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLonelyPacketTakesTheDelayWithinThreeMilliseconds() throws Exception {
        try (Lab lab = Lab.open(link(1_000_000, Duration.ofMillis(80), Optional.empty()), SEED);
                Sockets up = upwards(lab)) {
            up.send(200, 125, 20 * MS);
            await("all packets", () -> up.received().size() == 200);
            // One more millisecond for their own length. The middle: this machine may be busy with other things.
            double[] delaysMs = up.received().stream()
                    .mapToDouble(datagram -> (datagram.atNanos() - datagram.sentNanos()) / 1e6)
                    .sorted()
                    .toArray();
            Lab.Precision precision = lab.precision();
            System.out.println("delay ms: least " + delaysMs[0] + ", p50 " + delaysMs[100] + ", p95 " + delaysMs[190]
                    + "; " + precision);
            assertThat(delaysMs[100]).isCloseTo(81, within(3.0));
            assertThat(delaysMs[0]).isGreaterThanOrEqualTo(81);
            assertThat(precision.packets()).isEqualTo(200);
        }
    }

    @Test
    void lossIsWhatTheSameSeedDecidesInVirtualTime() throws Exception {
        Link settings = link(2_000_000, Duration.ofMillis(30), Optional.of(new Loss(0.2, Duration.ZERO)));
        int count = 2000;
        try (Lab lab = Lab.open(settings, SEED);
                Sockets up = upwards(lab)) {
            lab.startScript(lab.ask(EmulatedLink::startNanos));
            up.send(count, 100, 1_500_000);
            await(
                    "all packets",
                    () -> lab.ask(link -> link.log().events(Way.UP).size()) == count
                            && up.received().size() == lab.ask(link -> delivered(link, Way.UP)));
            assertThat(1 - up.received().size() / (double) count)
                    .as("seed %d", SEED)
                    .isCloseTo(0.2, within(3.6 * Math.sqrt(0.2 * 0.8 / count)));
            EmulatedLink virtual = EmulatedLink.running(settings, SEED, 0);
            List<Integer> expected = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                if (virtual.offer(Way.UP, Transport.UDP, 100, number * 2L * MS) instanceof Fate.Delivered) {
                    expected.add(number);
                }
            }
            assertThat(up.received()).extracting(Datagram::number).isEqualTo(expected);
        }
    }

    @Test
    void aStepComesAtItsTimeAndKeepsTheQueue() throws Exception {
        Link.Conditions slow =
                link(80_000, Duration.ofMillis(20), Optional.empty()).start();
        Link settings = link(
                800_000,
                Duration.ofMillis(20),
                Optional.empty(),
                new Link.Step(Duration.ofSeconds(2), List.of(), Optional.of(slow), Optional.empty()));
        try (Lab lab = Lab.open(settings, SEED);
                Sockets up = upwards(lab)) {
            // The script is waiting until now, and its step comes two seconds later.
            long startNanos = System.nanoTime();
            long waitedNanos = startNanos - lab.ask(EmulatedLink::startNanos);
            lab.startScript(startNanos);
            // 1.25 times the rate before the step.
            up.send(3000, 100, 800_000);
            await("the queue", () -> up.received().size() == lab.ask(link -> delivered(link, Way.UP)));
            List<Datagram> received = up.received();
            long before = received.stream()
                    .filter(datagram ->
                            datagram.atNanos() - startNanos > S && datagram.atNanos() - startNanos < 1_900 * MS)
                    .count();
            long after = received.stream()
                    .filter(datagram -> datagram.atNanos() - startNanos > 2_100 * MS
                            && datagram.atNanos() - startNanos < 4_000 * MS)
                    .count();
            assertThat((double) before).isCloseTo(900, within(20.0));
            assertThat((double) after).isCloseTo(190, within(5.0));
            // What stood in the queue at the step, 0.4 s of the old rate, came out of it: in order, none missing.
            List<LinkEvent> standing = lab.ask(link -> link.log().events(Way.UP).stream()
                    .filter(event -> event.atNanos() < waitedNanos + 2 * S && event.leftNanos() > waitedNanos + 2 * S)
                    .filter(event -> event.fate() instanceof Fate.Delivered)
                    .toList());
            assertThat(standing).hasSizeGreaterThan(300);
            assertThat(received).extracting(Datagram::number).isSorted();
        }
    }

    @Test
    void tcpGetsTheRateWithinFivePercent() throws Exception {
        long bitsPerSecond = 1_000_000;
        try (Lab lab = Lab.open(link(bitsPerSecond, Duration.ofMillis(40), Optional.empty()), SEED);
                ServerSocketChannel listening = lab.server()
                        .call(() -> ServerSocketChannel.open(java.net.StandardProtocolFamily.INET)
                                .bind(new InetSocketAddress(Lab.SERVER_ADDRESS, 0)));
                SocketChannel client =
                        lab.phone().call(() -> SocketChannel.open(java.net.StandardProtocolFamily.INET))) {
            client.connect(listening.getLocalAddress());
            try (SocketChannel server = listening.accept()) {
                Thread greedy = new Thread(() -> fill(client), "greedy");
                greedy.setDaemon(true);
                greedy.start();
                long startNanos = System.nanoTime();
                long settledBytes = readUntil(server, startNanos + 4 * S);
                assertThat(settledBytes).isPositive();
                long fromNanos = System.nanoTime();
                long bytes = readUntil(server, fromNanos + 8 * S);
                double goodput = bytes * 8.0 * S / (System.nanoTime() - fromNanos);
                // A segment of 1500 bytes carries 1448: IPv4, TCP and the timestamp option take the rest.
                double most = bitsPerSecond * 1448 / 1500.0;
                System.out.println("TCP goodput " + goodput + " of " + most);
                assertThat(goodput).isCloseTo(most, Percentage.withPercentage(5));
            }
        }
    }

    private static void fill(SocketChannel channel) {
        ByteBuffer chunk = ByteBuffer.allocate(16_384);
        try {
            while (true) {
                chunk.clear();
                channel.write(chunk);
            }
        } catch (IOException e) {
            // Closed: the measurement is over.
        }
    }

    private static long readUntil(SocketChannel channel, long untilNanos) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(16_384);
        long bytes = 0;
        while (System.nanoTime() - untilNanos < 0) {
            chunk.clear();
            bytes += channel.read(chunk);
        }
        return bytes;
    }

    @Test
    void processesSeeTheirSideAloneAndEndWithIt() throws Exception {
        Process sleeping;
        try (Lab lab = Lab.open(link(1_000_000, Duration.ofMillis(5), Optional.empty()), SEED)) {
            for (Namespace side : List.of(lab.phone(), lab.server())) {
                Process listing = side.start(new ProcessBuilder("sh", "-c", "cat /proc/net/dev; echo $PPID; pwd"));
                String text = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text.lines()
                                .filter(line -> line.contains(":"))
                                .map(line -> line.replaceAll(":.*", "").strip()))
                        .containsExactlyInAnyOrder("lo", "radio");
                assertThat(text).endsWith("0\n" + System.getProperty("user.dir") + "\n");
                assertThat(listing.waitFor()).isZero();
            }
            Process stopped = lab.server().start(new ProcessBuilder("sleep", "1000"));
            await("the process", () -> stopped.descendants().findAny().isPresent());
            Namespace.stop(stopped, 2000);
            assertThat(stopped.isAlive()).isFalse();
            sleeping = lab.phone().start(new ProcessBuilder("sleep", "1000"));
            await("the process", () -> sleeping.descendants().findAny().isPresent());
        }
        assertThat(sleeping.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
