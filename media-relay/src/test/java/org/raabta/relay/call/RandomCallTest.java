package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR_MEDIA;
import static org.raabta.relay.call.CallDriver.PATIENT_MEDIA;
import static org.raabta.relay.call.CallDriver.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.Role;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.ReceiverEstimate;
import org.raabta.relay.rtp.ReceiverReport;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.SenderReport;

/**
 * Minutes of random events on three legs: lossy media, restarts, replacements, reconnections, switches, reports, junk.
 * Each seed switches some kinds of events off. The same seed must give the same bytes.
 */
class RandomCallTest {
    private static final List<MediaDescription> MEDIA =
            List.of(PATIENT_MEDIA, DOCTOR_MEDIA, media(100, -1, 101, -1, -1), media(102, 103, -1, -1, 9));

    private static final List<Rung> RUNGS = List.of(Rung.values());

    /** One person and its present page. */
    private static final class Page {
        final Role role;
        LegId id = new LegId("none");
        MediaDescription media = PATIENT_MEDIA;
        int generation;
        int audioSsrc;
        int videoSsrc;
        int audioSequence;
        int videoSequence;
        int timestamp;
        int stamp;
        int picture;

        Page(Role role) {
            this.role = role;
        }
    }

    private static final class Run {
        final Random random;
        final CallDriver driver;
        final List<Page> pages = List.of(new Page(Role.PATIENT), new Page(Role.DOCTOR), new Page(Role.GUEST));
        final int disabled;

        Run(long seed) {
            random = new Random(seed);
            disabled = random.nextInt(1 << 11);
            driver = new CallDriver(seed, random.nextLong(1_000_000_000_000L));
        }

        Run play(int steps) {
            pages.forEach(this::enter);
            driver.call.admit(driver.nowNanos);
            for (int i = 0; i < steps; i++) {
                driver.advance(random.nextLong(15_000_000));
                Page page = pages.get(random.nextInt(pages.size()));
                speak(page);
                if (random.nextInt(3) == 0) {
                    film(page);
                }
                if (random.nextInt(25) == 0) {
                    disturb(page, random.nextInt(11));
                }
            }
            driver.advanceMs(5000);
            return this;
        }

        private void enter(Page page) {
            page.id = new LegId(page.role.label() + page.generation++);
            page.media = MEDIA.get(random.nextInt(MEDIA.size()));
            driver.call.addLeg(page.id, page.role, LegKind.WEB, driver.nowNanos);
            driver.call.setMedia(page.id, page.media, driver.nowNanos);
            driver.call.setCamera(page.id, true, driver.nowNanos);
            driver.call.setConnected(page.id, true, driver.nowNanos);
            page.stamp = random.nextInt(65_536);
            restart(page);
        }

        private void restart(Page page) {
            page.audioSsrc = random.nextInt();
            page.videoSsrc = random.nextInt();
            page.audioSequence = random.nextInt(65_536);
            page.videoSequence = random.nextInt(65_536);
            page.timestamp = random.nextInt();
            page.picture = random.nextInt(0x8000);
        }

        private void speak(Page page) {
            page.timestamp += 960;
            int sequence = page.audioSequence++;
            if (random.nextInt(10) == 0) {
                return; // lost
            }
            Packets.Builder packet = Packets.packet()
                    .type(page.media.audio().opus())
                    .ssrc(page.audioSsrc)
                    .sequence(sequence - (random.nextInt(20) == 0 ? 3 : 0))
                    .timestamp(page.timestamp)
                    .strangers();
            stamp(page, packet);
            driver.rtp(page.id, packet.bytes());
        }

        private void film(Page page) {
            MediaDescription.Video video = page.media.video().orElse(null);
            if (video == null) {
                return;
            }
            int sequence = page.videoSequence++;
            page.picture = page.picture + 1 & 0x7FFF;
            if (random.nextInt(10) == 0) {
                return;
            }
            Packets.Builder packet = Packets.packet()
                    .type(video.vp8())
                    .marker(true)
                    .ssrc(page.videoSsrc)
                    .sequence(sequence)
                    .timestamp(page.timestamp)
                    .payload(Packets.vp8(random.nextInt(20) == 0, page.picture, page.picture & 0xFF, sequence));
            stamp(page, packet);
            driver.rtp(page.id, packet.bytes());
        }

        private void stamp(Page page, Packets.Builder packet) {
            int id = page.media.extensions().transportCc();
            if (id > 0) {
                packet.stamp(id, page.stamp++ & 0xFFFF);
            }
        }

        private void disturb(Page page, int event) {
            if ((disabled >> event & 1) != 0) {
                return;
            }
            LegId id = page.id;
            long now = driver.nowNanos;
            int slotVideo = DownlinkSsrcs.video(random.nextInt(3));
            switch (event) {
                case 0 -> restart(page);
                case 1 -> enter(page);
                case 2 -> driver.call.setConnected(id, random.nextInt(4) != 0, now);
                case 3 -> driver.call.setCamera(id, random.nextInt(4) != 0, now);
                case 4 -> driver.call.setVoiceOnly(id, random.nextInt(4) == 0, now);
                case 5 ->
                    driver.call.pin(
                            new Direction(id, pages.get(random.nextInt(3)).id),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(RUNGS.get(random.nextInt(RUNGS.size()))),
                            now);
                case 6 ->
                    driver.rtcp(
                            id,
                            new Nack(1, slotVideo, List.of(random.nextInt(65_536), random.nextInt(65_536))),
                            new PictureLossIndication(1, slotVideo),
                            new ReceiverEstimate(1, random.nextInt(1 << 20), List.of()));
                case 7 ->
                    driver.rtcp(
                            id,
                            new SenderReport(page.audioSsrc, NtpTime.ofNanos(now), page.timestamp, 1, 1, List.of()),
                            new ReceiverReport(
                                    1,
                                    List.of(new ReportBlock(DownlinkSsrcs.audio(0), 9, 9, 9, 9, random.nextInt(), 9))));
                case 8 -> {
                    byte[] junk = new byte[random.nextInt(100)];
                    random.nextBytes(junk);
                    if (random.nextBoolean()) {
                        driver.rtp(id, junk);
                    } else {
                        driver.rtcp(id, junk);
                    }
                }
                case 9 -> carryOut(page);
                default -> nackLast(page);
            }
        }

        private void carryOut(Page page) {
            Page receiver = pages.get(random.nextInt(3));
            int[] lengths = {20, 60, 120};
            AudioPlan audio = new AudioPlan(8000, lengths[random.nextInt(3)], random.nextBoolean(), false);
            Rung rung = RUNGS.get(random.nextInt(7));
            VideoPlan video = rung.carriesVideo() ? new VideoPlan(1 + random.nextInt(100), 15, 240) : VideoPlan.OFF;
            if (receiver != page) {
                driver.plan(page.id, receiver.id, Speech.plan(rung, audio, video));
            }
            driver.leg(page.id)
                    .downlink
                    .setThrift(List.of(DownlinkMode.values()).get(random.nextInt(3)));
        }

        /** Asks again for something that really was sent. */
        private void nackLast(Page page) {
            List<CallDriver.Sent> got = driver.rtpTo(page.id, DownlinkSsrcs.video(0));
            if (!got.isEmpty()) {
                int sequence = got.get(got.size() - 1).rtp().sequenceNumber();
                driver.rtcp(page.id, new Nack(1, DownlinkSsrcs.video(0), List.of(sequence)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theSameSeedGivesTheSameBytes(long seed) {
        Run first = new Run(seed).play(4000);
        Run second = new Run(seed).play(4000);
        assertThat(first.driver.sent).as("seed %d", seed).hasSizeGreaterThan(1000);
        assertThat(second.driver.sent).as("seed %d", seed).isEqualTo(first.driver.sent);
        assertThat(second.driver.decided).as("seed %d", seed).isEqualTo(first.driver.decided);
        assertThat(second.driver.call.snapshot(second.driver.nowNanos))
                .as("seed %d", seed)
                .isEqualTo(first.driver.call.snapshot(first.driver.nowNanos));
        CallFuzzTest.checkOutputs(first.driver);
        assertThat(first.driver.deadlines).as("seed %d: no busy loop", seed).isLessThan(4000);
        checkNumbers(first.driver, seed);
    }

    /** Within one stream of one receiver no number is used for two timestamps, and RTCP stays rare beside the media. */
    private static void checkNumbers(CallDriver driver, long seed) {
        Map<String, Integer> timestampByNumber = new HashMap<>();
        Map<String, Integer> highest = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        int rtcp = 0;
        for (CallDriver.Sent sent : driver.sent) {
            if (sent.rtcp()) {
                rtcp++;
                continue;
            }
            String stream = sent.leg() + " " + sent.rtp().ssrc();
            int sequence = sent.rtp().sequenceNumber();
            int before = highest.getOrDefault(stream, sequence);
            if ((short) (sequence - before) > 20) {
                wrong.add(stream + " jumps from " + before + " to " + sequence);
            }
            highest.merge(stream, sequence, (a, b) -> (short) (b - a) > 0 ? b : a);
            Integer other = timestampByNumber.putIfAbsent(
                    stream + " " + sequence, sent.rtp().timestamp());
            if (other != null && other != sent.rtp().timestamp()) {
                wrong.add(stream + " used " + sequence + " twice");
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(rtcp).as("seed %d", seed).isLessThan(driver.sent.size() / 4);
    }
}
