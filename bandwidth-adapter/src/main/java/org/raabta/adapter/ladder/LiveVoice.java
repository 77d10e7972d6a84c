package org.raabta.adapter.ladder;

import java.util.ArrayDeque;
import java.util.Deque;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.profile.Profile;

/**
 * Whether live voice is possible at all, or only recorded messages: given up late and for good reason, because every second without
 * it is lost to the person who speaks.
 */
final class LiveVoice {
    private static final long NEVER = Long.MIN_VALUE;
    static final long TRY_NANOS = 60_000_000_000L;

    private final Profile.Notes settings;
    private final double backKbps;
    private final Deque<Long> outages = new ArrayDeque<>();
    private long belowSinceNanos = NEVER;
    private long silentSinceNanos = NEVER;
    private boolean counted;
    private long goodSinceNanos = NEVER;
    private boolean gone;
    private long goneNanos;

    LiveVoice(Profile.Notes settings, double backKbps) {
        this.settings = settings;
        this.backKbps = backKbps;
    }

    boolean possible(Path path, long nowNanos) {
        boolean silent = path.state() == Estimate.State.SILENT;
        boolean below = !silent && path.believable() && path.lossy() && path.kbps() < settings.belowKbps();
        boolean good = path.clean() && path.believable() && path.kbps() >= backKbps;
        belowSinceNanos = since(below, belowSinceNanos, nowNanos);
        silentSinceNanos = since(silent, silentSinceNanos, nowNanos);
        goodSinceNanos = since(good, goodSinceNanos, nowNanos);
        countOutage(silent, nowNanos);
        if (!gone) {
            gone = lasts(belowSinceNanos, settings.afterMs(), nowNanos) || outages.size() >= settings.outages();
            goneNanos = nowNanos;
        } else if (lasts(goodSinceNanos, settings.backMs(), nowNanos) || (!silent && tried(nowNanos))) {
            gone = false;
            belowSinceNanos = NEVER;
            outages.clear();
        }
        return !gone;
    }

    /** Without speech little is learned of the link: after a while it is tried. */
    private boolean tried(long nowNanos) {
        return nowNanos - goneNanos >= TRY_NANOS;
    }

    private void countOutage(boolean silent, long nowNanos) {
        if (!silent) {
            counted = false;
        } else if (!counted && lasts(silentSinceNanos, settings.outageMs(), nowNanos)) {
            counted = true;
            outages.add(nowNanos);
        }
        while (!outages.isEmpty() && nowNanos - outages.getFirst() > Nanos.ofMs(settings.withinMs())) {
            outages.removeFirst();
        }
    }

    private static long since(boolean now, long sinceNanos, long nowNanos) {
        if (!now) {
            return NEVER;
        }
        return sinceNanos == NEVER ? nowNanos : sinceNanos;
    }

    private static boolean lasts(long sinceNanos, double ms, long nowNanos) {
        return sinceNanos != NEVER && nowNanos - sinceNanos >= Nanos.ofMs(ms);
    }

    /** When the answer may change by time alone; {@link Long#MAX_VALUE} if it may not. */
    long nextNanos() {
        if (gone) {
            return goodSinceNanos == NEVER ? goneNanos + TRY_NANOS : goodSinceNanos + Nanos.ofMs(settings.backMs());
        }
        if (belowSinceNanos != NEVER) {
            return belowSinceNanos + Nanos.ofMs(settings.afterMs());
        }
        return silentSinceNanos == NEVER || counted
                ? Long.MAX_VALUE
                : silentSinceNanos + Nanos.ofMs(settings.outageMs());
    }
}
