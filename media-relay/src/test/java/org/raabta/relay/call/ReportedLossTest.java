package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.raabta.relay.rtp.ReportBlock;

class ReportedLossTest {
    private static final int SSRC = 0xF00;

    private final ReportedLoss losses = new ReportedLoss();

    /** @param highest extended highest sequence number received */
    private void report(int highest, double share) {
        losses.clear();
        losses.add(new ReportBlock(SSRC, (int) Math.round(256 * share), 0, highest, 0, 0, 0));
    }

    @Test
    void whatTheLinkLost() {
        report(1_000, 0);
        report(1_100, 0.25);
        assertThat(losses.packets()).isEqualTo(100);
        assertThat(losses.lost()).isEqualTo(25);
    }

    /** Pictures stopped with 90 packets that never came through; a minute later they are back, and the first report tells of 90 missing. */
    @Test
    void whatWentBeforeAPauseIsNoNews() {
        report(1_000, 0);
        losses.onResumed(SSRC, 1_091);
        report(1_000, 0); // nothing came since
        assertThat(losses.packets()).isZero();
        report(1_100, 0.9);
        assertThat(losses.packets()).isEqualTo(10);
        assertThat(losses.lost()).isZero();
        report(1_200, 0.5);
        assertThat(losses.packets()).isEqualTo(100);
        assertThat(losses.lost()).isEqualTo(50);
    }

    @Test
    void lossesSinceThePauseCount() {
        report(1_000, 0);
        losses.onResumed(SSRC, 1_041);
        report(1_100, 0.5);
        assertThat(losses.packets()).isEqualTo(60);
        assertThat(losses.lost()).isEqualTo(10);
    }

    @Test
    void sequenceNumbersOfSixteenBitsTurnOver() {
        report(65_500, 0);
        losses.onResumed(SSRC, 65_561 - 65_536);
        report(65_600, 0.75);
        assertThat(losses.packets()).isEqualTo(40);
        assertThat(losses.lost()).isEqualTo(15);
    }

    @Test
    void anotherStreamsPauseIsItsOwn() {
        losses.onResumed(SSRC + 1, 1_090);
        report(1_000, 0);
        report(1_100, 0.1);
        assertThat(losses.lost()).isEqualTo(10);
    }
}
