package org.raabta.adapter.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.profile.ProfileTest;

/** Browsers without RED (Firefox): what they send of a plan with copies is half of it, and proves half. */
class WithoutCopiesTest {
    private static final Wishes PLAIN = new Wishes(true, false, Optional.empty(), false);

    @Test
    void aBrowserWithoutCopiesClimbsAsFar() {
        Fixture call = new Fixture(ProfileTest.shipped("default"), 0);
        call.wishes = PLAIN;
        call.linkKbps = 14;
        call.carry(60);
        assertThat(call.rung()).isGreaterThanOrEqualTo(Rung.NARROW_VOICE);
        call.linkKbps = 1000;
        call.carry(120);
        assertThat(call.rung()).isEqualTo(Rung.VIDEO);
    }

    @Test
    void theProbeHasAsManyBitsWithout() {
        AudioPlan red = new AudioPlan(24_000, 20, true, false);
        assertThat(red.withoutCopies()).isEqualTo(new AudioPlan(48_000, 20, false, false));
        assertThat(red.withoutCopies().wireKbps()).isBetween(0.95 * red.wireKbps(), red.wireKbps());
        assertThat(new AudioPlan(36_000, 20, true, false).withoutCopies().bitrateBps())
                .isEqualTo(64_000);
        AudioPlan plain = new AudioPlan(12_000, 60, false, false);
        assertThat(plain.withoutCopies()).isSameAs(plain);
    }
}
