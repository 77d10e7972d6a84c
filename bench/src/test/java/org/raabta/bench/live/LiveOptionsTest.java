package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.adapter.Rung;
import org.raabta.bench.live.LiveOptions.Scenario;
import org.raabta.bench.live.LiveOptions.SystemKind;
import org.raabta.bench.options.UsageException;

class LiveOptionsTest {
    @Test
    void defaultsAreOurOwnSystemTalkingForAMinute() throws Exception {
        LiveOptions options = parse("--link gprs-thin --out d");

        assertThat(options.link().name()).isEqualTo("gprs-thin");
        assertThat(options.out()).isEqualTo(Path.of("d"));
        assertThat(options.system()).isEqualTo(SystemKind.RAABTA);
        assertThat(options.doctor()).isEqualTo(Browser.CHROMIUM);
        assertThat(options.scenario()).isEqualTo(Scenario.TALK);
        assertThat(options.seconds()).isEqualTo(60);
        assertThat(options.seed()).isEqualTo(1);
        assertThat(options.pin()).isEmpty();
    }

    @Test
    void everyOptionIsTaken() throws Exception {
        LiveOptions options =
                parse("--link cliff --system raabta --scenario half-talk --pin voice --seconds 120 --seed 7 --out d");

        assertThat(options.scenario()).isEqualTo(Scenario.HALF_TALK);
        assertThat(options.pin()).contains(Rung.VOICE);
        assertThat(options.seconds()).isEqualTo(120);
        assertThat(options.seed()).isEqualTo(7);
    }

    @Test
    void theDoctorMayUseFirefox() throws Exception {
        assertThat(parse("--link cliff --doctor firefox --out d").doctor()).isEqualTo(Browser.FIREFOX);
        assertThat(parse("--link cliff --doctor firefox --system p2p --out d").doctor())
                .isEqualTo(Browser.FIREFOX);
    }

    @Test
    void singlePicturesAreHeldByAPinUnlessAnotherOneIsAskedFor() throws Exception {
        assertThat(parse("--link cliff --scenario stills --out d").pin()).contains(Rung.STILLS);
        assertThat(parse("--link cliff --scenario stills --pin voice --out d").pin())
                .contains(Rung.VOICE);
    }

    @Test
    void aPhotoIsAskedForEarlyInTheCall() throws Exception {
        assertThat(parse("--link cliff --scenario photo --out d").photoAt()).isEqualTo(15);
        assertThat(parse("--link cliff --scenario photo --seconds 30 --out d").photoAt())
                .isEqualTo(10);
        assertThat(parse("--link cliff --scenario photo --photo-at 40 --out d").photoAt())
                .isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--out d | --link is missing",
                "--link cliff | --out is missing",
                "--link cliff --out | --out needs a value",
                "--link cliff --link cliff --out d | --link is given twice",
                "--lonk cliff | unknown option --lonk; known are --doctor, --link, --out",
                "--link nowhere --out d | gprs-rural, gprs-urban",
                "--link cliff --out d --system skype | --system: known are raabta, p2p, janus",
                "--link cliff --out d --doctor opera | --doctor: known are chromium, firefox",
                "--link cliff --out d --doctor firefox --system janus | with raabta and p2p only",
                "--link cliff --out d --scenario sing | --scenario: known are talk, half-talk, visit1, visit2, photo, stills",
                "--link cliff --out d --scenario photo --system p2p | only raabta sends pictures beside the call",
                "--link cliff --out d --seconds 30 --photo-at 31 | --photo-at must be a whole number from 0 to 30",
                "--link cliff --out d --pin top | --pin: known are video, low-video",
                "--link cliff --out d --pin voice --system p2p | only raabta has rungs",
                "--link cliff --out d --profile best | the names are default, rural-2g, urban-3g, detail, motion",
                "--link cliff --out d --seconds 0 | --seconds must be a whole number from 1 to 3600",
                "--link cliff --out d --seed x | --seed must be a whole number",
            })
    void whatIsWrongIsNamedAndWhatIsKnownIsListed(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private static LiveOptions parse(String arguments) throws UsageException {
        return LiveOptions.parse(List.of(arguments.split(" ")));
    }
}
