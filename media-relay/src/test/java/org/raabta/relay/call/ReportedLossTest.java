package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.PageReport;
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

    /** Numbers {@code from} up to {@code to}, each fifth of which the sender's link lost. */
    private void sendWithGaps(int from, int to) {
        for (int number = from; number <= to; number++) {
            if (number % 5 != 0) {
                losses.onSent(SSRC, number & 0xFFFF);
            }
        }
    }

    @Test
    void whatNeverLeftIsNotLostByTheReceiversLink() {
        sendWithGaps(901, 1_201);
        report(1_000, 0.2);
        report(1_100, 0.2);
        assertThat(losses.packets()).isEqualTo(80);
        assertThat(losses.lost()).isZero();
        report(1_200, 0.2 + 0.1);
        assertThat(losses.lost()).as("beside the gaps").isEqualTo(10);
        assertThat(losses.share()).isCloseTo(10.0 / 80, within(0.01));
    }

    @Test
    void whatIsStillToComeIsNoGap() {
        sendWithGaps(901, 1_050);
        report(1_000, 0.2);
        report(1_100, 0.5); // a liar, or one that another sender's numbers have reached
        assertThat(losses.packets()).isBetween(80, 100);
        assertThat(losses.lost()).isBetween(0, 50);
    }

    @Test
    void aPageIsToldOfGapsNoEarlierThanItCanNoticeThem() {
        List<Integer> audio = List.of(SSRC);
        sendWithGaps(1, 101);
        assertThat(losses.lostOf(page(12), audio))
                .as("the page has not seen all of it")
                .isZero();
        sendWithGaps(102, 111);
        assertThat(losses.lostOf(page(8), audio)).as("the rest").isZero();
        sendWithGaps(112, 211);
        assertThat(losses.lostOf(page(20), audio)).isZero();
        sendWithGaps(212, 311);
        assertThat(losses.lostOf(page(35), audio)).isEqualTo(13);
    }

    private static PageReport page(int lost) {
        return new PageReport(100, lost, 5_000, 60);
    }
}
