package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.Packets.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.rtp.PictureLossIndication;

/** Pictures towards a doctor whose link has little room. */
class PacerTest {
    private static final int SSRC = 0xF00;

    private final CallDriver driver = CallDriver.consultation();
    private int sequence = 65_500;
    private int frames;

    @Test
    void whereNothingIsScarceAFrameIsOutWithinAMoment() {
        long begun = driver.nowNanos;
        film(true, 20, 1000);
        driver.advanceMs(100);
        assertThat(seen()).hasSize(20);
        assertThat((seen().get(19).atNanos() - begun) / 1e6).isLessThan(60);
    }

    @Test
    void aFrameIsSpreadOverItsShareAndSpeechPasses() {
        driver.plan(PATIENT, DOCTOR, Speech.film(100));
        long begun = driver.nowNanos;
        film(true, 6, 1000);
        assertThat(seen()).hasSize(1);
        driver.rtp(
                PATIENT, Packets.speech(1, 0, 0, 0).payload(Speech.opus(0, 0)).bytes());
        assertThat(driver.rtpTo(DOCTOR, DownlinkSsrcs.audio(0))).hasSize(1);
        driver.advanceMs(1000);
        List<CallDriver.Sent> seen = seen();
        assertThat(seen).hasSize(6);
        for (int i = 0; i < 6; i++) {
            // A packet is 12 + 8 + 1000 + 10 + 28 bytes; 5 ms early is in time.
            double due = Math.max(0, i * 1058 * 8 / 125.0 - 5);
            assertThat((seen.get(i).atNanos() - begun) / 1e6).isBetween(due - 0.1, due + 0.1);
            assertThat(stamp(seen.get(i))).isEqualTo(i == 0 ? 0 : i + 1);
            assertThat(seen.get(i).rtp().payloadLength()).isEqualTo(1000);
        }
        driver.assertNoLeak();
    }

    @Test
    void overTheLimitWholeFramesAreLeftOutUntilAKeyFrame() {
        driver.plan(PATIENT, DOCTOR, Speech.film(50));
        film(true, 4, 1000);
        int asked = driver.messagesTo(PATIENT, PictureLossIndication.class).size();
        film(false, 2, 1000);
        film(false, 2, 1000);
        film(false, 2, 1000);
        assertThat(driver.dropped(Drop.PACER_FULL) + driver.dropped(Drop.AWAITING_KEY_FRAME))
                .isPositive();
        driver.advanceMs(2500);
        assertThat(driver.messagesTo(PATIENT, PictureLossIndication.class).size())
                .isGreaterThan(asked);
        List<CallDriver.Sent> before = seen();
        film(false, 2, 1000);
        assertThat(seen()).as("nothing without a key frame").hasSameSizeAs(before);
        film(true, 1, 500);
        driver.advanceMs(1000);
        List<CallDriver.Sent> after = seen();
        assertThat(after).hasSize(before.size() + 1);
        for (int i = 1; i < after.size(); i++) {
            assertThat(after.get(i).rtp().sequenceNumber()
                                    - after.get(i - 1).rtp().sequenceNumber()
                            & 0xFFFF)
                    .as("what was left out leaves no gap")
                    .isEqualTo(1);
        }
        driver.assertNoLeak();
    }

    @Test
    void neverFasterThanTheShareNorLateByMoreThanTheLimits() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            CallDriver run = CallDriver.consultation();
            double kbps = 40 + random.nextInt(400);
            run.plan(PATIENT, DOCTOR, Speech.film(kbps));
            int number = 0;
            long begun = run.nowNanos;
            for (int frame = 0; frame < 200; frame++) {
                for (int i = 0, n = 1 + random.nextInt(4); i < n; i++) {
                    run.rtp(PATIENT, piece(number++, frame, random.nextInt(8) == 0, random.nextInt(1000)));
                }
                run.advanceMs(random.nextInt(120));
            }
            long end = run.nowNanos;
            List<CallDriver.Sent> seen = run.rtpTo(DOCTOR, DownlinkSsrcs.video(0));
            long bits = seen.stream()
                    .mapToLong(one -> 8L * LinkBytes.ofRtp(one.length()))
                    .sum();
            assertThat(bits).as("seed %d", seed).isLessThan((long) (1.25 * kbps * (end - begun) / 1e6 + 20_000));
            assertThat(seen).as("seed %d", seed).hasSizeGreaterThan(20);
            run.advanceMs(3000);
            int all = run.rtpTo(DOCTOR, DownlinkSsrcs.video(0)).size();
            run.advanceMs(10_000);
            assertThat(run.rtpTo(DOCTOR, DownlinkSsrcs.video(0)))
                    .as("seed %d: all is out", seed)
                    .hasSize(all);
            run.assertNoLeak();
        }
    }

    @Test
    void whileAQueueDrainsPicturesWaitHereAndNotBeforeTheLink() {
        Pacer pacer = new Pacer();
        boolean[] draining = {false};
        pacer.setDraining(() -> draining[0]);
        pacer.setKbps(100);
        assertThat(pacer.passes(1250, 0)).isTrue();
        // 10 kbit at 125 kbps, and 5 ms early is in time.
        assertThat(pacer.passes(1250, 74_000_000L)).isFalse();
        assertThat(pacer.passes(1250, 76_000_000L)).isTrue();
        draining[0] = true;
        assertThat(pacer.passes(1250, 160_000_000L)).isTrue();
        // At 60 kbps now.
        assertThat(pacer.passes(1250, 320_000_000L)).isFalse();
        assertThat(pacer.passes(1250, 322_000_000L)).isTrue();
    }

    @Test
    void whatWaitsIsForgottenWhenPicturesEndOrTheLegGoes() {
        driver.plan(PATIENT, DOCTOR, Speech.film(50));
        film(true, 5, 1000);
        assertThat(seen()).hasSize(1);
        driver.plan(PATIENT, DOCTOR, Speech.plan(20, false));
        driver.advanceMs(3000);
        assertThat(seen()).hasSize(1);
        assertThat(driver.dropped(Drop.PACER_FULL)).isEqualTo(4);
        film(true, 1, 10);
        assertThat(driver.dropped(Drop.NOT_ON_RUNG)).isEqualTo(1);
        driver.plan(PATIENT, DOCTOR, Speech.film(50));
        film(true, 5, 1000);
        driver.call.removeLeg(DOCTOR, driver.nowNanos);
        driver.advanceMs(3000);
        assertThat(seen().size()).isLessThanOrEqualTo(2);
        driver.assertNoLeak();
    }

    @Test
    void aPlanWithoutPicturesOnAVideoRungCarriesNone() {
        driver.plan(PATIENT, DOCTOR, Speech.plan(Rung.VIDEO, new AudioPlan(20_000, 20, false, false), VideoPlan.OFF));
        film(true, 1, 100);
        assertThat(seen()).isEmpty();
        assertThat(driver.dropped(Drop.NOT_ON_RUNG)).isEqualTo(1);
    }

    @Test
    void aClosedGateHoldsPicturesAndAnOpenOneLetsThemGo() {
        List<Integer> asked = new ArrayList<>();
        boolean[] open = {false};
        driver.leg(DOCTOR).downlink.setGate((bytes, now) -> {
            asked.add(bytes);
            return open[0];
        });
        film(true, 3, 1000);
        driver.rtp(
                PATIENT, Packets.speech(1, 0, 0, 0).payload(Speech.opus(0, 0)).bytes());
        driver.advanceMs(100);
        assertThat(seen()).isEmpty();
        assertThat(driver.rtpTo(DOCTOR)).as("speech").hasSize(1);
        assertThat(asked).hasSizeBetween(3, 8).containsOnly(1058);
        open[0] = true;
        driver.advanceMs(30);
        assertThat(seen()).hasSize(3);
        open[0] = false;
        film(true, 400, 1000);
        driver.advanceMs(1000);
        open[0] = true;
        driver.advanceMs(1000);
        assertThat(seen().size()).as("bounded").isBetween(100, 130);
        assertThat(driver.dropped(Drop.PACER_FULL)).isPositive();
    }

    private static int stamp(CallDriver.Sent sent) {
        return sent.bytes().getUnsignedShort(sent.rtp().extensionIndex(5, 2));
    }

    private List<CallDriver.Sent> seen() {
        return driver.rtpTo(DOCTOR, DownlinkSsrcs.video(0));
    }

    /** One frame of so many packets. */
    private void film(boolean keyFrame, int packets, int bytes) {
        for (int i = 0; i < packets; i++) {
            driver.rtp(PATIENT, piece(sequence++, frames, keyFrame && i == 0, bytes));
        }
        frames++;
    }

    private static byte[] piece(int sequence, int frame, boolean key, int bytes) {
        byte[] payload = new byte[Math.max(8, bytes)];
        System.arraycopy(Packets.vp8(key, frame, frame & 0xFF, sequence), 0, payload, 0, 8);
        return packet().type(96)
                .ssrc(SSRC)
                .sequence(sequence)
                .timestamp(6000 * frame)
                .payload(payload)
                .bytes();
    }
}
