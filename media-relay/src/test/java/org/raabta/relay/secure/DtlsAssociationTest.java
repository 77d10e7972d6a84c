package org.raabta.relay.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.raabta.relay.secure.DtlsAssociation.Offered;

/** One association against a real client, datagram by datagram. */
class DtlsAssociationTest {
    private static final long RTT_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final BlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();
    /** What the server sends while {@link #withholding}: the network lost it. */
    private final BlockingQueue<byte[]> withheld = new LinkedBlockingQueue<>();

    private volatile boolean withholding;
    private final CompletableFuture<DtlsOutcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<DTLSTransport> client = new CompletableFuture<>();
    private final DtlsIdentity clientIdentity;
    private final DtlsAssociation server;
    private long nowNanos = 1;

    DtlsAssociationTest() throws IOException {
        clientIdentity = DtlsIdentity.generate();
        server = new DtlsAssociation(
                DtlsIdentity.generate(),
                datagram -> (withholding ? withheld : toClient).add(datagram),
                outcome::complete);
    }

    @AfterEach
    void stop() {
        server.close();
        workers.shutdownNow();
    }

    private void startBoth() {
        assertThat(server.start(workers)).isTrue();
        workers.execute(() -> {
            try {
                client.complete(new DtlsTestClient(clientIdentity, SrtpProfile.values()).connect(new ClientSocket()));
            } catch (IOException e) {
                client.completeExceptionally(e);
            }
        });
    }

    private static byte[] take(BlockingQueue<byte[]> queue) throws InterruptedException {
        byte[] datagram = queue.poll(15, TimeUnit.SECONDS);
        assertThat(datagram).as("a datagram").isNotNull();
        return datagram;
    }

    /** Carries what the client sends until the handshake is over. */
    private void complete() throws Exception {
        while (!client.isDone() || !outcome.isDone()) {
            byte[] datagram = toServer.poll(50, TimeUnit.MILLISECONDS);
            if (datagram != null) {
                nowNanos += RTT_NANOS;
                server.offer(datagram, RTT_NANOS, nowNanos);
            }
        }
    }

    @Test
    void aClientsShortTimerDoesNotDoubleOurFlight() throws Exception {
        withholding = true;
        startBoth();
        byte[] hello = take(toServer);
        assertThat(server.offer(hello, RTT_NANOS, nowNanos)).isEqualTo(Offered.TAKEN);
        take(withheld);
        server.onSent(nowNanos);

        byte[] again = take(toServer); // the test client repeats after 250 ms
        assertThat(DtlsRecords.clientRandom(again)).isEqualTo(DtlsRecords.clientRandom(hello));
        assertThat(server.offer(again, RTT_NANOS, nowNanos + RTT_NANOS)).isEqualTo(Offered.REPEATED);
        withholding = false;
        assertThat(server.offer(again, RTT_NANOS, nowNanos + 2 * RTT_NANOS))
                .as("so late that ours must have been lost")
                .isEqualTo(Offered.TAKEN);

        complete();
        DtlsOutcome.Established established = (DtlsOutcome.Established) outcome.get();
        assertThat(established.peer()).isEqualTo(clientIdentity.fingerprint());
    }

    @Test
    void answersARetransmittedLastFlightAfterTheHandshake() throws Exception {
        startBoth();
        byte[] last = new byte[0];
        while (!outcome.isDone()) {
            byte[] datagram = toServer.poll(20, TimeUnit.MILLISECONDS);
            if (datagram != null) {
                nowNanos += 2 * RTT_NANOS;
                server.offer(datagram, RTT_NANOS, nowNanos);
                last = datagram;
            }
            if (last.length > 0 && last[0] == 20) {
                toClient.clear(); // what answers the client's Finished gets lost
            }
        }
        assertThat(outcome.get()).isInstanceOf(DtlsOutcome.Established.class);
        complete();
        assertThat(client.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aFlightIsOneDatagram() throws Exception {
        startBoth();
        server.offer(take(toServer), RTT_NANOS, nowNanos);
        byte[] hello = take(toClient);
        assertThat(hello.length).as("all of our certificate in it").isGreaterThan(400);
        assertThat(toClient.poll(100, TimeUnit.MILLISECONDS))
                .as("nothing behind it")
                .isNull();
        toClient.add(hello);
        complete();
        assertThat(outcome.get()).isInstanceOf(DtlsOutcome.Established.class);
    }

    /** The client waits for its own timer, which may have grown to seconds: nothing of it comes any more. */
    @Test
    void aLastFlightThatWasLostGoesOutAgainUnasked() throws Exception {
        startBoth();
        while (!outcome.isDone()) {
            byte[] datagram = toServer.poll(20, TimeUnit.MILLISECONDS);
            if (datagram != null) {
                withholding = datagram[0] == 20 || withholding; // it changes to the keys: the answer gets lost
                nowNanos += 2 * RTT_NANOS;
                server.offer(datagram, RTT_NANOS, nowNanos);
            }
        }
        withholding = false;
        assertThat(client.isDone()).isFalse();
        server.repeatLastFlight();
        assertThat(client.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void hearsTheGoodbyeAndTakesNothingMore() throws Exception {
        startBoth();
        complete();
        toServer.clear();
        client.get().close();
        byte[] goodbye = take(toServer);

        byte[] garbled = goodbye.clone();
        garbled[garbled.length - 1] ^= 1;
        assertThat(server.offer(garbled, RTT_NANOS, nowNanos))
                .as("not authentic")
                .isEqualTo(Offered.TAKEN);
        assertThat(server.offer(goodbye, RTT_NANOS, nowNanos)).isEqualTo(Offered.CLOSED_BY_PEER);
        assertThat(server.offer(goodbye, RTT_NANOS, nowNanos)).isEqualTo(Offered.CLOSED_BY_PEER);
    }

    @Test
    void queuesABoundedNumber() {
        for (int i = 0; i < 32; i++) {
            assertThat(server.offer(new byte[20], RTT_NANOS, nowNanos)).isEqualTo(Offered.TAKEN);
        }
        assertThat(server.offer(new byte[20], RTT_NANOS, nowNanos)).isEqualTo(Offered.OVERFLOW);
    }

    @Test
    void closingEndsAWaitingHandshake() throws Exception {
        startBoth();
        take(toServer);
        server.close();
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(DtlsOutcome.Failed.class);
    }

    private final class ClientSocket implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return 1500;
        }

        @Override
        public int getSendLimit() {
            return 1200;
        }

        @Override
        public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
            try {
                byte[] datagram = toClient.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (datagram == null) {
                    return -1;
                }
                System.arraycopy(datagram, 0, into, offset, datagram.length);
                return datagram.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void send(byte[] from, int offset, int length) {
            byte[] datagram = new byte[length];
            System.arraycopy(from, offset, datagram, 0, length);
            toServer.add(datagram);
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
