package org.raabta.adapter.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.raabta.adapter.profile.ProfileTest;

class WalkingRateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aQueueSoonAfterARiseSaysThatItWasTheSameLink() {
        WalkingRate rate = new WalkingRate();
        rate.fell(true, 0);
        assertThat(rate.walks(0)).isFalse();
        rate.observe(true, 10 * SECOND);
        rate.observe(true, 20 * SECOND);
        rate.fell(true, 34 * SECOND);
        assertThat(rate.walks(34 * SECOND)).isTrue();
        assertThat(rate.walks(93 * SECOND)).isTrue();
        assertThat(rate.walks(95 * SECOND)).isFalse();
    }

    @Test
    void aFallLongAfterTheRiseIsNewsOfItsOwn() {
        WalkingRate rate = new WalkingRate();
        rate.observe(true, 0);
        rate.fell(true, 26 * SECOND);
        assertThat(rate.walks(26 * SECOND)).isFalse();
        rate.fell(true, 27 * SECOND);
        assertThat(rate.walks(27 * SECOND)).isFalse();
    }

    @Test
    void lossesAndSilenceSayNothingOfTheRate() {
        WalkingRate rate = new WalkingRate();
        rate.observe(true, 0);
        rate.fell(false, 5 * SECOND);
        assertThat(rate.walks(5 * SECOND)).isFalse();
    }

    /** Twice the rate of the last fall is another link, but where that has led to a queue before. */
    @Test
    void theNextRiseIsNoOtherLink() {
        Climb climb = new Climb(ProfileTest.everyRung("default"));
        climb.fell(false, true, 18, 600, 0);
        climb.observe(true, 40, 600, 10 * SECOND);
        assertThat(climb.anotherLink()).isTrue();
        climb.fell(false, true, 18, 600, 20 * SECOND);
        climb.observe(true, 40, 600, 30 * SECOND);
        assertThat(climb.anotherLink()).isFalse();
        climb.observe(true, 40, 600, 79 * SECOND);
        assertThat(climb.anotherLink()).isFalse();
        climb.observe(true, 40, 600, 80 * SECOND);
        assertThat(climb.anotherLink()).isTrue();
    }
}
