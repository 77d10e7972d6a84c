package org.raabta.adapter.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.estimate.EstimatorSettings;

public class ProfileTest {
    static final java.util.List<String> SHIPPED = Profile.SHIPPED;

    /** The text of a shipped profile. */
    public static String text(String name) {
        try (InputStream in = Profile.class.getResourceAsStream(name + ".profile")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Profile shipped(String name) {
        return Profile.parse(name, text(name));
    }

    /** A shipped profile that may choose every rung that can be chosen at all. */
    public static Profile everyRung(String name) {
        return Profile.parse(name, everyRungText(name));
    }

    private static String everyRungText(String name) {
        return text(name)
                .replace(
                        " voice narrow-voice thin-voice notes\n",
                        " stills voice narrow-voice thin-voice push-to-talk notes\n");
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void whatARungCostsAtLeastIsNotAboveItsLeavePoint(String name) {
        for (RungSettings rung : shipped(name).rungs()) {
            assertThat(rung.leastKbps()).as("%s %s", name, rung.rung().label()).isLessThanOrEqualTo(rung.leaveKbps());
            assertThat(rung.leaveKbps()).isLessThan(rung.enterKbps());
        }
    }

    /** The estimator believes 1.5 times what is delivered and 10 kbps: the dearest plan of a rung has to prove the next one. */
    @ParameterizedTest
    @FieldSource("SHIPPED")
    void theBestPlanOfARungProvesTheNext(String name) {
        Profile profile = shipped(name);
        RungSettings better = null;
        for (RungSettings rung : profile.rungs()) {
            if (better != null
                    && profile.allowed().contains(better.rung())
                    && profile.allowed().contains(rung.rung())) {
                AudioPlan dearest = rung.probe().get(rung.probe().size() - 1);
                double sent = dearest.wireKbps() + rung.picture().keptKbps() + rung.overheadKbps();
                assertThat(1.5 * 0.95 * sent + 10)
                        .as("%s %s", name, rung.rung().label())
                        .isGreaterThanOrEqualTo(better.enterKbps());
            }
            if (profile.allowed().contains(rung.rung())) {
                better = rung;
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void growthStepsAreSmall(String name) {
        for (RungSettings rung : shipped(name).rungs()) {
            double least = rung.picture().keptKbps() + rung.overheadKbps();
            double before = 0;
            for (AudioPlan plan : rung.audio()) {
                before = step(name, rung, plan, least, before);
            }
            for (AudioPlan plan : rung.probe()) {
                before = step(name, rung, plan, least, before);
            }
        }
    }

    private static double step(String name, RungSettings rung, AudioPlan plan, double besides, double before) {
        double sent = plan.wireKbps() + besides;
        if (before > 0) {
            assertThat(sent / before)
                    .as("%s %s %s", name, rung.rung().label(), plan)
                    .isLessThanOrEqualTo(1.25);
        }
        return sent;
    }

    @Test
    void defaultsAreTheOnesOfTheDesign() {
        Profile profile = shipped("default");
        assertThat(profile.estimator()).isEqualTo(EstimatorSettings.DEFAULTS);
        assertThat(profile.rungs().stream().map(RungSettings::enterKbps))
                .containsExactly(270., 140., 90., 28., 25., 16., 11.);
        assertThat(profile.rungs().stream().map(RungSettings::leaveKbps))
                .containsExactly(210., 105., 62., 21., 20.5, 12.5, 10.3);
        assertThat(profile.rung(Rung.THIN_VOICE).audio()).containsExactly(new AudioPlan(6000, 120, false, true));
        assertThat(profile.rung(Rung.VOICE).lossy().get(0)).isEqualTo(new AudioPlan(8000, 120, true, false));
        assertThat(profile.climb()).isEqualTo(new Profile.Climb(10_000, 15_000, 3, 60_000, 120_000, 2));
        assertThat(profile.start()).isEqualTo(new Profile.Start(15_000, 2_000, 0.75));
        assertThat(profile.growth()).isEqualTo(new Profile.Growth(2_500, 400, 100, 15_000, 120_000));
        assertThat(profile.notes()).isEqualTo(new Profile.Notes(5, 20_000, 5_000, 3, 60_000, 4_000));
        assertThat(profile.redundancy()).isEqualTo(new Profile.Redundancy(0.03, 0.01, 10_000));
        assertThat(profile.turns()).isEqualTo(new Profile.Turns(7.5, 20_000, 4_000));
        assertThat(profile.budget()).isEqualTo(new Profile.Budget(0.1, 0.75));
    }

    /** Each key with its line taken out is missed, and with another number is another profile. */
    @Test
    void everyKeyIsNeededAndCounts() {
        String text = text("default");
        Profile whole = Profile.parse("default", text);
        int keys = 0;
        for (String line : text.lines().toList()) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            keys++;
            String key = line.substring(0, line.indexOf('=')).strip();
            if (key.endsWith(".beside")) {
                Profile without = Profile.parse("default", text.replace(line + "\n", ""));
                assertThat(without.rung(Rung.VOICE).beside().isEmpty()
                                || without.rung(Rung.STILLS).beside().isEmpty())
                        .as("profiles older than this key are read")
                        .isTrue();
                assertThat(changed(whole, text, line)).as(key).isTrue();
                continue;
            }
            ProfileException missing = refused(text.replace(line + "\n", ""));
            assertThat(missing.key()).isEqualTo(key);
            assertThat(missing.problem()).isEqualTo("is missing");
            assertThat(changed(whole, text, line)).as(key).isTrue();
        }
        assertThat(keys).isGreaterThan(100);
    }

    /** Whether a slightly other value (or its refusal) shows that the key is read. */
    private static boolean changed(Profile whole, String text, String line) {
        String other = line.contains("= motion")
                ? "preference = detail"
                : line.replaceFirst("= video ", "= ")
                        .replaceFirst("= none", "= 60k/20ms+red")
                        .replaceFirst("= (\\d+)", "= 1$1");
        assertThat(other).isNotEqualTo(line);
        try {
            return !Profile.parse("default", text.replace(line, other)).equals(whole);
        } catch (ProfileException refused) {
            return line.startsWith(refused.key() + " ") || !refused.key().isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "climb.hold = 10 s|climb.hold = 10|climb.hold|expected a number and ms or s, such as 10 s",
                "climb.hold = 10 s|climb.hold = 10 kbps|climb.hold|expected a number and ms or s, such as 10 s",
                "climb.hold = 10 s|climb.hold = -1 s|climb.hold|expected a number and ms or s, such as 10 s",
                "climb.hold = 10 s|climb.hold = 9999 s|climb.hold|must be from 0 to 600000 ms",
                "climb.hold = 10 s|climb.hold =|climb.hold|has no value",
                "climb.hold = 10 s|climb.holds = 10 s|climb.hold|is missing",
                "notes.below = 5 kbps|notes.below = 5 %|notes.below|expected a number and kbps",
                "notes.outages = 3|notes.outages = 2.5|notes.outages|expected a whole number",
                "preference = motion|preference = both|preference|must be motion or detail",
                "rung.voice.leave = 20.5 kbps|rung.voice.leave = 25 kbps|rung.voice.leave|must be below enter, or the rung would be left as soon as it is climbed to",
                "rung.voice.leave = 20.5 kbps|rung.voice.leave = 19.9 kbps|rung.voice.leave|is below what the rung costs at least, 19.97 kbps with audio, picture and overhead: a queue would grow",
                "rung.voice.enter = 25 kbps|rung.voice.enter = 41 kbps|rung.voice.enter|must be below that of stills",
                "rung.stills.leave = 21 kbps|rung.stills.leave = 16 kbps|rung.stills.leave|is below what the rung costs at least, 16.63 kbps with audio, picture and overhead: a queue would grow",
                "rung.video.audio = 24k/20ms|rung.video.audio = 24k/30ms|rung.video.audio|expected steps such as 12k/60ms or 16k/60ms+red or 6k/120ms+dtx",
                "rung.video.audio = 24k/20ms|rung.video.audio = 5k/20ms|rung.video.audio|must be from 6 to 64 k",
                "rung.video.audio = 24k/20ms|rung.video.audio = 24k/20ms 24k/60ms|rung.video.audio|each step must cost more than the one before",
                "rung.voice.beside = 8k/120ms 10k/120ms 12k/120ms 12k/60ms 16k/60ms|rung.voice.beside = 16k/60ms|rung.voice.beside|must not begin above the first step of audio",
                "narrow-voice thin-voice push-to-talk notes|narrow-voice|ladder.rungs|must have thin-voice: a call has to stand somewhere",
                "push-to-talk notes|push-to-talk notes phone|ladder.rungs|phone is never chosen by itself",
                "narrow-voice thin-voice|thin-voice narrow-voice|ladder.rungs|rungs must be named once, best first",
                "narrow-voice thin-voice|narrow-voice hologram|ladder.rungs|names an unknown rung",
                "notes.below = 5 kbps|notes.below = 8 kbps|notes.below|must not be above push-to-talk.below",
                "rung.stills.picture.least = 4 kbps|rung.stills.picture.least = 13 kbps|rung.stills.picture.least|must not be above rung.stills.picture.most",
                "rung.video.picture.heights = 240 360 480 720 px|rung.video.picture.heights = 240 240 px|rung.video.picture.heights|must rise",
                "growth.retry = 15 s|growth.retry = 150 s|growth.retry|must not be above growth.retry-most",
                "rung.video.picture.least = 120 kbps|rung.video.picture.least = 130 kbps|rung.video.picture.least|must not be above rung.video.picture.kept",
            })
    void aWrongProfileIsNamedByLineAndKey(String right, String wrong, String key, String problem) {
        String text = everyRungText("default");
        assertThat(text).contains(right);
        ProfileException refused = refused(text.replace(right, wrong));
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused.key()).isEqualTo(key);
        int line = text.substring(0, text.indexOf(right)).split("\n", -1).length;
        assertThat(refused.line()).isEqualTo(problem.equals("is missing") ? 0 : line);
        assertThat(refused.name()).isEqualTo("default");
        assertThat(refused).hasMessageContaining(key).hasMessageContaining(problem);
    }

    @Test
    void unknownAndRepeatedKeysAndOtherLinesAreRefused() {
        String text = text("default");
        int lines = (int) text.lines().count();
        ProfileException unknown = refused(text + "colour = blue\n");
        assertThat(unknown).hasMessage("profile default, line " + (lines + 1) + ", colour: is not a key of profiles");
        ProfileException twice = refused(text + "climb.hold = 10 s\n");
        assertThat(twice.problem()).startsWith("is given twice, first in line ");
        assertThat(refused(text + "hello\n").problem()).isEqualTo("expected key = value");
        assertThat(refused(text + "Hello = 3\n").problem()).startsWith("a key is made of");
        assertThat(refused("#".repeat(65_537)).problem()).startsWith("is longer than");
    }

    private static ProfileException refused(String text) {
        return Objects.requireNonNull(
                catchThrowableOfType(ProfileException.class, () -> Profile.parse("default", text)), "was accepted");
    }
}
