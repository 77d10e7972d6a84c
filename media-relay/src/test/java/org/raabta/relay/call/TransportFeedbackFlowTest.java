package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.Packets.frame;
import static org.raabta.relay.call.Packets.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.SequenceUnwrapper;
import org.raabta.relay.rtp.TransportFeedback;

class TransportFeedbackFlowTest {
    private final CallDriver driver = CallDriver.consultation();

    @Test
    void aThinAudioUplinkHearsOfItselfEverySecond() {
        for (int n = 0; n < 500; n++) {
            driver.rtp(PATIENT, speech(1, 0, 0, n).stamp(3, n).bytes());
            driver.advanceMs(20);
        }
        List<TransportFeedback> feedback = feedbackToPatient();
        assertThat(feedback).hasSizeBetween(9, 10);
        assertThat(feedback.get(0).baseSequence()).isZero();
        assertThat(feedback.stream().mapToInt(TransportFeedback::packets).sum()).isBetween(450, 500);
        assertThat(feedback.get(1).delta(1)).as("20 ms are 80 ticks").isEqualTo(80);
        assertThat(feedback.stream().map(TransportFeedback::feedbackCount))
                .containsExactlyElementsOf(
                        IntStream.range(0, feedback.size()).boxed().toList());
    }

    @Test
    void withWideVideoFourTimesASecondAndOnlyIfThereIsNews() {
        int stamp = 65_500;
        for (int n = 0; n < 150; n++) {
            driver.rtp(
                    PATIENT,
                    frame(1, 0, 0, n, n == 0)
                            .payload(Arrays.copyOf(Packets.vp8(n == 0, n, n & 0xFF, n), 4000))
                            .stamp(3, stamp++ & 0xFFFF)
                            .bytes());
            driver.advance(1_000_000_000L / 15);
        }
        assertThat(feedbackToPatient()).hasSizeBetween(35, 40);
        int before = feedbackToPatient().size();
        driver.advanceMs(10_000);
        assertThat(feedbackToPatient()).hasSizeBetween(before, before + 1);
    }

    @Test
    void withoutStampsThereIsNoFeedback() {
        for (int n = 0; n < 100; n++) {
            driver.rtp(PATIENT, speech(1, 0, 0, n).bytes());
            driver.advanceMs(20);
        }
        assertThat(feedbackToPatient()).isEmpty();
    }

    @Test
    void whatAReceiverConfirmsIsKept() {
        for (int n = 0; n < 10; n++) {
            driver.rtp(PATIENT, speech(1, 0, 0, n).bytes());
            driver.advanceMs(20);
        }
        assertThat(driver.call.transportFigures(DOCTOR)).isNull();
        TransportFeedback.Builder builder = new TransportFeedback.Builder(0);
        for (int n = 0; n < 10; n++) {
            if (n != 3 && n != 4) {
                builder.add(n, 1000 + n * 88L); // 22 ms apart where we sent 20 ms apart
            }
        }
        driver.rtcp(DOCTOR, builder.build(1, 2, 0));
        TransportFigures figures = Objects.requireNonNull(driver.call.transportFigures(DOCTOR));
        assertThat(figures.ackedBytes()).isEqualTo(8 * (12 + 8 + 3 + 10 + 28));
        assertThat(figures.lost()).isEqualTo(2);
        assertThat(figures.reported()).isEqualTo(10);
        assertThat(figures.delayTrendMs()).isCloseTo(9 * 2.0, within(0.001));
        assertThat(driver.call.snapshot(driver.nowNanos).legs().get(1).lossDown())
                .hasValue(0.2);

        driver.rtcp(DOCTOR, builder.build(1, 2, 1));
        figures = Objects.requireNonNull(driver.call.transportFigures(DOCTOR));
        assertThat(figures.ackedBytes()).as("confirmed once only").isZero();
    }

    @Test
    void feedbackAboutPacketsThatWereNeverSentIsIgnored() {
        TransportFeedback.Builder builder = new TransportFeedback.Builder(500);
        builder.add(500, 0);
        driver.rtcp(DOCTOR, builder.build(1, 2, 0));
        assertThat(driver.call.transportFigures(DOCTOR)).isNull();
    }

    /** Random arrivals, with losses, reordering, duplicates and wraparound, told exactly as they were. */
    @Test
    void theLogTellsEveryArrival() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            ArrivalLog log = new ArrivalLog(-5_000_000_000L);
            long now = -4_000_000_000L + random.nextInt(1_000_000_000);
            long sequence = random.nextInt(65_536);
            TreeMap<Long, Long> arrived = new TreeMap<>();
            TreeMap<Long, Long> told = new TreeMap<>();
            SequenceUnwrapper unwrapper = new SequenceUnwrapper();
            List<Long> late = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                now += random.nextInt(random.nextInt(100) == 0 ? 2_000_000_000 : 20_000_000);
                long one = sequence++;
                if (i > 0 && random.nextInt(10) == 0) {
                    if (random.nextBoolean()) {
                        late.add(one);
                    }
                    continue;
                }
                arrive(log, arrived, one, now);
                if (!late.isEmpty() && random.nextInt(5) == 0) {
                    arrive(log, arrived, late.remove(0), now);
                }
                if (random.nextInt(40) == 0) {
                    tell(log, told, unwrapper);
                }
            }
            tell(log, told, unwrapper);
            assertThat(told).as("seed %d", seed).isEqualTo(arrived);
            assertThat(log.pending()).isFalse();
        }
    }

    private static void arrive(ArrivalLog log, Map<Long, Long> arrived, long sequence, long now) {
        log.record((int) sequence & 0xFFFF, now);
        arrived.putIfAbsent(sequence, (now + 5_000_000_000L) / TransportFeedback.TICK_NANOS);
    }

    private static void tell(ArrivalLog log, Map<Long, Long> told, SequenceUnwrapper unwrapper) {
        List<RtcpMessage> messages = new ArrayList<>();
        log.collect(1, 2, messages);
        for (RtcpMessage message : messages) {
            assertThat(message.length()).isLessThan(1100);
            TransportFeedback feedback = (TransportFeedback) message;
            long base = unwrapper.unwrap(feedback.baseSequence());
            long ticks = feedback.referenceTicks();
            for (int i = 0; i < feedback.packets(); i++) {
                if (feedback.received(i)) {
                    ticks += feedback.delta(i);
                    told.put(base + i, ticks);
                }
            }
        }
    }

    private List<TransportFeedback> feedbackToPatient() {
        return driver.messagesTo(PATIENT, TransportFeedback.class);
    }
}
