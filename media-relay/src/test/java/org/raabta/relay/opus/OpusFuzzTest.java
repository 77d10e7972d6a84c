package org.raabta.relay.opus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class OpusFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyPayloadIsReadOrRefused(byte[] payload) {
        readAndJoin(payload);
    }

    /** What is understood lies within the payload, and means the same when its frames are joined anew. */
    static void readAndJoin(byte[] payload) {
        // An exact slice in the middle: a read outside of the payload throws.
        ByteBuf buf = Unpooled.wrappedBuffer(new byte[3], payload, new byte[3]).slice(3, payload.length);
        OpusPacket packet = OpusPacket.tryParse(buf, 0, payload.length);
        assertThat(buf.readableBytes()).isEqualTo(payload.length);
        if (packet == null) {
            return;
        }
        assertThat(packet.frames()).isBetween(1, OpusPacket.MAX_FRAMES);
        assertThat(packet.ticks()).isBetween(120, OpusPacket.MAX_TICKS);
        Repacketizer whole = new Repacketizer(70_000);
        assertThat(whole.add(packet)).isTrue();
        assertThat(whole.ticks()).isEqualTo(packet.ticks());
        assertThat(whole.length()).as("the shortest form").isLessThanOrEqualTo(payload.length);
        Repacketizer byFrame = new Repacketizer(70_000);
        for (int i = 0; i < packet.frames(); i++) {
            assertThat(byFrame.add(OpusSamples.parse(OpusSamples.frameOf(packet, i))))
                    .isTrue();
        }
        assertThat(OpusSamples.written(byFrame)).isEqualTo(OpusSamples.written(whole));
    }
}
