package org.raabta.adapter.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.profile.PictureSettings;
import org.raabta.adapter.profile.Preference;

/** A camera whose picture takes {@link #bitsPerPixel}, behind a budget of 120 kbps. */
class PictureNeedTest {
    private static final PictureSettings SETTINGS =
            new PictureSettings(60, 200, 90, 10, 15, List.of(180, 240, 360, 480));
    private static final double BUDGET_KBPS = 120;

    private final Picture picture = new Picture(Preference.MOTION, 0.05, 0);
    private double bitsPerPixel = 0.05;
    private long nowNanos;
    private int changes;

    private VideoPlan film(int seconds) {
        VideoPlan plan = picture.plan();
        for (int i = 0; i < 4 * seconds; i++) {
            nowNanos += 250_000_000L;
            VideoPlan next = picture.fill(SETTINGS, BUDGET_KBPS, sentKbps(plan), nowNanos);
            changes += next.equals(plan) ? 0 : 1;
            plan = next;
        }
        return plan;
    }

    private double sentKbps(VideoPlan plan) {
        double pixels = 4.0 / 3 * plan.maxHeight() * plan.maxHeight();
        return plan.active() ? Math.min(plan.maxKbps(), bitsPerPixel * pixels * plan.maxFps() / 1000) : Double.NaN;
    }

    @Test
    void aLivelyPictureKeepsTheSizeThatItsBitsAllow() {
        assertThat(film(60)).isEqualTo(new VideoPlan(BUDGET_KBPS, 15, 240));
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aFaceThatSitsStillGetsALargerPictureAndTheChangesEnd() {
        bitsPerPixel = 0.01;
        VideoPlan plan = film(20);
        assertThat(plan.maxHeight()).isEqualTo(480);
        assertThat(plan.maxKbps()).isEqualTo(BUDGET_KBPS);
        int settled = changes;
        film(60);
        assertThat(changes).isEqualTo(settled);
    }

    @Test
    void whenThePictureComesAliveItIsSmallerAgainAndDoesNotFlap() {
        bitsPerPixel = 0.01;
        film(20);
        bitsPerPixel = 0.05;
        int before = changes;
        assertThat(film(30).maxHeight()).isLessThanOrEqualTo(360);
        film(90);
        assertThat(changes - before).isLessThanOrEqualTo(4);
    }

    @Test
    void nothingIsLearnedFromAPictureThatDoesNotCome() {
        bitsPerPixel = 0;
        assertThat(film(60)).isEqualTo(new VideoPlan(BUDGET_KBPS, 15, 240));
    }
}
