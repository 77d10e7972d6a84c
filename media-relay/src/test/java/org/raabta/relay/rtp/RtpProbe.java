package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads everything that can be read of arbitrary bytes, and checks that what is found lies within them. */
final class RtpProbe {
    private RtpProbe() {}

    static void probe(byte[] bytes) {
        // An exact slice in the middle: a read outside of the packet throws.
        ByteBuf buf = Unpooled.wrappedBuffer(new byte[7], bytes, new byte[7]).slice(7, bytes.length);
        RtpPacket rtp = RtpPacket.tryParse(buf);
        assertThat(buf.readableBytes()).isEqualTo(bytes.length);
        if (rtp == null) {
            return;
        }
        int index = rtp.payloadIndex();
        int length = rtp.payloadLength();
        assertThat(index).isBetween(12, bytes.length);
        assertThat(length).isBetween(0, bytes.length - index);
        for (int id = 0; id <= 255; id++) {
            int at = rtp.extensionIndex(id, 2);
            assertThat(at == -1 || (at >= 16 && at + 2 <= index)).isTrue();
        }
        probeRed(buf, index, length);
        probeVp8(buf, index, length);
    }

    private static void probeRed(ByteBuf buf, int index, int length) {
        for (int type = 0; type < 128; type += 3) {
            RedPayload red = RedPayload.tryParse(buf, index, length, type);
            if (red == null) {
                continue;
            }
            assertThat(red.primaryIndex()).isBetween(index + 1, index + length);
            assertThat(red.primaryIndex() + red.primaryLength()).isEqualTo(index + length);
            ByteBuf copy = buf.copy(index, length);
            red.retype(copy, 0, 99);
            RedPayload again = Objects.requireNonNull(RedPayload.tryParse(copy, 0, length, 99));
            assertThat(again.blocks()).isEqualTo(red.blocks());
            assertThat(again.primaryLength()).isEqualTo(red.primaryLength());
        }
    }

    private static void probeVp8(ByteBuf buf, int index, int length) {
        Vp8Descriptor vp8 = Vp8Descriptor.tryParse(buf, index, length);
        if (vp8 == null) {
            return;
        }
        ByteBuf copy = buf.copy(index, length);
        vp8.writePictureId(copy, 0, 0x1234);
        vp8.writeTl0PicIdx(copy, 0, 0x56);
        @Nullable Vp8Descriptor again = Vp8Descriptor.tryParse(copy, 0, length);
        assertThat(again).isNotNull();
        int pictureId = vp8.pictureId() < 0 ? -1 : vp8.longPictureId() ? 0x1234 : 0x34;
        assertThat(again)
                .isEqualTo(new Vp8Descriptor(
                        vp8.startOfFrame(),
                        vp8.keyFrame(),
                        pictureId,
                        vp8.pictureIdOffset(),
                        vp8.longPictureId(),
                        vp8.tl0PicIdx() < 0 ? -1 : 0x56,
                        vp8.tl0Offset()));
    }
}
