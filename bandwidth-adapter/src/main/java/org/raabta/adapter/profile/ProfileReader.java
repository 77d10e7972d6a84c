package org.raabta.adapter.profile;

import java.util.ArrayList;
import java.util.List;
import org.raabta.adapter.Rung;
import org.raabta.adapter.estimate.EstimatorSettings;

/** Which key becomes what, with its unit and bounds. */
final class ProfileReader {
    private static final double MINUTE_MS = 60_000;
    private static final double MOST_KBPS = 50_000;

    private final ProfileText text;

    ProfileReader(ProfileText text) {
        this.text = text;
    }

    Profile read() {
        Profile profile = new Profile(
                text.name(),
                text.preference("preference"),
                text.factor("picture.bits-per-pixel", 0.01, 1),
                text.rungs("ladder.rungs"),
                rungs(),
                new Profile.Budget(text.share("budget.margin", 0, 50), text.share("budget.after-fall", 10, 100)),
                new Profile.Start(
                        text.durationMs("start.phase", 0, 2 * MINUTE_MS),
                        text.durationMs("start.hold", 0, MINUTE_MS),
                        text.share("start.low-confidence", 10, 100)),
                climb(),
                growth(),
                new Profile.Redundancy(
                        text.share("redundancy.on-above", 0, 100),
                        text.share("redundancy.off-below", 0, 100),
                        text.durationMs("redundancy.off-after", 0, 10 * MINUTE_MS)),
                new Profile.Turns(
                        text.kbps("push-to-talk.below", 0, 100),
                        text.durationMs("push-to-talk.after", 0, 10 * MINUTE_MS),
                        text.durationMs("push-to-talk.back", 0, 10 * MINUTE_MS)),
                notes(),
                estimator());
        text.end();
        return profile;
    }

    private List<RungSettings> rungs() {
        List<RungSettings> rungs = new ArrayList<>();
        for (Rung rung : Rung.values()) {
            if (rung.compareTo(Rung.PUSH_TO_TALK) < 0) {
                rungs.add(rung(rung, "rung." + rung.label() + "."));
            }
        }
        return rungs;
    }

    private RungSettings rung(Rung rung, String key) {
        return new RungSettings(
                rung,
                text.kbps(key + "enter", 1, MOST_KBPS),
                text.kbps(key + "leave", 1, MOST_KBPS),
                text.kbps(key + "overhead", 0, 100),
                text.speech(key + "audio", false),
                text.speech(key + "lossy", true),
                text.speechIfGiven(key + "beside"),
                text.speech(key + "probe", true),
                rung.carriesVideo() ? picture(key + "picture.") : PictureSettings.NONE,
                rung == Rung.STILLS ? still(key + "picture.") : StillSettings.NONE);
    }

    private PictureSettings picture(String key) {
        return new PictureSettings(
                text.kbps(key + "least", 30, MOST_KBPS), // below 30 browsers do not encode (section 4)
                text.kbps(key + "most", 30, MOST_KBPS),
                text.kbps(key + "kept", 30, MOST_KBPS),
                text.count(key + "fps-least", "fps", 1, 60),
                text.count(key + "fps-most", "fps", 1, 60),
                text.rising(key + "heights", "px", 60, 2160));
    }

    private StillSettings still(String key) {
        return new StillSettings(text.kbps(key + "least", 1, 100), text.kbps(key + "most", 1, 100));
    }

    private Profile.Climb climb() {
        return new Profile.Climb(
                text.durationMs("climb.hold", 0, 10 * MINUTE_MS),
                text.durationMs("climb.failed-within", 0, 10 * MINUTE_MS),
                text.factor("climb.failed-factor", 1, 10),
                text.durationMs("climb.failed-least", 0, 10 * MINUTE_MS),
                text.durationMs("climb.failed-most", 0, 60 * MINUTE_MS),
                text.count("climb.changes-most", "", 2, 60));
    }

    private Profile.Growth growth() {
        return new Profile.Growth(
                text.durationMs("growth.hold", 0, MINUTE_MS),
                text.durationMs("growth.cost", 0, 10_000),
                text.durationMs("growth.queue", 1, 10_000),
                text.durationMs("growth.retry", 0, 10 * MINUTE_MS),
                text.durationMs("growth.retry-most", 0, 60 * MINUTE_MS));
    }

    private Profile.Notes notes() {
        return new Profile.Notes(
                text.kbps("notes.below", 0, 100),
                text.durationMs("notes.after", 0, 10 * MINUTE_MS),
                text.durationMs("notes.outage", 0, 10 * MINUTE_MS),
                text.count("notes.outages", "", 1, 100),
                text.durationMs("notes.within", 0, 60 * MINUTE_MS),
                text.durationMs("notes.back", 0, 10 * MINUTE_MS));
    }

    private EstimatorSettings estimator() {
        return new EstimatorSettings(
                new EstimatorSettings.Queue(
                        text.durationMs("estimator.queue.baseline", 1_000, 60 * MINUTE_MS),
                        text.durationMs("estimator.queue.window", 100, MINUTE_MS),
                        text.count("estimator.queue.window-packets", "packets", 1, 1_000),
                        text.share("estimator.queue.quantile", 0, 100)),
                new EstimatorSettings.Overuse(
                        text.durationMs("estimator.overuse.low-queue", 1, 10_000),
                        text.durationMs("estimator.overuse.high-queue", 1, 10_000),
                        text.factor("estimator.overuse.noise", 0, 100),
                        text.count("estimator.overuse.readings", "", 1, 100),
                        text.durationMs("estimator.overuse.at-once", 1, MINUTE_MS),
                        text.durationMs("estimator.overuse.severe", 1, MINUTE_MS),
                        text.durationMs("estimator.overuse.severe-round-trip", 1, MINUTE_MS)),
                new EstimatorSettings.Rates(
                        text.share("estimator.rates.decrease", 1, 99),
                        text.share("estimator.rates.severe-decrease", 1, 99),
                        text.durationMs("estimator.rates.drained", 1, 10_000),
                        text.durationMs("estimator.rates.drain", 0, MINUTE_MS),
                        text.durationMs("estimator.rates.clean", 0, MINUTE_MS),
                        text.kbps("estimator.rates.grow", 0, 1_000),
                        text.share("estimator.rates.grow-share", 0, 100),
                        text.share("estimator.rates.recover-share", 0, 100),
                        text.share("estimator.rates.recover-below", 1, 100),
                        text.factor("estimator.rates.fast-start", 1, 10),
                        text.kbps("estimator.rates.low-below", 0, MOST_KBPS)),
                new EstimatorSettings.Loss(
                        text.share("estimator.loss.ignored-below", 0, 100),
                        text.count("estimator.loss.least-packets", "packets", 1, 10_000)),
                new EstimatorSettings.Flight(
                        text.count("estimator.flight.least", "bytes", 1, 1_000_000),
                        text.durationMs("estimator.flight.extra", 0, MINUTE_MS)),
                new EstimatorSettings.Silence(
                        text.durationMs("estimator.silence.after", 100, MINUTE_MS),
                        text.durationMs("estimator.silence.probe", 100, MINUTE_MS),
                        text.share("estimator.silence.resume", 1, 100)));
    }
}
