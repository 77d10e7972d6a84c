package org.raabta.relay.call;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.rtp.RtpPacket;

/** Packets behind each other, each with its length in front: whatever comes of them is a WebP file that holds together. */
class KeyFramesFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyPacketsMakeSoundPicturesOrNone(byte[] input) {
        Uplink uplink = new Uplink(new Drops(), new WallClock(0), 0);
        KeyFrames keyFrames = new KeyFrames();
        ByteBuf in = Unpooled.wrappedBuffer(input);
        while (in.readableBytes() >= 2) {
            int length = Math.min(in.readUnsignedShort(), in.readableBytes());
            RtpPacket rtp = RtpPacket.tryParse(in.readSlice(length));
            MediaPacket packet = rtp == null ? null : uplink.receive(rtp, CallDriver.PATIENT_MEDIA, 0);
            StillPicture picture = packet == null ? null : keyFrames.add(packet);
            if (picture != null) {
                check(picture);
            }
        }
    }

    private static void check(StillPicture picture) {
        ByteBuffer file = ByteBuffer.wrap(picture.webp()).order(ByteOrder.LITTLE_ENDIAN);
        int length = file.capacity();
        boolean sound = length % 2 == 0
                && length <= KeyFrames.MOST_BYTES + 21
                && file.getInt(4) == length - 8
                && (file.getInt(16) == length - 20 || file.getInt(16) == length - 21)
                && picture.width() > 0
                && picture.height() > 0;
        if (!sound) {
            throw new AssertionError("not a WebP file: " + length + " bytes");
        }
    }
}
