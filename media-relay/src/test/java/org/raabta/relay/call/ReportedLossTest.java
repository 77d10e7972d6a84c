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

    /** Pictures stopped with 90 packets waiting; a minute later they are back, and the first report tells of 90 missing. */
    @Test
    void whatWasNeverSentIsNoLossOfTheLink() {
        report(1_000, 0);
        for (int i = 0; i < 90; i++) {
            losses.onNeverSent(SSRC);
        }
        report(1_000, 0); // nothing came since
        assertThat(losses.lost()).isZero();
        report(1_100, 0.9);
        assertThat(losses.packets()).isEqualTo(10);
        assertThat(losses.lost()).isZero();
        report(1_200, 0.5);
        assertThat(losses.packets()).isEqualTo(100);
        assertThat(losses.lost()).isEqualTo(50);
    }

    @Test
    void lossesBesideWhatWasNeverSentCount() {
        report(1_000, 0);
        for (int i = 0; i < 40; i++) {
            losses.onNeverSent(SSRC);
        }
        report(1_100, 0.5);
        assertThat(losses.packets()).isEqualTo(60);
        assertThat(losses.lost()).isEqualTo(10);
    }

    @Test
    void anotherStreamsReportIsItsOwn() {
        losses.onNeverSent(SSRC + 1);
        report(1_000, 0);
        report(1_100, 0.1);
        assertThat(losses.lost()).isEqualTo(10);
    }
}
