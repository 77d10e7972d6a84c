package org.raabta.adapter.ladder;

import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;

/** Whether the two directions of a pair can live at once, or only the one who speaks may send. One per pair, for both directions. */
public final class PushToTalk {
    private static final long NEVER = Long.MIN_VALUE;

    private final Profile.Turns settings;
    private final RungSettings thin;
    private final boolean used;
    private long sinceNanos = NEVER;
    private boolean turns;
    private long begunNanos;

    public PushToTalk(Profile profile) {
        this.settings = profile.turns();
        this.thin = profile.rung(Rung.THIN_VOICE);
        this.used = profile.allowed().contains(Rung.PUSH_TO_TALK);
    }

    /**
     * @param thereKbps  what the one direction carries ({@link DirectionLadder#sharedKbps()})
     * @param backKbps   what the other one carries
     * @param sharedLink whether both figures are the same bits, as on a radio that sends and receives in turns
     * @return whether both directions are to stand on push-to-talk now; only ever true where the profile allows it
     */
    public boolean update(double thereKbps, double backKbps, boolean sharedLink, long nowNanos) {
        double least = Math.min(thereKbps, backKbps);
        double eachKbps = sharedLink ? least / 2 : least;
        boolean change = used && (turns ? eachKbps >= thin.leaveKbps() : eachKbps < settings.belowKbps());
        if (!change) {
            sinceNanos = NEVER;
        } else if (sinceNanos == NEVER) {
            sinceNanos = nowNanos;
        }
        // Without speech little is learned of the link: after a while it is tried.
        boolean tried = turns && nowNanos - begunNanos >= LiveVoice.TRY_NANOS;
        if (tried) {
            turns = false;
            sinceNanos = NEVER;
        } else if (change && nowNanos - sinceNanos >= Nanos.ofMs(turns ? settings.backMs() : settings.afterMs())) {
            turns = !turns;
            begunNanos = nowNanos;
            sinceNanos = NEVER;
        }
        return turns;
    }
}
