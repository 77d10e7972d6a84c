package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.GUEST;
import static org.raabta.relay.call.CallDriver.PATIENT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Rung;
import org.raabta.relay.codec.Ear;
import org.raabta.relay.codec.OpusEncoder;
import org.raabta.relay.codec.OpusLibrary;
import org.raabta.relay.codec.OpusUnavailable;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;
import org.raabta.relay.rtp.SequenceNumbers;

/** Real Opus of a standard client through a whole call, in virtual time. */
@SuppressWarnings("NullAway.Init") // JUnit calls the method with @BeforeEach first
class TranscodingCallTest {
    private static final int TICKS = 960;
    private static final int OPUS_OF_DOCTOR = 109;

    private final List<String> said = new ArrayList<>();
    private short[] sound = Ear.tone(440, 1000);
    private OpusLibrary library;
    private CallDriver driver;
    private OpusEncoder phone;
    private long bytesBefore;
    private int sent;

    @BeforeEach
    void join() throws OpusUnavailable {
        library = OpusLibrary.load();
        phone = library.encoder();
        phone.setBitrate(24_000);
        bytesBefore = library.nativeBytes();
        driver = new CallDriver(7, 1_000_000_000L, TranscoderPool.forCores(library, 1));
        driver.join(PATIENT, Role.PATIENT, LegKind.SDP, CallDriver.PATIENT_MEDIA);
        driver.join(DOCTOR, Role.DOCTOR, CallDriver.DOCTOR_MEDIA);
        driver.call.admit(driver.nowNanos);
    }

    @AfterEach
    void close() {
        driver.call.close();
        assertThat(library.nativeBytes()).as("native bytes after the call").isEqualTo(bytesBefore);
        phone.close();
        driver.assertNoLeak();
    }

    /** Without DTX: libopus takes an even tone for background noise. */
    @Test
    void aStandardClientIsCodedAnewForAThinReceiver() {
        narrowVoice();
        assertRateOfThePlan();
        assertSeamless();
    }

    @Test
    void theThinnestPlanIsReachedToo() {
        pin(DOCTOR, Rung.THIN_VOICE);
        sound = Ear.voice(1000);
        assertRateOfThePlan();
    }

    private void assertRateOfThePlan() {
        talk(3000);
        assertThat(library.nativeBytes()).as("in use").isGreaterThan(bytesBefore);
        int from = driver.rtpTo(DOCTOR).size();
        double plannedBits = 0;
        for (int i = 0; i < 300; i++) {
            Plan plan = driver.call.snapshot(driver.nowNanos).directions().stream()
                    .filter(one -> one.direction().equals(new Direction(PATIENT, DOCTOR)))
                    .map(CallSnapshot.DirectionSnapshot::plan)
                    .findFirst()
                    .orElseThrow();
            plannedBits += plan.audio().bitrateBps() * 0.02;
            talk(20);
        }
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        double bits = heard.subList(from, heard.size()).stream()
                .mapToDouble(one -> one.payload().length * 8.0)
                .sum();
        System.out.printf(Locale.ROOT, "transcoded: %.1f kbps of %.1f planned%n", bits / 6000, plannedBits / 6000);
        assertThat(bits / plannedBits).as("received to planned").isBetween(0.85, 1.15);
    }

    @Test
    void itEndsWhenThereIsRoomAgain() {
        narrowVoice();
        talk(4000);
        phone.setBitrate(6000);
        talk(3000);
        assertThat(library.nativeBytes()).as("not at once").isGreaterThan(bytesBefore);
        talk(6000);
        assertThat(library.nativeBytes()).as("only joined now").isEqualTo(bytesBefore);
        talk(1000);
        assertSeamless();
    }

    @Test
    void itIsGivenBackWithTheSenderAndWithTheReceiver() {
        pin(DOCTOR, Rung.THIN_VOICE);
        talk(3000);
        driver.call.setConnected(DOCTOR, false, driver.nowNanos);
        assertThat(library.nativeBytes()).as("receiver away").isEqualTo(bytesBefore);
        driver.call.setConnected(DOCTOR, true, driver.nowNanos);
        talk(200);
        assertThat(library.nativeBytes()).as("receiver back").isGreaterThan(bytesBefore);
        driver.call.removeLeg(PATIENT, driver.nowNanos);
        assertThat(library.nativeBytes()).as("sender gone").isEqualTo(bytesBefore);
    }

    @Test
    void aReceiverThatHasRoomGetsWhatWasSent() {
        driver.join(GUEST, Role.GUEST, CallDriver.DOCTOR_MEDIA);
        LinkHint ample = new LinkHint(2000, 2000, true, false, false);
        driver.call.setHint(PATIENT, ample, driver.nowNanos);
        driver.call.setHint(GUEST, ample, driver.nowNanos);
        pin(DOCTOR, Rung.THIN_VOICE);
        talk(4000);
        assertThat(library.nativeBytes() - bytesBefore)
                .as("one transcoder, the thin receiver's")
                .isBetween(50_000L, 100_000L);
        List<String> heard = driver.rtpTo(GUEST, DownlinkSsrcs.audio(slotOfPatientAtGuest())).stream()
                .map(one -> HexFormat.of().formatHex(one.payload()))
                .toList();
        assertThat(heard).isEqualTo(said);
    }

    private int slotOfPatientAtGuest() {
        String cname = driver.leg(GUEST)
                .downlink
                .forwarderOf(driver.leg(PATIENT).person)
                .cname();
        return Integer.parseInt(cname.substring(1));
    }

    /** A pin is a ceiling only: the link has to be known to carry it. */
    private void narrowVoice() {
        driver.call.setHint(PATIENT, new LinkHint(2000, 2000, true, false, false), driver.nowNanos);
        driver.call.setHint(DOCTOR, new LinkHint(22, 22, true, false, false), driver.nowNanos);
        pin(DOCTOR, Rung.NARROW_VOICE);
    }

    private void pin(LegId receiver, Rung rung) {
        driver.call.pin(new Direction(PATIENT, receiver), Optional.of(rung), driver.nowNanos);
    }

    private void talk(int ms) {
        for (int end = sent + ms / 20; sent < end; sent++) {
            int bytes = phone.encode(sound, sent % 50 * TICKS, TICKS);
            byte[] opus = new byte[OpusEncoder.MAX_PACKET_BYTES];
            phone.read(opus, bytes);
            said.add(HexFormat.of().formatHex(opus, 0, bytes));
            for (LegId other : List.of(DOCTOR, GUEST)) { // signs of life
                byte[] sign =
                        Packets.speech(0x2222, 0, 0, sent).type(OPUS_OF_DOCTOR).bytes();
                if (driver.call.leg(other) != null) {
                    driver.rtp(other, sign);
                }
            }
            driver.rtp(
                    PATIENT,
                    Packets.packet()
                            .sequence(sent)
                            .timestamp(sent * TICKS)
                            .payload(Arrays.copyOf(opus, bytes))
                            .bytes());
            driver.advanceMs(20);
        }
    }

    /** Every number once, sound without a hole, nothing late by more than a packet and 100 ms, and the tone in all of it. */
    private void assertSeamless() {
        CallDriver.Sent before = null;
        int samples = 0;
        try (Ear ear = new Ear(library)) {
            for (CallDriver.Sent one : driver.rtpTo(DOCTOR)) { // nobody else speaks to it here
                assertThat(one.rtp().payloadType()).isEqualTo(OPUS_OF_DOCTOR);
                short[] pcm = ear.hear(one.payload());
                if (before != null) {
                    assertThat(SequenceNumbers.difference(
                                    one.rtp().sequenceNumber(), before.rtp().sequenceNumber()))
                            .isEqualTo(1);
                    assertThat(one.rtp().timestamp() - before.rtp().timestamp()).isEqualTo(samples);
                    assertThat(one.atNanos() - before.atNanos()).isLessThanOrEqualTo(220_000_000L);
                    if (pcm.length >= 2880) {
                        assertThat(Ear.share(pcm, 440)).as("the tone").isGreaterThan(0.7);
                    }
                }
                samples = pcm.length;
                before = one;
            }
        }
        assertThat(before).isNotNull();
    }
}
