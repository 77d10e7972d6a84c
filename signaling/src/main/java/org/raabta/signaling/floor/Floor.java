package org.raabta.signaling.floor;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;

/** One holder at a time; whoever is dead or never lets go loses it. Each input says whether the holder is another one now. */
public final class Floor {
    /** Nobody speaks longer in one go. */
    public static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A page says every 4 s that the button is still held; two may be late. */
    static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Who lost it by time lets others have it first. */
    static final long BARRED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private @Nullable LegId holder;
    private long sinceNanos;
    private long heardNanos;
    private @Nullable LegId barred;
    private long barredNanos;

    public Optional<LegId> holder() {
        return Optional.ofNullable(holder);
    }

    /** How long the holder may still speak. */
    public long leftNanos(long nowNanos) {
        return holder == null ? 0 : Math.max(0, MOST_NANOS - (nowNanos - sinceNanos));
    }

    public boolean want(LegId leg, long nowNanos) {
        boolean changed = tick(nowNanos);
        if (leg.equals(holder)) {
            heardNanos = nowNanos;
            return changed;
        }
        boolean waits = leg.equals(barred) && nowNanos - barredNanos < BARRED_NANOS;
        if (holder != null || waits) {
            return changed;
        }
        holder = leg;
        sinceNanos = nowNanos;
        heardNanos = nowNanos;
        return true;
    }

    /** It lets go, or is gone. */
    public boolean release(LegId leg, long nowNanos) {
        boolean changed = tick(nowNanos);
        if (!leg.equals(holder)) {
            return changed;
        }
        holder = null;
        return true;
    }

    /** To be called when {@link #nextDeadlineNanos()} has come. */
    public boolean tick(long nowNanos) {
        if (holder != null && (nowNanos - sinceNanos >= MOST_NANOS || nowNanos - heardNanos >= ALIVE_NANOS)) {
            barred = holder;
            barredNanos = nowNanos;
            holder = null;
            return true;
        }
        return false;
    }

    public OptionalLong nextDeadlineNanos() {
        return holder == null
                ? OptionalLong.empty()
                : OptionalLong.of(sinceNanos + Math.min(MOST_NANOS, heardNanos - sinceNanos + ALIVE_NANOS));
    }
}
