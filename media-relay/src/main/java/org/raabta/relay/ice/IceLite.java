package org.raabta.relay.ice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.RemoteTransport;

/**
 * The ICE-lite agent of one leg (RFC 8445, section 2.5): answers checks, adopts what the far end nominates, and knows
 * whether we may send (RFC 7675). Beyond the lite role it sends checks of its own, towards an address where authentic
 * media came from before any check did, and now and then to learn the round trip.
 */
public final class IceLite {
    static final long CONSENT_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final long ABANDON_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Rare: each costs some 200 bytes both ways, and a round trip seldom changes without other signs. */
    static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(15);

    static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final int ATTEMPTS = 5;

    private static final int GENERATION_DIGITS = 2;

    private enum Consent {
        NEVER,
        GRANTED,
        EXPIRED
    }

    private final LocalIce local;
    private final Supplier<byte[]> transactionIds;
    private final long tieBreaker;
    private final IceOutput out;
    private @Nullable RemoteTransport remote;

    private @Nullable Path selected;
    private int selectedGeneration;
    private Consent consent = Consent.NEVER;
    private long consentDeadlineNanos;
    private long nextProbeNanos;
    private @Nullable OwnCheck check;

    private int cachedGeneration = -1;
    private String cachedPassword = "";

    /**
     * @param transactionIds random, 12 bytes each (RFC 8489, section 5)
     * @param tieBreaker     random (RFC 8445, section 16.1)
     */
    public IceLite(LocalIce local, Supplier<byte[]> transactionIds, long tieBreaker, IceOutput out) {
        this.local = local;
        this.transactionIds = transactionIds;
        this.tieBreaker = tieBreaker;
        this.out = out;
    }

    /** What the far end signaled; our own checks are possible from now on. */
    public void setRemote(RemoteTransport transport, long nowNanos) {
        remote = transport;
        if (selected != null && consent == Consent.GRANTED && check == null) {
            nextProbeNanos = nowNanos;
            probeIfDue(nowNanos);
        }
    }

    public @Nullable Path selected() {
        return selected;
    }

    public boolean maySend() {
        return consent == Consent.GRANTED;
    }

    /** A Binding message that came over {@code from} and is meant for this leg. */
    public StunVerdict onStun(StunMessage message, Path from, long nowNanos) {
        return switch (message.kind()) {
            case REQUEST -> onRequest(message, from, nowNanos);
            case SUCCESS -> onSuccess(message, from, nowNanos);
            // An indication only keeps a NAT open; an error needs no action, the check is repeated anyway.
            case INDICATION, ERROR -> StunVerdict.UNEXPECTED;
        };
    }

    private StunVerdict onRequest(StunMessage request, Path from, long nowNanos) {
        byte[] id = request.transactionId();
        String ufrag = request.localUfrag();
        if (ufrag == null || !request.hasIntegrity()) {
            out.send(from, Stun.error(id, 400, List.of(), null));
            return StunVerdict.NO_CREDENTIALS;
        }
        int generation = generationOf(ufrag);
        String password = generation < 0 ? "" : password(generation);
        if (generation < 0 || !request.integrityMatches(password)) {
            out.send(from, Stun.error(id, 401, List.of(), null));
            return StunVerdict.WRONG_INTEGRITY;
        }
        if (!request.unknownRequired().isEmpty()) {
            out.send(from, Stun.error(id, 420, request.unknownRequired(), password));
            return StunVerdict.UNKNOWN_ATTRIBUTE;
        }
        if (request.controlled()) {
            // A lite agent is controlled whatever the tie-breakers say (RFC 8445, section 6.1.1).
            out.send(from, Stun.error(id, 487, List.of(), password));
            return StunVerdict.ROLE_CONFLICT;
        }
        out.send(from, Stun.success(id, from.remote(), password));
        onAuthenticCheck(from, generation, request.useCandidate(), nowNanos);
        return StunVerdict.AUTHENTIC;
    }

    private void onAuthenticCheck(Path from, int generation, boolean nominates, long nowNanos) {
        // The newest nomination holds, but a page's former peer connection must not take its successor's place.
        if (nominates && generation >= selectedGeneration) {
            selectedGeneration = generation;
            select(from, nowNanos);
        } else if (from.equals(selected)) {
            grant(nowNanos);
        } else if (consent == Consent.EXPIRED) {
            startCheck(from, nowNanos);
        }
    }

    private StunVerdict onSuccess(StunMessage response, Path from, long nowNanos) {
        OwnCheck mine = check;
        RemoteTransport theirs = remote;
        if (mine == null
                || theirs == null
                || !mine.path.equals(from)
                || !response.integrityMatches(theirs.password())) {
            return StunVerdict.UNEXPECTED;
        }
        long sentNanos = mine.sentAt(response.transactionId());
        if (sentNanos == OwnCheck.UNKNOWN) {
            return StunVerdict.UNEXPECTED;
        }
        check = null;
        nextProbeNanos = nowNanos + PROBE_NANOS;
        out.roundTrip(nowNanos - sentNanos);
        select(from, nowNanos);
        return StunVerdict.AUTHENTIC;
    }

    /**
     * SRTP-authenticated media newer than all before came over {@code from}. The leg has moved (a NAT's new port, another
     * network), or is about to; our sending follows when a check of ours there is answered, so that nobody who replays
     * a packet from another address can point our media at it.
     */
    public void onNewerMedia(Path from, long nowNanos) {
        if (!from.equals(selected)) {
            startCheck(from, nowNanos);
        }
    }

    private void select(Path path, long nowNanos) {
        if (!path.equals(selected)) {
            selected = path;
            if (check != null && !check.path.equals(path)) {
                check = null;
            }
            out.selected(path);
            nextProbeNanos = nowNanos;
        }
        grant(nowNanos);
        probeIfDue(nowNanos);
    }

    private void grant(long nowNanos) {
        consentDeadlineNanos = nowNanos + CONSENT_NANOS;
        if (consent != Consent.GRANTED) {
            consent = Consent.GRANTED;
            out.consent(true);
        }
    }

    private void probeIfDue(long nowNanos) {
        Path path = selected;
        if (path != null && consent == Consent.GRANTED && check == null && nowNanos - nextProbeNanos >= 0) {
            nextProbeNanos = nowNanos + PROBE_NANOS;
            startCheck(path, nowNanos);
        }
    }

    private void startCheck(Path path, long nowNanos) {
        if (remote == null || (check != null && check.path.equals(path))) {
            return;
        }
        check = new OwnCheck(path, nowNanos);
        sendCheck(check, nowNanos);
    }

    private void sendCheck(OwnCheck mine, long nowNanos) {
        RemoteTransport theirs = remote;
        if (theirs == null) {
            return;
        }
        byte[] id = transactionIds.get();
        mine.sent(id, nowNanos);
        String username = theirs.ufrag() + ":" + local.ufrag(selectedGeneration);
        out.send(mine.path, Stun.check(id, username, theirs.password(), tieBreaker));
    }

    /** To be called when {@link #nextDeadlineNanos} has come; harmless at any other time. */
    public void onDeadline(long nowNanos) {
        OwnCheck mine = check;
        if (mine != null && nowNanos - mine.nextNanos >= 0) {
            if (mine.attempts() < ATTEMPTS) {
                sendCheck(mine, nowNanos);
            } else {
                check = null;
            }
        }
        if (consent == Consent.GRANTED && nowNanos - consentDeadlineNanos >= 0) {
            consent = Consent.EXPIRED;
            check = null;
            consentDeadlineNanos += ABANDON_NANOS;
            out.consent(false);
        }
        if (consent == Consent.EXPIRED && nowNanos - consentDeadlineNanos >= 0) {
            consent = Consent.NEVER;
            selected = null;
            check = null;
            out.abandoned();
        }
        probeIfDue(nowNanos);
    }

    /** When {@link #onDeadline} is next due; always later than the last {@code nowNanos}; {@code Long.MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        if (consent == Consent.NEVER) {
            return Long.MAX_VALUE;
        }
        long next = consentDeadlineNanos;
        if (check != null && check.nextNanos - next < 0) {
            next = check.nextNanos;
        }
        if (check == null && consent == Consent.GRANTED && nextProbeNanos - next < 0) {
            next = nextProbeNanos;
        }
        return next;
    }

    /** The generation in the last two characters of one of our own user name fragments, or -1 if it is none of them. */
    private int generationOf(String ufrag) {
        if (ufrag.length() != LocalIce.BASE_LENGTH + GENERATION_DIGITS || !ufrag.startsWith(local.ufragBase())) {
            return -1;
        }
        int high = base36(ufrag.charAt(LocalIce.BASE_LENGTH));
        int low = base36(ufrag.charAt(LocalIce.BASE_LENGTH + 1));
        return high < 0 || low < 0 ? -1 : 36 * high + low;
    }

    private static int base36(char digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return digit >= 'a' && digit <= 'z' ? digit - 'a' + 10 : -1;
    }

    private String password(int generation) {
        if (generation != cachedGeneration) {
            cachedPassword = local.password(generation);
            cachedGeneration = generation;
        }
        return cachedPassword;
    }

    /** A check of ours towards one path, with all its attempts, so that every answer gives an exact round trip. */
    private static final class OwnCheck {
        static final long UNKNOWN = Long.MIN_VALUE;

        final Path path;
        long nextNanos;
        private final List<byte[]> ids = new ArrayList<>(ATTEMPTS);
        private final long[] sentNanos = new long[ATTEMPTS];

        OwnCheck(Path path, long nowNanos) {
            this.path = path;
            this.nextNanos = nowNanos;
        }

        int attempts() {
            return ids.size();
        }

        void sent(byte[] id, long nowNanos) {
            sentNanos[ids.size()] = nowNanos;
            nextNanos = nowNanos + (FIRST_RETRY_NANOS << ids.size());
            ids.add(id);
        }

        long sentAt(byte[] id) {
            for (int i = 0; i < ids.size(); i++) {
                if (Arrays.equals(ids.get(i), id)) {
                    return sentNanos[i];
                }
            }
            return UNKNOWN;
        }
    }
}
