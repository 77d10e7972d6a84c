package org.raabta.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void cameraOnAndNothingRefusedIsVideo() {
        assertThat(Ladder.decide(new Wishes(true, false, Optional.empty())))
                .isEqualTo(new Decision(Rung.VIDEO, Reason.UNCONSTRAINED));
    }

    @Test
    void withoutCameraThereIsVoice() {
        assertThat(Ladder.decide(Wishes.NONE)).isEqualTo(new Decision(Rung.VOICE, Reason.CAMERA_OFF));
    }

    @Test
    void receiverMayRefusePictures() {
        assertThat(Ladder.decide(new Wishes(true, true, Optional.empty())))
                .isEqualTo(new Decision(Rung.VOICE, Reason.VOICE_ONLY_CHOSEN));
    }

    @Test
    void pinnedRungIsACeiling() {
        assertThat(Ladder.decide(new Wishes(true, false, Optional.of(Rung.VOICE))))
                .isEqualTo(new Decision(Rung.VOICE, Reason.PINNED));
        assertThat(Ladder.decide(new Wishes(false, false, Optional.of(Rung.LOW_VIDEO))))
                .isEqualTo(new Decision(Rung.VOICE, Reason.CAMERA_OFF));
        assertThat(Ladder.decide(new Wishes(true, false, Optional.of(Rung.LOW_VIDEO))))
                .isEqualTo(new Decision(Rung.LOW_VIDEO, Reason.PINNED));
    }

    @Test
    void labelsRoundTripAndUnknownOnesNameTheKnown() {
        for (Rung rung : Rung.values()) {
            assertThat(Rung.ofLabel(rung.label())).isSameAs(rung);
        }
        assertThatThrownBy(() -> Rung.ofLabel("hologram"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slow-video, stills, voice");
    }

    @Test
    void theLowerRungIsTheOneFurtherDown() {
        assertThat(Rung.lower(Rung.VIDEO, Rung.VOICE)).isEqualTo(Rung.VOICE);
        assertThat(Rung.lower(Rung.NOTES, Rung.STILLS)).isEqualTo(Rung.NOTES);
    }
}
