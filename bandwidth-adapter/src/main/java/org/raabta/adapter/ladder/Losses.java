package org.raabta.adapter.ladder;

import org.raabta.adapter.profile.Profile;

/** Whether enough packets get lost that speech should carry copies; slow to say that it is over. */
final class Losses {
    private static final long NEVER = Long.MIN_VALUE;

    private final Profile.Redundancy settings;
    private boolean lossy;
    private long cleanSinceNanos = NEVER;

    Losses(Profile.Redundancy settings) {
        this.settings = settings;
    }

    boolean lossy(double loss, long nowNanos) {
        if (loss > settings.onAbove()) {
            lossy = true;
        }
        if (loss >= settings.offBelow()) {
            cleanSinceNanos = NEVER;
        } else if (cleanSinceNanos == NEVER) {
            cleanSinceNanos = nowNanos;
        }
        if (lossy && cleanSinceNanos != NEVER && nowNanos - nextNanos() >= 0) {
            lossy = false;
        }
        return lossy;
    }

    /** When copies may stop, if no more gets lost; {@link Long#MAX_VALUE} while there are losses. */
    long nextNanos() {
        return cleanSinceNanos == NEVER ? Long.MAX_VALUE : cleanSinceNanos + Nanos.ofMs(settings.offAfterMs());
    }
}
