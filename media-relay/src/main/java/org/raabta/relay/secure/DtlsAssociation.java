package org.raabta.relay.secure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * One DTLS association as server. The library's handshake blocks, so it runs on a worker and meets the loop in two
 * places only: a bounded queue of datagrams in, and callbacks out. Afterwards the loop reads on by itself, without waiting.
 * All public methods are the loop's.
 */
public final class DtlsAssociation {
    /** Enough for every flight of a handshake in small fragments, some of them twice. */
    private static final int INBOX_DATAGRAMS = 32;

    /** Below this, a repeated flight of the client is the client's own short timer and not a loss. */
    private static final long REPEAT_FLOOR_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long REPEAT_CEILING_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Fits one packet on every path worth the name (RFC 8261's advice for DTLS over unknown paths). */
    private static final int MAX_DATAGRAM_BYTES = 1200;

    /** What became of an offered datagram. */
    public enum Offered {
        TAKEN,
        /** The inbox is full. */
        OVERFLOW,
        /** A flight of the client's that our answer must still be on the way to. */
        REPEATED,
        /** The far end has said goodbye: nothing more will be taken. */
        CLOSED_BY_PEER
    }

    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final DtlsIdentity identity;
    private final Consumer<byte[]> sender;
    private final Consumer<DtlsOutcome> done;
    private final BlockingQueue<byte[]> inbox = new ArrayBlockingQueue<>(INBOX_DATAGRAMS);
    private final Socket socket = new Socket();
    private final byte[] scratch = new byte[2048];
    private final Set<Long> seenFragments = new HashSet<>();
    private long lastSentNanos;
    private boolean sentSomething;
    private volatile boolean closed;
    private volatile boolean polling;
    private volatile boolean closedByPeer;
    private volatile @Nullable DTLSTransport transport;

    /**
     * @param sender takes datagrams for the peer, from the worker and from the loop
     * @param done   takes the result of the handshake, from the worker; never called after {@link #close()} on purpose, but
     *               may be on its way already
     */
    public DtlsAssociation(DtlsIdentity identity, Consumer<byte[]> sender, Consumer<DtlsOutcome> done) {
        this.identity = identity;
        this.sender = sender;
        this.done = done;
    }

    /** Starts the handshake on {@code workers}; false if there are as many as may be at once. */
    public boolean start(Executor workers) {
        try {
            workers.execute(this::handshake);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private void handshake() {
        DtlsServer server = new DtlsServer(identity, crypto);
        DtlsOutcome outcome = new DtlsOutcome.Failed();
        try {
            DTLSTransport established = new DTLSServerProtocol().accept(server, socket);
            socket.flush();
            polling = true;
            transport = established;
            outcome = server.outcome();
        } catch (IOException expected) {
            // A peer that fails at TLS is the peer's affair: the outcome says so and is counted.
            socket.flush();
            closed = true;
        }
        done.accept(outcome);
    }

    /**
     * Takes a datagram of this association.
     *
     * @param rttNanos the link's round trip as far as it is known, else a guess
     */
    public Offered offer(byte[] datagram, long rttNanos, long nowNanos) {
        if (closedByPeer) {
            return Offered.CLOSED_BY_PEER;
        }
        if (transport == null && isRepeatedTooSoon(datagram, rttNanos, nowNanos)) {
            return Offered.REPEATED;
        }
        if (!inbox.offer(datagram)) {
            return Offered.OVERFLOW;
        }
        return read();
    }

    /**
     * Clients with short fixed timers repeat a flight several times within one round trip of a slow link, and the library
     * would answer each with its whole flight.
     */
    private boolean isRepeatedTooSoon(byte[] datagram, long rttNanos, long nowNanos) {
        long key = DtlsRecords.fragmentKey(datagram);
        if (key < 0 || (seenFragments.size() < 64 && seenFragments.add(key))) {
            return false;
        }
        long pauseNanos = Math.min(REPEAT_CEILING_NANOS, Math.max(REPEAT_FLOOR_NANOS, rttNanos + rttNanos / 2));
        return sentSomething && nowNanos - lastSentNanos < pauseNanos;
    }

    /** To be told when something of {@link #sender} has left. */
    public void onSent(long nowNanos) {
        lastSentNanos = nowNanos;
        sentSomething = true;
    }

    /** After the handshake: lets the library see what has come in, retransmitted client flights and alerts. */
    public Offered read() {
        DTLSTransport established = transport;
        if (established == null) {
            return Offered.TAKEN;
        }
        try {
            while (!inbox.isEmpty() && !closedByPeer) {
                // Returns for application data only, which nobody sends here; throws when the inbox is empty.
                established.receive(scratch, 0, scratch.length, 1);
            }
        } catch (InterruptedIOException empty) {
            return closedByPeer ? Offered.CLOSED_BY_PEER : Offered.TAKEN;
        } catch (IOException fatal) {
            closedByPeer = true;
        } finally {
            socket.flush();
        }
        return closedByPeer ? Offered.CLOSED_BY_PEER : Offered.TAKEN;
    }

    /** After the handshake: sends our last flight once more, in case that it was lost. The peer cannot speak before it has it. */
    public void repeatLastFlight() {
        if (transport != null && !closedByPeer && socket.lastFlight != null) {
            sender.accept(socket.lastFlight);
        }
    }

    /** Ends the association, with a close_notify if it was established. */
    public void close() {
        DTLSTransport established = transport;
        if (established != null && !closedByPeer) {
            try {
                established.close();
            } catch (IOException gone) {
                closed = true;
            }
            socket.flush();
        }
        closed = true;
        // Wakes a worker that waits for a datagram; it finds the association closed.
        inbox.clear();
        boolean woken = inbox.offer(new byte[0]);
        assert woken : "just cleared";
    }

    /**
     * What the library takes for its socket. It sends each record by itself; here the records of one flight share datagrams (RFC
     * 6347, section 4.1.1), which saves their headers and leaves less to be lost.
     */
    private final class Socket implements DatagramTransport {
        private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
        /** What was sent last in the handshake: all of our last flight, which is short. */
        private byte @Nullable [] lastFlight;

        /** Sends what was collected. */
        void flush() {
            if (flight.size() > 0) {
                byte[] datagram = flight.toByteArray();
                flight.reset();
                lastFlight = polling ? lastFlight : datagram;
                sender.accept(datagram);
            }
        }

        @Override
        public int getReceiveLimit() {
            return 1500 - 28;
        }

        @Override
        public int getSendLimit() {
            return MAX_DATAGRAM_BYTES;
        }

        @Override
        public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
            flush();
            byte[] datagram;
            try {
                datagram = polling ? inbox.poll() : inbox.poll(waitMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            if (closed) {
                throw new IOException("closed");
            }
            if (datagram == null) {
                if (polling) {
                    throw new InterruptedIOException();
                }
                return -1;
            }
            int bytes = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, into, offset, bytes);
            return bytes;
        }

        @Override
        public void send(byte[] from, int offset, int length) {
            if (flight.size() + length > MAX_DATAGRAM_BYTES) {
                flush();
            }
            flight.write(from, offset, length);
        }

        /** The library closes its socket when the association is over, be it by us or by the peer. */
        @Override
        public void close() {
            closedByPeer = !closed;
        }
    }
}
