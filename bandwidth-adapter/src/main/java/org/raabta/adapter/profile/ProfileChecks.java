package org.raabta.adapter.profile;

import java.util.List;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;

/** What single values cannot show: figures that contradict each other. */
final class ProfileChecks {
    private final ProfileText text;

    ProfileChecks(ProfileText text) {
        this.text = text;
    }

    void check(Profile profile) {
        RungSettings better = null;
        for (RungSettings rung : profile.rungs()) {
            String key = "rung." + rung.rung().label() + ".";
            if (rung.leaveKbps() >= rung.enterKbps()) {
                throw text.wrong(
                        key + "leave", "must be below enter, or the rung would be left as soon as it is climbed to");
            }
            if (better != null && rung.enterKbps() >= better.enterKbps()) {
                throw text.wrong(
                        key + "enter", "must be below that of " + better.rung().label());
            }
            if (better != null && rung.leaveKbps() >= better.leaveKbps()) {
                throw text.wrong(
                        key + "leave", "must be below that of " + better.rung().label());
            }
            steps(key, rung);
            if (rung.rung().carriesVideo()) {
                picture(key + "picture.", rung.picture());
            }
            order(
                    key + "picture.least",
                    rung.still().leastKbps(),
                    key + "picture.most",
                    rung.still().mostKbps());
            if (rung.leastKbps() > rung.leaveKbps()) {
                throw text.wrong(
                        key + "leave",
                        "is below what the rung costs at least, %.2f kbps with audio, picture and overhead: a queue would grow"
                                .formatted(rung.leastKbps()));
            }
            better = rung;
        }
        if (!profile.allowed().contains(Rung.THIN_VOICE)) {
            throw text.wrong("ladder.rungs", "must have thin-voice: a call has to stand somewhere");
        }
        if (profile.allowed().contains(Rung.PHONE)) {
            throw text.wrong("ladder.rungs", "phone is never chosen by itself");
        }
        order(
                "climb.failed-least",
                profile.climb().failedLeastMs(),
                "climb.failed-most",
                profile.climb().failedMostMs());
        order(
                "growth.retry",
                profile.growth().retryMs(),
                "growth.retry-most",
                profile.growth().retryMostMs());
        order(
                "redundancy.off-below",
                profile.redundancy().offBelow(),
                "redundancy.on-above",
                profile.redundancy().onAbove());
        order(
                "notes.below",
                profile.notes().belowKbps(),
                "push-to-talk.below",
                profile.turns().belowKbps());
        order(
                "push-to-talk.below",
                profile.turns().belowKbps(),
                "rung.thin-voice.leave",
                profile.rung(Rung.THIN_VOICE).leaveKbps());
        order(
                "notes.outage",
                profile.notes().outageMs(),
                "notes.within",
                profile.notes().withinMs());
        order(
                "estimator.overuse.at-once",
                profile.estimator().overuse().atOnceMs(),
                "estimator.overuse.severe",
                profile.estimator().overuse().severeMs());
        order(
                "estimator.rates.severe-decrease",
                profile.estimator().rates().severeDecrease(),
                "estimator.rates.decrease",
                profile.estimator().rates().decrease());
    }

    private void steps(String key, RungSettings rung) {
        for (AudioPlan plan : rung.lossy()) {
            if (!plan.red()) {
                throw text.wrong(key + "lossy", "every step must have +red");
            }
        }
        List<AudioPlan> audio = rung.audio();
        if (!rung.beside().isEmpty()
                && rung.beside().get(0).wireKbps() > audio.get(0).wireKbps()) {
            throw text.wrong(key + "beside", "must not begin above the first step of audio");
        }
        if (!rung.probe().isEmpty()
                && rung.probe().get(0).wireKbps() <= audio.get(audio.size() - 1).wireKbps()) {
            throw text.wrong(key + "probe", "must begin above the last step of audio");
        }
    }

    private void picture(String key, PictureSettings picture) {
        order(key + "least", picture.leastKbps(), key + "kept", picture.keptKbps());
        order(key + "kept", picture.keptKbps(), key + "most", picture.mostKbps());
        order(key + "fps-least", picture.leastFps(), key + "fps-most", picture.mostFps());
    }

    private void order(String key, double value, String upperKey, double upper) {
        if (value > upper) {
            throw text.wrong(key, "must not be above " + upperKey);
        }
    }
}
