package org.raabta.relay.net;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.call.Deadlines;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.ice.Path;
import org.raabta.relay.secure.DtlsAssociation;
import org.raabta.relay.secure.DtlsOutcome;
import org.raabta.relay.secure.DtlsRecords;
import org.raabta.relay.secure.SrtpSession;

/**
 * The DTLS associations of one leg: at most one whose keys are in use, and at most one that is to follow it, which takes
 * over when it is complete and shows the signaled fingerprint. A page makes a new one with each new peer connection.
 */
final class Associations {
    static final long FINGERPRINT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * Our last flight goes out again so often while nothing comes under its keys. If it was lost the client waits for its own
     * timer, which has doubled with every loss before. (A page that is silent in the waiting room costs these few bytes.)
     */
    private static final int REPEATS = 2;

    /** So many round trips after it was sent, then twice as many. */
    private static final int REPEAT_ROUNDS = 2;

    private static final long LEAST_REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** What associations need of their leg; called on its loop unless it says otherwise. */
    interface Leg {
        void sendDtls(Path to, byte[] datagram);

        /** From any thread: {@code command} runs on the loop, guarded. */
        void onLoop(Consumer<Long> command);

        boolean inLoop();

        /** Other keys than before are in use. */
        void keysChanged();

        /** There are no keys (any more). */
        void keysLost(DisconnectReason reason);

        void drop(Drop reason);
    }

    private final RelayContext relay;
    private final Leg leg;
    private @Nullable Fingerprint signaled;
    private @Nullable Association live;
    private @Nullable Association next;

    Associations(RelayContext relay, Leg leg) {
        this.relay = relay;
        this.leg = leg;
    }

    /** The session whose keys belong to the signaled peer, if there is one. */
    @Nullable
    SrtpSession session() {
        return live == null ? null : live.session;
    }

    /**
     * A DTLS datagram of this leg.
     *
     * @param checked whether an authenticated check has come over {@code from}: only then may a handshake begin
     */
    void onDatagram(byte[] datagram, Path from, boolean checked, long rttNanos, long nowNanos) {
        if (!DtlsRecords.isWellFormed(datagram)) {
            leg.drop(Drop.DTLS_MALFORMED);
            return;
        }
        Association target = targetOf(datagram, from, checked);
        if (target == null) {
            return;
        }
        target.path = from;
        target.rttNanos = rttNanos;
        switch (target.dtls.offer(datagram, rttNanos, nowNanos)) {
            case TAKEN -> {}
            case OVERFLOW -> leg.drop(Drop.DTLS_OVERFLOW);
            case REPEATED -> leg.drop(Drop.DTLS_REPEATED);
            case CLOSED_BY_PEER -> closedByPeer(target);
        }
    }

    private @Nullable Association targetOf(byte[] datagram, Path from, boolean checked) {
        String random = DtlsRecords.clientRandom(datagram);
        Association current = live;
        Association coming = next;
        if (random == null) {
            boolean forCurrent = current != null && (coming == null || current.path.equals(from));
            Association target = forCurrent ? current : coming;
            if (target == null) {
                leg.drop(Drop.DTLS_STRAY);
            }
            return target;
        }
        if (coming != null && random.equals(coming.clientRandom)) {
            return coming;
        }
        if (current != null && random.equals(current.clientRandom)) {
            return current;
        }
        if (!checked) {
            leg.drop(Drop.DTLS_UNCHECKED);
            return null;
        }
        return begin(random, from);
    }

    private @Nullable Association begin(String clientRandom, Path from) {
        if (next != null) {
            next.dtls.close();
        }
        Association association = new Association(clientRandom, from);
        next = association;
        if (!association.dtls.start(relay.workers())) {
            next = null;
            leg.drop(Drop.HANDSHAKES_FULL);
            return null;
        }
        return association;
    }

    private void onOutcome(Association association, DtlsOutcome outcome, long nowNanos) {
        if (association != next) {
            return;
        }
        if (outcome instanceof DtlsOutcome.Established established) {
            association.established = established;
            association.establishedNanos = nowNanos;
            association.repeatNanos = nowNanos + association.pauseNanos();
            if (association.dtls.read() == DtlsAssociation.Offered.CLOSED_BY_PEER) {
                closedByPeer(association);
            } else {
                judge();
            }
        } else {
            refuse(DisconnectReason.HANDSHAKE_FAILED);
        }
    }

    void setFingerprint(Fingerprint fingerprint) {
        signaled = fingerprint;
        judge();
    }

    /** Compares the coming association's certificate with the signaled one, if both are known. */
    private void judge() {
        Association coming = next;
        Association current = live;
        Fingerprint expected = signaled;
        if (coming == null || coming.established == null || expected == null) {
            return;
        }
        if (coming.established.peer().equals(expected)) {
            coming.session = SrtpSession.ofServer(coming.established.keys());
            live = coming;
            next = null;
            if (current != null) {
                current.close();
            }
            leg.keysChanged();
        } else if (current == null || !current.isOf(expected)) {
            // Else what was signaled is the fingerprint of the keys in use, and the new one's is still on its way.
            refuse(DisconnectReason.FINGERPRINT_MISMATCH);
        }
    }

    private void refuse(DisconnectReason reason) {
        if (next != null) {
            next.close();
            next = null;
        }
        if (live == null) {
            leg.keysLost(reason);
        } else {
            leg.drop(Drop.HANDSHAKE_REFUSED);
        }
    }

    private void closedByPeer(Association association) {
        if (association == next) {
            refuse(DisconnectReason.CLOSED_BY_PEER);
        } else if (association == live) {
            association.close();
            live = null;
            leg.keysLost(DisconnectReason.CLOSED_BY_PEER);
        }
    }

    void onDeadline(long nowNanos) {
        if (Deadlines.due(fingerprintNanos(), nowNanos)) {
            refuse(DisconnectReason.FINGERPRINT_MISSING);
        }
        if (live != null) {
            live.repeat(nowNanos);
        }
        if (next != null) {
            next.repeat(nowNanos);
        }
    }

    long nextDeadlineNanos() {
        long repeats = Deadlines.earlier(
                live == null ? Deadlines.NONE : live.repeatNanos, next == null ? Deadlines.NONE : next.repeatNanos);
        return Deadlines.earlier(fingerprintNanos(), repeats);
    }

    private long fingerprintNanos() {
        return next == null || next.established == null ? Deadlines.NONE : next.establishedNanos + FINGERPRINT_NANOS;
    }

    /** Ends everything; the far end is told. */
    void close() {
        if (next != null) {
            next.close();
            next = null;
        }
        if (live != null) {
            live.close();
            live = null;
        }
    }

    /** One association and what the loop knows of it. */
    private final class Association {
        final DtlsAssociation dtls;
        final String clientRandom;
        Path path;
        DtlsOutcome.@Nullable Established established;
        long establishedNanos;
        long rttNanos;
        /** When our last flight is next to go out again. */
        long repeatNanos = Deadlines.NONE;

        private int repeats;

        @Nullable
        SrtpSession session;

        Association(String clientRandom, Path path) {
            this.clientRandom = clientRandom;
            this.path = path;
            this.dtls = new DtlsAssociation(
                    relay.identity(), this::send, outcome -> leg.onLoop(now -> onOutcome(this, outcome, now)));
        }

        long pauseNanos() {
            return Math.max(LEAST_REPEAT_NANOS, REPEAT_ROUNDS * rttNanos) << repeats;
        }

        void repeat(long nowNanos) {
            if (!Deadlines.due(repeatNanos, nowNanos)) {
                return;
            }
            boolean wanted = repeats < REPEATS && (session == null || !session.heard());
            if (wanted) {
                repeats++;
                dtls.repeatLastFlight();
            }
            repeatNanos = wanted ? nowNanos + pauseNanos() : Deadlines.NONE;
        }

        boolean isOf(Fingerprint fingerprint) {
            return established != null && established.peer().equals(fingerprint);
        }

        /** From the worker while it shakes hands, afterwards on the loop. */
        private void send(byte[] datagram) {
            if (leg.inLoop()) {
                leg.sendDtls(path, datagram);
            } else {
                leg.onLoop(now -> {
                    dtls.onSent(now);
                    leg.sendDtls(path, datagram);
                });
            }
        }

        void close() {
            dtls.close();
            if (session != null) {
                session.close();
            }
        }
    }
}
