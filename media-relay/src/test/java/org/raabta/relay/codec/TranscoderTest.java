package org.raabta.relay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.call.AudioTranscoder.Fault;

class TranscoderTest {
    private static final AudioPlan THIN = new AudioPlan(6000, 120, false, false);
    private static final int MS = Sounds.MS;

    /** Consecutive, in the sender's clock. */
    private static void assertSeamless(Sounds sounds) {
        Sounds.Heard before = null;
        for (Sounds.Heard one : sounds.heard) {
            if (before != null) {
                assertThat(one.timestamp()).isEqualTo(before.timestamp() + before.samples());
                assertThat(one.marker()).isFalse();
            }
            assertThat(one.lostBefore()).isZero();
            before = one;
        }
    }

    @ParameterizedTest
    @CsvSource({"440, 20", "440, 60", "1000, 20", "1000, 120"})
    void aToneKeepsItsFrequencyAndLevel(double hz, int sourceMs) throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, sourceMs, THIN)) {
            sounds.send(Sounds.tone(hz, 8000, 3000), packet -> false);

            assertThat(sounds.faults).isEmpty();
            assertThat(sounds.heard).hasSize(25).allMatch(one -> one.samples() == 120 * MS);
            assertSeamless(sounds);
            short[] heard = sounds.listen();
            double level = Sounds.amplitude(heard, 48_000, 48_000, hz);
            assertThat(level).isBetween(8000 * 0.7, 8000 * 1.3);
            double all = Sounds.rms(heard, 48_000, 48_000) * Math.sqrt(2);
            assertThat(level / all).as("share of the tone in what is heard").isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @CsvSource({"6000, 120", "6000, 60", "8000, 120", "8000, 60", "12000, 60", "16000, 60", "16000, 20", "24000, 20"})
    void theRateIsTheOneThatIsWanted(int bitrateBps, int packetMs) throws OpusUnavailable {
        try (Sounds sounds = new Sounds(32_000, 20, new AudioPlan(bitrateBps, packetMs, false, false))) {
            sounds.send(Sounds.voice(9000), packet -> false);

            assertThat(sounds.heard).hasSize(9000 / packetMs);
            assertThat(sounds.payloadBps()).isBetween(bitrateBps * 0.85, bitrateBps * 1.15);
        }
    }

    @Test
    void aLostPacketIsMadeUp() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            sounds.send(Sounds.tone(440, 8000, 2400), packet -> packet % 50 == 30);

            assertThat(sounds.faults).containsOnly(Fault.CONCEALED).hasSize(2);
            assertThat(sounds.heard).hasSize(20);
            assertSeamless(sounds);
        }
    }

    @Test
    void aLongLossStaysAGap() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            // 20 packets arrive (400 ms), 40 are lost (800 ms): 100 ms are made up, 700 ms are a gap
            sounds.send(Sounds.tone(440, 8000, 2400), packet -> packet >= 20 && packet < 60);

            assertThat(sounds.faults).containsExactly(Fault.CONCEALED, Fault.GAP);
            int start = sounds.heard.get(0).timestamp();
            Sounds.Heard after = sounds.heard.stream()
                    .filter(one -> one.lostBefore() > 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(after.timestamp() - start).isEqualTo(1200 * MS);
            assertThat(after.lostBefore()).isEqualTo(700 / 120);
            assertThat(after.marker()).isTrue();
            int before = sounds.heard.stream()
                    .filter(one -> one.timestamp() - after.timestamp() < 0)
                    .mapToInt(Sounds.Heard::samples)
                    .sum();
            assertThat(before).as("all that came, and what was made up").isEqualTo(500 * MS);
        }
    }

    @Test
    void theEndOfAWordDoesNotWaitForTheNextOne() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            sounds.send(Sounds.tone(440, 8000, 160), packet -> false);
            assertThat(sounds.heard).hasSize(1);

            sounds.advance(60);
            assertThat(sounds.heard).hasSize(2);
            assertThat(sounds.heard.get(1).samples()).isEqualTo(40 * MS);
            assertThat(sounds.transcoder.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);

            sounds.timestamp += 400 * MS; // a pause without a packet lost
            sounds.send(Sounds.tone(440, 8000, 120), packet -> false);
            Sounds.Heard next = sounds.heard.get(2);
            assertThat(next.timestamp() - sounds.heard.get(0).timestamp()).isEqualTo(560 * MS);
            assertThat(next.marker()).isTrue();
            assertThat(next.lostBefore()).isZero();
            assertThat(sounds.faults).isEmpty();
        }
    }

    @Test
    void whatWasQueuedWhenTheSenderPausedGoesOutBeforeWhatComesNext() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            byte[] opus = sounds.encode(Sounds.tone(440, 8000, 20), 0);
            sounds.deliver(opus);
            sounds.sequence++;
            sounds.timestamp += 400 * MS; // late news of it: no deadline has passed
            sounds.deliver(opus);

            assertThat(sounds.heard).hasSize(1);
            assertThat(sounds.heard.get(0).samples()).isEqualTo(20 * MS);
            assertThat(sounds.faults).isEmpty();
        }
    }

    @Test
    void aNewPlanActsAtTheNextPacketWithoutAClick() throws OpusUnavailable {
        short[] tone = Sounds.tone(440, 8000, 2000);
        try (Sounds sounds = new Sounds(32_000, 20, new AudioPlan(24_000, 20, false, false))) {
            sounds.send(tone, packet -> {
                if (packet == 30) {
                    sounds.transcoder.setPlan(new AudioPlan(12_000, 60, false, false));
                } else if (packet == 65) {
                    sounds.transcoder.setPlan(new AudioPlan(20_000, 40, false, false));
                }
                return false;
            });

            assertThat(sounds.faults).isEmpty();
            assertSeamless(sounds);
            assertThat(sounds.heard.stream().map(one -> one.samples() / MS).distinct())
                    .containsExactly(20, 60, 40);
            short[] heard = sounds.listen();
            double steepest = 8000 * 2 * Math.PI * 440 / OpusDecoder.RATE_HZ;
            for (int i = 9600; i < heard.length; i++) {
                assertThat(Math.abs(heard[i] - heard[i - 1]))
                        .as("step at %d ms", i / MS)
                        .isLessThan((int) (steepest * 2.5));
            }
            for (int at = 200; at + 20 <= heard.length / MS; at += 20) {
                assertThat(Sounds.rms(heard, at * MS, 20 * MS) * Math.sqrt(2))
                        .as("level at %d ms", at)
                        .isBetween(8000 * 0.35, 8000 * 1.5);
            }
        }
    }

    @Test
    void silenceIsLeftOutWhereThePlanSaysSo() throws OpusUnavailable {
        short[] sound = new short[6000 * MS];
        System.arraycopy(Sounds.voice(1000), 0, sound, 0, 1000 * MS);
        System.arraycopy(Sounds.voice(1000), 0, sound, 5000 * MS, 1000 * MS);
        try (Sounds sounds = new Sounds(24_000, 20, new AudioPlan(6000, 120, false, true))) {
            sounds.send(sound, packet -> false);

            assertThat(sounds.heard).hasSizeLessThan(32); // of 50
            assertThat(sounds.faults).isEmpty();
            Sounds.Heard before = sounds.heard.get(0);
            for (Sounds.Heard one : sounds.heard.subList(1, sounds.heard.size())) {
                int hole = one.timestamp() - before.timestamp() - before.samples();
                assertThat(hole).isNotNegative();
                assertThat(one.marker()).isEqualTo(hole > 0);
                assertThat(one.lostBefore()).isZero();
                before = one;
            }
        }
    }

    @Test
    void brokenLateAndOversizedPacketsAreCounted() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            byte[] opus = sounds.encode(Sounds.tone(440, 8000, 20), 0);
            sounds.deliver(opus);
            sounds.deliver(opus);
            sounds.pass();
            sounds.deliver(new byte[0]);
            sounds.deliver(new byte[] {(byte) 0xFF, (byte) 0xFF}); // 63 frames of 20 ms
            sounds.deliver(new byte[OpusDecoder.MAX_PACKET_BYTES + 1]);
            assertThat(sounds.faults).containsExactly(Fault.LATE, Fault.MALFORMED, Fault.MALFORMED, Fault.OVERSIZED);
            sounds.faults.clear();

            sounds.sequence += 100_000;
            sounds.deliver(opus);
            sounds.sequence++;
            sounds.timestamp -= 90_000;
            sounds.deliver(opus);
            assertThat(sounds.faults).containsExactly(Fault.RESTARTED, Fault.RESTARTED);
            assertThat(sounds.heard).hasSize(2); // each restart sends what waited
        }
    }

    @Test
    void stereoIsHeardAsMono() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            byte[] mono = sounds.encode(Sounds.tone(440, 8000, 20), 0);
            mono[0] |= 4; // the stereo bit of the TOC byte: another reading of the same bytes, and as legal
            for (int packet = 0; packet < 6; packet++) {
                sounds.deliver(mono);
                sounds.pass();
            }

            assertThat(sounds.heard).hasSize(1);
            assertThat(sounds.heard.get(0).opus().getByte(0) & 4).isZero();
        }
    }

    @Test
    void aLengthThatOpusDoesNotHaveIsRefused() throws OpusUnavailable {
        try (Sounds sounds = new Sounds(24_000, 20, THIN)) {
            assertThatThrownBy(() -> sounds.transcoder.setPlan(new AudioPlan(6000, 50, false, false)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
