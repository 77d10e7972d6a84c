package org.raabta.adapter.ladder;

import java.util.List;
import java.util.stream.IntStream;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.profile.PictureSettings;
import org.raabta.adapter.profile.Preference;

/** How the bits of a picture are spent: on size or on frame rate, and not changed for every bit more. */
final class Picture {
    private static final double LESS_AT = 0.97;
    private static final double MORE_AT = 1.08;
    private static final long MORE_AFTER_NANOS = 1_000_000_000;
    /** A size that is already shown is kept until the bits are a fifth short of what it needs. */
    private static final double KEEP = 1.2;

    /**
     * A picture begins with no more than this, or with half of what is left for it where that is more, and is told no more than so
     * many times what comes of it: a browser's own estimate starts low, and it tries the link again, with a handful of packets, each
     * time it is allowed more. Told everything at once it would rise by 8 % a second.
     */
    private static final double FIRST_KBPS = 300;

    private static final double FIRST_SHARE = 0.5;

    private static final double STEP = 2.5;

    private static final int FPS_STEPS = 4;
    private static final double ASPECT = 4.0 / 3;

    private final Preference preference;
    private final PictureNeed need;
    private VideoPlan plan = VideoPlan.OFF;
    private long changedNanos;

    Picture(Preference preference, double bitsPerPixel, long nowNanos) {
        this.preference = preference;
        this.need = new PictureNeed(bitsPerPixel);
        this.changedNanos = nowNanos;
    }

    VideoPlan plan() {
        return plan;
    }

    /**
     * @param kbps     what is left for the picture
     * @param sentKbps what comes of it from its sender now; {@code NaN} if nothing is known
     */
    VideoPlan fill(PictureSettings settings, double kbps, double sentKbps, long nowNanos) {
        if (need.observe(plan, pixels(plan.maxHeight()), sentKbps, nowNanos) && plan.active()) {
            plan = sized(settings, plan.maxKbps());
        }
        return fill(settings, Math.min(kbps, stepKbps(kbps, sentKbps)), nowNanos);
    }

    private double stepKbps(double kbps, double sentKbps) {
        if (!plan.active()) {
            return Math.max(FIRST_KBPS, kbps * FIRST_SHARE);
        }
        return sentKbps > 0 ? Math.max(plan.maxKbps(), STEP * sentKbps) : plan.maxKbps();
    }

    /** It leaves most of its bits unused. */
    boolean idle() {
        return plan.active() && need.idle();
    }

    VideoPlan off() {
        plan = VideoPlan.OFF;
        return plan;
    }

    /** The picture for {@code kbps}: less at once, more only when it is worth a command and not more than once a second. */
    private VideoPlan fill(PictureSettings settings, double kbps, long nowNanos) {
        double target = Math.floor(Math.min(Math.max(kbps, settings.leastKbps()), settings.mostKbps()));
        boolean known = plan.active() && settings.heights().contains(plan.maxHeight());
        boolean more = target >= plan.maxKbps() * MORE_AT || target == Math.floor(settings.mostKbps());
        boolean less = target < plan.maxKbps() * LESS_AT || plan.maxKbps() > settings.mostKbps();
        boolean due = nowNanos - changedNanos >= MORE_AFTER_NANOS;
        if (known && !less && !(more && due && target > plan.maxKbps())) {
            return plan;
        }
        plan = sized(settings, target);
        changedNanos = nowNanos;
        return plan;
    }

    private VideoPlan sized(PictureSettings settings, double kbps) {
        List<Integer> heights = settings.heights();
        int height = heights.get(0);
        int fps = settings.leastFps();
        boolean motion = preference == Preference.MOTION;
        for (int candidate : motion ? frameRates(settings) : List.of(settings.leastFps())) {
            fps = needs(height, candidate) <= allowance(kbps, height, candidate) ? candidate : fps;
        }
        for (int candidate : heights) {
            height = needs(candidate, fps) <= allowance(kbps, candidate, fps) ? candidate : height;
        }
        for (int candidate : frameRates(settings)) {
            fps = candidate > fps && needs(height, candidate) <= allowance(kbps, height, candidate) ? candidate : fps;
        }
        return new VideoPlan(kbps, fps, height);
    }

    private double allowance(double kbps, int height, int fps) {
        return plan.active() && plan.maxHeight() >= height && plan.maxFps() >= fps ? kbps * KEEP : kbps;
    }

    private double needs(int height, int fps) {
        return need.bitsPerPixel() * pixels(height) * fps / 1000;
    }

    private static double pixels(int height) {
        return ASPECT * height * height;
    }

    private static List<Integer> frameRates(PictureSettings settings) {
        int span = settings.mostFps() - settings.leastFps();
        return IntStream.rangeClosed(0, FPS_STEPS)
                .mapToObj(i -> settings.leastFps() + span * i / FPS_STEPS)
                .toList();
    }
}
