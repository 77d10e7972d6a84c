package org.raabta.adapter.ladder;

import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.profile.PictureSettings;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;
import org.raabta.adapter.profile.StillSettings;

/** The single pictures of one direction: what they may cost, and whether the sender's page makes them or they are taken from its video. */
final class Stills {
    private static final double LESS_AT = 0.95;
    private static final double MORE_AT = 1.2;

    private final StillSettings settings;
    private final RungSettings source;
    private final boolean sourceUsed;
    private StillPlan plan = StillPlan.OFF;

    Stills(Profile profile) {
        this.settings = profile.rung(Rung.STILLS).still();
        this.source = profile.rung(Rung.SLOW_VIDEO);
        this.sourceUsed = profile.allowed().contains(Rung.SLOW_VIDEO);
    }

    StillPlan off() {
        plan = StillPlan.OFF;
        return plan;
    }

    /** What {@code leftKbps} are good for; a little more is not worth a command. */
    StillPlan fill(double leftKbps, Path path, Estimate up, Thrift thrift) {
        double target = Math.min(Math.max(leftKbps, settings.leastKbps()), settings.mostKbps());
        boolean worth = target < plan.kbps() * LESS_AT
                || target > plan.kbps() * MORE_AT
                || (target == settings.mostKbps() && plan.kbps() < target);
        plan = new StillPlan(worth ? target : plan.kbps(), video(path, up, thrift));
        return plan;
    }

    /** Video goes on where the sender's link proves to carry it, and nothing of the sender's has to be spared. */
    private VideoPlan video(Path path, Estimate up, Thrift thrift) {
        boolean goesOn = plan.fromVideo().active();
        boolean carried = up.confidence().compareTo(Confidence.MEDIUM) >= 0
                && up.state() == Estimate.State.CLEAN
                && up.kbps() >= (goesOn ? source.leaveKbps() : source.enterKbps());
        boolean spared = thrift.batteryLow() || thrift.budgetLeftKbps() > 0;
        if (!sourceUsed || spared || !carried || path.limit() != Reason.DOWNLINK_THIN) {
            return VideoPlan.OFF;
        }
        PictureSettings picture = source.picture();
        int height = picture.heights().get(picture.heights().size() - 1);
        return new VideoPlan(picture.keptKbps(), picture.leastFps(), height);
    }
}
