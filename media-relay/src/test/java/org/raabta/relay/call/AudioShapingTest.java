package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.CallDriver.media;
import static org.raabta.relay.call.Packets.packet;
import static org.raabta.relay.call.Speech.opus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.rtp.SequenceNumbers;

/** A whole call whose doctor hears the patient by a plan. */
class AudioShapingTest {
    private static final int OPUS = 109;
    private static final int RED = 108;

    private final CallDriver driver = CallDriver.consultation();

    @Test
    void threePacketsBecomeOneWithTheFirstTimestamp() {
        plan(60, false);
        say(0, 8);
        assertHeard(List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8)));
        assertThat(sequenceSteps()).containsOnly(1);
        assertThat(timestampSteps()).containsOnly(2880);
        assertThat(driver.rtpTo(DOCTOR).get(0).rtp().payloadType()).isEqualTo(OPUS);
        driver.assertNoLeak();
    }

    @Test
    void packetsThatAreLongEnoughPassUntouched() {
        plan(60, false);
        for (int n = 0; n < 9; n += 3) {
            driver.rtp(PATIENT, voice(n / 3, n, opus(n, n + 2)).bytes());
            assertThat(driver.rtpTo(DOCTOR)).as("at once").hasSize(n / 3 + 1);
        }
        driver.rtp(PATIENT, voice(4, 12, opus(12, 14)).bytes());
        driver.rtp(PATIENT, voice(3, 9, opus(9, 11)).bytes());
        assertThat(sequenceSteps()).as("a late one fills its gap").containsExactly(1, 1, 2, -1);
        assertThat(driver.rtpTo(DOCTOR).get(4).payload()).isEqualTo(opus(9, 11));
    }

    @Test
    void thePlanChangesInMidStreamWithoutAGap() {
        say(0, 4);
        plan(60, false);
        say(5, 10);
        plan(20, false);
        say(11, 13);
        plan(120, false);
        say(14, 19);
        assertHeard(List.of(
                List.of(0),
                List.of(1),
                List.of(2),
                List.of(3),
                List.of(4),
                List.of(5, 6, 7),
                List.of(8, 9, 10),
                List.of(11),
                List.of(12),
                List.of(13),
                List.of(14, 15, 16, 17, 18, 19)));
        assertThat(sequenceSteps()).containsOnly(1);
    }

    @Test
    void aShorterPlanLetsGoWhatIsCollected() {
        plan(120, false);
        say(0, 2);
        assertThat(driver.rtpTo(DOCTOR)).isEmpty();
        plan(60, false);
        assertHeard(List.of(List.of(0, 1, 2)));
    }

    @Test
    void aLossInsideAGroupIsAGapInTheNumbersAndInTime() {
        plan(60, false);
        say(0, 3);
        say(5, 10); // the fifth is lost: 3 alone, then 5, 6, 7
        assertHeard(List.of(List.of(0, 1, 2), List.of(3), List.of(5, 6, 7), List.of(8, 9, 10)));
        assertThat(sequenceSteps()).containsExactly(1, 2, 1);
        assertThat(timestampSteps()).containsExactly(2880, 1920, 2880);
    }

    @Test
    void aLongLossLeavesOutAsManyNumbersAsItsPacketsWouldHaveTaken() {
        plan(60, false);
        say(0, 2);
        say(15, 17); // 12 packets, 240 ms: four packets of the plan
        assertThat(sequenceSteps()).containsExactly(5);
        assertThat(timestampSteps()).containsExactly(15 * 960);
    }

    @Test
    void silenceIsATimeGapWithoutANumberGap() {
        plan(60, false);
        say(0, 3);
        driver.rtp(PATIENT, voice(4, 4, new byte[] {Speech.SILK_20}).bytes());
        driver.advanceMs(400);
        driver.rtp(PATIENT, voice(5, 24, new byte[] {Speech.SILK_20}).bytes());
        driver.advanceMs(20);
        driver.rtp(PATIENT, voice(6, 25, opus(25, 25)).marker(true).bytes());
        driver.rtp(PATIENT, voice(7, 26, opus(26, 26)).bytes());
        driver.rtp(PATIENT, voice(8, 27, opus(27, 27)).bytes());
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        assertThat(heard).hasSize(5);
        assertThat(heard.get(2).payload()).as("silence is not joined").hasSize(1);
        assertThat(sequenceSteps()).containsOnly(1);
        assertThat(timestampSteps()).containsExactly(2880, 960, 20 * 960, 960);
        assertThat(heard.get(4).rtp().marker()).isTrue();
        assertThat(Speech.frames(heard.get(4).payload())).containsExactly(25, 26, 27);
    }

    @Test
    void aMarkerAndAnotherConfigurationBeginAGroup() {
        plan(60, false);
        driver.rtp(PATIENT, voice(0, 0, opus(0, 0)).bytes());
        driver.rtp(PATIENT, voice(1, 1, opus(1, 1)).marker(true).bytes());
        byte[] narrow = opus(2, 2);
        narrow[0] = 1 << 3;
        driver.rtp(PATIENT, voice(2, 2, narrow).bytes());
        driver.advanceMs(200);
        assertHeard(List.of(List.of(0), List.of(1), List.of(2)));
        assertThat(driver.rtpTo(DOCTOR).get(1).rtp().marker()).isTrue();
        assertThat(sequenceSteps()).containsExactly(1, 1);
    }

    @Test
    void nobodyWaitsForPacketsThatDoNotCome() {
        plan(60, false);
        say(0, 0);
        long begun = driver.nowNanos - 20_000_000L;
        driver.advanceMs(500);
        CallDriver.Sent heard = driver.rtpTo(DOCTOR).get(0);
        assertThat(heard.atNanos() - begun).isEqualTo(40_000_000L + AudioShaper.SLACK_NANOS);
        assertThat(driver.deadlines).isLessThan(10);
    }

    @Test
    void copiesFillHolesAndAreHeardOnce() {
        plan(60, false);
        for (int n : new int[] {0, 1, 2, 4, 5}) { // 3 is lost, its copy comes with 4
            driver.rtp(PATIENT, voice(n, n, redOf(n)).type(63).bytes());
            driver.advanceMs(20);
        }
        assertHeard(List.of(List.of(0, 1, 2), List.of(3, 4, 5)));
        assertThat(sequenceSteps()).containsExactly(1);
        // Also where packets are long enough as they are.
        plan(20, false);
        for (int n : new int[] {6, 8}) {
            driver.rtp(PATIENT, voice(n, n, redOf(n)).type(63).bytes());
        }
        driver.rtp(PATIENT, voice(7, 7, redOf(7)).type(63).bytes());
        assertHeard(List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6), List.of(7), List.of(8)));
        assertThat(sequenceSteps()).containsOnly(1);
        assertThat(driver.rtpTo(DOCTOR))
                .allSatisfy(one -> assertThat(one.rtp().payloadType()).isEqualTo(OPUS));
    }

    @Test
    void aCopyOfWhatWasNotTheLostPacketFillsNothing() {
        plan(60, false);
        say(0, 0);
        driver.rtp(PATIENT, voice(2, 2, Speech.red(111, 2, 0)).type(63).bytes());
        driver.advanceMs(300);
        assertHeard(List.of(List.of(0), List.of(2)));
        assertThat(sequenceSteps()).containsExactly(2);
    }

    @Test
    void redundancyIsAddedWhereThePlanAsksForIt() {
        plan(60, true);
        say(0, 8);
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        assertThat(heard.get(0).rtp().payloadType()).as("nothing to repeat yet").isEqualTo(OPUS);
        for (int i = 1; i < 3; i++) {
            byte[] payload = heard.get(i).payload();
            assertThat(heard.get(i).rtp().payloadType()).isEqualTo(RED);
            assertThat(Speech.red(payload, OPUS).blocks()).isEqualTo(2);
            assertThat((payload[1] & 0xFF) << 6 | (payload[2] & 0xFF) >> 2)
                    .as("offset")
                    .isEqualTo(2880);
            byte[] copy = new byte[opus(0, 2).length];
            System.arraycopy(payload, 5, copy, 0, copy.length);
            assertThat(Speech.frames(copy)).containsExactly(3 * i - 3, 3 * i - 2, 3 * i - 1);
            assertThat(Speech.primary(heard.get(i), RED, OPUS)).containsExactly(3 * i, 3 * i + 1, 3 * i + 2);
        }
    }

    @Test
    void redundancyTravelsAsItIsWhereItMay() {
        plan(20, true);
        driver.rtp(PATIENT, voice(0, 0, redOf(0)).type(63).bytes());
        driver.rtp(PATIENT, voice(1, 1, redOf(1)).type(63).bytes());
        assertThat(driver.rtpTo(DOCTOR).get(1).payload()).isEqualTo(Speech.red(OPUS, 1, 0));
        driver.call.setMedia(DOCTOR, media(OPUS, MediaDescription.NONE, 120, 124, 5), driver.nowNanos);
        driver.rtp(PATIENT, voice(2, 2, redOf(2)).type(63).bytes());
        driver.rtp(PATIENT, voice(3, 3, opus(3, 3)).bytes());
        assertThat(driver.rtpTo(DOCTOR).get(2).payload()).as("no RED there").isEqualTo(opus(2, 2));
        assertThat(driver.rtpTo(DOCTOR).get(3).payload()).isEqualTo(opus(3, 3));
    }

    @Test
    void whatIsNotOpusPassesAndBreaksNothing() {
        plan(60, false);
        say(0, 1);
        driver.rtp(PATIENT, voice(2, 2, new byte[] {Speech.SILK_20 | 3, 0, 7}).bytes());
        say(3, 5);
        assertThat(driver.rtpTo(DOCTOR)).hasSize(3);
        assertThat(driver.rtpTo(DOCTOR).get(1).payload()).containsExactly(Speech.SILK_20 | 3, 0, 7);
        assertThat(sequenceSteps()).containsOnly(1);
    }

    @Test
    void aRestartedSenderGoesOn() {
        plan(60, false);
        say(0, 3);
        for (int n = 0; n < 3; n++) {
            driver.rtp(
                    PATIENT,
                    voice(40_000 + n, 70_000 + n, opus(n, n)).ssrc(0xBB).bytes());
            driver.advanceMs(20);
        }
        assertHeard(List.of(List.of(0, 1, 2), List.of(3), List.of(0, 1, 2)));
        assertThat(sequenceSteps()).containsOnly(1);
    }

    @Test
    void whileNobodyHearsNothingIsCollected() {
        plan(60, false);
        say(0, 1);
        driver.call.setConnected(DOCTOR, false, driver.nowNanos);
        driver.advanceMs(200);
        say(2, 5);
        driver.call.setConnected(DOCTOR, true, driver.nowNanos);
        say(6, 8);
        assertHeard(List.of(List.of(6, 7, 8)));
        driver.assertNoLeak();
    }

    /** Random losses, reordering, silence, redundancy and plans: every number once, every frame at most once, in its time. */
    @Test
    void whateverComesNoFrameIsHeardTwiceNorAtAnotherTime() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            CallDriver run = CallDriver.consultation();
            List<byte[]> held = new ArrayList<>();
            int arrived = 0;
            for (int n = 0, sequence = random.nextInt(65_536); n < 600; n++, sequence++) {
                if (random.nextInt(60) == 0) {
                    int[] lengths = {20, 40, 60, 120};
                    run.plan(PATIENT, DOCTOR, Speech.plan(lengths[random.nextInt(4)], random.nextBoolean()));
                }
                n += random.nextInt(50) == 0 ? random.nextInt(20) : 0;
                boolean red = random.nextBoolean() && n > 0;
                byte[] one = voice(sequence, n, red ? redOf(n) : opus(n, n))
                        .type(red ? 63 : 111)
                        .marker(random.nextInt(40) == 0)
                        .bytes();
                int fate = random.nextInt(20);
                if (fate == 0) {
                    continue;
                }
                if (fate == 1) {
                    held.add(one);
                    continue;
                }
                run.rtp(PATIENT, one);
                arrived++;
                if (!held.isEmpty() && random.nextBoolean()) {
                    run.rtp(PATIENT, held.remove(0));
                }
                run.advanceMs(20);
            }
            run.advanceMs(1000);
            check(run, seed);
            assertThat(run.rtpTo(DOCTOR).size()).as("seed %d", seed).isGreaterThan(arrived / 8);
        }
    }

    private static void check(CallDriver run, long seed) {
        Set<Integer> numbers = new HashSet<>();
        Set<Integer> frames = new HashSet<>();
        List<CallDriver.Sent> heard = run.rtpTo(DOCTOR);
        int first = heard.get(0).rtp().timestamp()
                - 960 * Speech.primary(heard.get(0), RED, OPUS).get(0);
        for (CallDriver.Sent one : heard) {
            assertThat(numbers.add(one.rtp().sequenceNumber()))
                    .as("seed %d", seed)
                    .isTrue();
            List<Integer> primary = Speech.primary(one, RED, OPUS);
            for (int i = 0; i < primary.size(); i++) {
                assertThat(frames.add(primary.get(i)))
                        .as("seed %d, frame %s", seed, primary)
                        .isTrue();
                assertThat(one.rtp().timestamp() + 960 * i).as("seed %d", seed).isEqualTo(first + 960 * primary.get(i));
            }
        }
        run.assertNoLeak();
    }

    private static byte[] redOf(int n) {
        return n == 0 ? Speech.red(111, 0) : Speech.red(111, n, n - 1);
    }

    private void plan(int packetMs, boolean red) {
        driver.plan(PATIENT, DOCTOR, Speech.plan(packetMs, red));
    }

    /** Packets {@code from} to {@code to} of 20 ms each, in their time. */
    private void say(int from, int to) {
        for (int n = from; n <= to; n++) {
            driver.rtp(PATIENT, voice(n, n, opus(n, n)).bytes());
            driver.advanceMs(20);
        }
    }

    private static Packets.Builder voice(int sequence, int tick, byte[] payload) {
        return packet().sequence(sequence).timestamp(960 * tick).payload(payload);
    }

    private void assertHeard(List<List<Integer>> groups) {
        assertThat(driver.rtpTo(DOCTOR).stream().map(one -> Speech.primary(one, RED, OPUS)))
                .containsExactlyElementsOf(groups);
    }

    private List<Integer> sequenceSteps() {
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        return IntStream.range(1, heard.size())
                .mapToObj(i -> SequenceNumbers.difference(
                        heard.get(i).rtp().sequenceNumber(),
                        heard.get(i - 1).rtp().sequenceNumber()))
                .toList();
    }

    private List<Integer> timestampSteps() {
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        return IntStream.range(1, heard.size())
                .mapToObj(i ->
                        heard.get(i).rtp().timestamp() - heard.get(i - 1).rtp().timestamp())
                .toList();
    }
}
