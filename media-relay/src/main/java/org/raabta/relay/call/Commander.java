package org.raabta.relay.call;

import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.SendCommand;

/**
 * What one leg's page has been told to send, and whether it does. Only what arrives counts: a packet length that does not
 * follow is commanded again, a few times, and then seldom; receivers are served by repacketization meanwhile.
 */
final class Commander {
    /** Rates move all the time; steps smaller than these are not worth a message. REMB carries the finer ones. */
    private static final double RATE_UP = 1.2;

    private static final double RATE_DOWN = 0.9;
    private static final long RATE_INTERVAL_NANOS = 1_000_000_000L;
    /** A command counts as ignored when nothing of it shows after this long and a round trip. */
    private static final long COMPLIANCE_NANOS = 2_000_000_000L;

    private static final int ATTEMPTS = 3;
    private static final long SELDOM_NANOS = 30_000_000_000L;
    /** Packets of one length in a row before it counts as what the sender does. */
    private static final int SETTLED_PACKETS = 3;

    /** Less of its pictures comes, and nothing holds them up on the way: the browser's own estimate is what they wait for. */
    private static final double BEHIND = 0.5;
    /** Below, the key frame that a new start costs is dearer than what it brings. */
    private static final double BEHIND_KBPS = 150;

    private static final long BEHIND_NANOS = 3_000_000_000L;
    /** It may also be a face that sits still: each time in vain the next one waits so many times as long. */
    private static final int IN_VAIN = 3;

    private static final long MOST_BEHIND_NANOS = 60_000_000_000L;

    private @Nullable SendCommand told;
    private long behindNanos = Deadlines.NONE;
    private long patienceNanos = BEHIND_NANOS;
    private long toldNanos;
    private int attempts;
    private boolean again;
    private int seenMs;
    private int seenInRow;

    /**
     * What to say now, or null if what was said still serves.
     *
     * @param picturesKbps what comes of the leg's pictures over a link that is found clean; NaN if nothing can be said
     */
    @Nullable
    SendCommand consider(SendCommand wanted, double picturesKbps, long rttNanos, long nowNanos) {
        SendCommand before = told;
        if (before != null && staysBehind(before.video(), picturesKbps, nowNanos)) {
            return tell(wanted, nowNanos).begunAnew();
        }
        if (before == null || again || differs(before, wanted, nowNanos)) {
            attempts = 0;
            return tell(wanted, nowNanos);
        }
        long patience = attempts < ATTEMPTS ? COMPLIANCE_NANOS + rttNanos : SELDOM_NANOS;
        if (ignored(before) && nowNanos - toldNanos >= patience) {
            attempts++;
            return tell(wanted, nowNanos);
        }
        return null;
    }

    private boolean staysBehind(VideoPlan video, double picturesKbps, long nowNanos) {
        boolean behind = video.maxKbps() >= BEHIND_KBPS && picturesKbps < BEHIND * video.maxKbps();
        if (!behind) {
            behindNanos = Deadlines.NONE;
            patienceNanos = picturesKbps >= BEHIND * video.maxKbps() ? BEHIND_NANOS : patienceNanos;
            return false;
        }
        behindNanos = behindNanos == Deadlines.NONE ? nowNanos : behindNanos;
        if (nowNanos - behindNanos < patienceNanos) {
            return false;
        }
        behindNanos = nowNanos;
        patienceNanos = Math.min(MOST_BEHIND_NANOS, IN_VAIN * patienceNanos);
        return true;
    }

    private SendCommand tell(SendCommand wanted, long nowNanos) {
        told = wanted;
        toldNanos = nowNanos;
        again = false;
        return wanted;
    }

    private boolean differs(SendCommand before, SendCommand wanted, long nowNanos) {
        VideoPlan was = before.video();
        VideoPlan is = wanted.video();
        boolean other = !before.audio().equals(wanted.audio())
                || before.transportCc() != wanted.transportCc()
                || before.jitterTargetMs() != wanted.jitterTargetMs()
                || before.statsSeconds() != wanted.statsSeconds()
                || before.speech() != wanted.speech()
                || !before.still().equals(wanted.still())
                || was.active() != is.active()
                || was.maxFps() != is.maxFps()
                || was.maxHeight() != is.maxHeight();
        if (other) {
            return true;
        }
        boolean worth = is.maxKbps() > was.maxKbps() * RATE_UP || is.maxKbps() < was.maxKbps() * RATE_DOWN;
        return worth && nowNanos - toldNanos >= RATE_INTERVAL_NANOS;
    }

    /** The page has a new connection, or stopped its pictures by itself: it needs to hear everything once more. */
    void repeat() {
        again = true;
    }

    /** A packet of speech of this length came. */
    void onAudio(int packetMs) {
        seenInRow = packetMs == seenMs ? Math.min(seenInRow + 1, SETTLED_PACKETS) : 1;
        seenMs = packetMs;
    }

    private boolean ignored(SendCommand command) {
        return command.speech()
                && seenInRow >= SETTLED_PACKETS
                && seenMs != command.audio().packetMs();
    }

    /** Whether no command that was given brings the sender to {@code plan}: it does not follow, or is to send more for somebody else. */
    boolean beyond(AudioPlan plan) {
        return isIgnored() || (told != null && told.audio().bitrateBps() > plan.bitrateBps());
    }

    /** Whether the sender, given a command and time enough, goes on as before. */
    boolean isIgnored() {
        return told != null && attempts > 0 && ignored(told);
    }
}
