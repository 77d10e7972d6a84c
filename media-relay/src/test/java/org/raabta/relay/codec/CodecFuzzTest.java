package org.raabta.relay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.call.AudioTranscoder;

/**
 * A transcoder is fed one input cut into packets. Before each stand three bytes: its length, the step of its sequence
 * number (signed), and that of its timestamp in units of 20 ms (signed); a step of -128 changes the plan.
 */
class CodecFuzzTest {
    private static final AudioPlan[] PLANS = {
        new AudioPlan(6000, 120, false, true),
        new AudioPlan(24_000, 20, false, false),
        new AudioPlan(12_000, 60, false, true),
        new AudioPlan(64_000, 120, false, false)
    };

    @FuzzTest(maxDuration = "60s")
    void anyPacketsAreBorne(byte[] input) throws OpusUnavailable {
        OpusLibrary library = OpusLibrary.load();
        long before = library.nativeBytes();
        Checker checker = new Checker();
        ByteBuf buf = Unpooled.wrappedBuffer(input);
        try (Transcoder transcoder = library.transcoder(PLANS[0])) {
            long sequence = 0;
            int timestamp = 0;
            long nowNanos = 0;
            int packets = 0;
            for (int at = 0; at + 3 <= input.length; packets++) {
                int length = Math.min(input[at] & 0xFF, input.length - at - 3);
                sequence += input[at + 1];
                timestamp += input[at + 2] * 960;
                nowNanos += 20_000_000L;
                if (input[at + 1] == -128) {
                    transcoder.setPlan(PLANS[packets % PLANS.length]);
                }
                if (transcoder.nextDeadlineNanos() <= nowNanos) {
                    transcoder.onDeadline(nowNanos, checker);
                }
                transcoder.onPacket(buf, at + 3, length, sequence, timestamp, nowNanos, checker);
                at += 3 + length;
            }
            transcoder.onDeadline(Long.MAX_VALUE - 1, checker);
            assertThat(transcoder.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        }
        assertThat(library.nativeBytes()).isEqualTo(before);
    }

    /** What goes out is Opus, in order but for restarts, and in bounds. */
    private static final class Checker implements AudioTranscoder.Output {
        private boolean restarted = true;
        private int endTimestamp;

        @Override
        public void packet(ByteBuf opus, int timestamp, boolean marker, int lostBefore) {
            assertThat(opus.readableBytes()).isBetween(1, OpusEncoder.MAX_PACKET_BYTES);
            assertThat(lostBefore).isBetween(0, 500);
            assertThat(opus.getByte(opus.readerIndex()) & 4).as("stereo").isZero();
            if (!restarted) {
                assertThat(timestamp - endTimestamp).isNotNegative();
            }
            restarted = false;
            endTimestamp = timestamp + 120; // the shortest there is
        }

        @Override
        public void fault(AudioTranscoder.Fault fault) {
            restarted |= fault == AudioTranscoder.Fault.RESTARTED;
        }
    }
}
