package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.rtp.RtpPacket;

class KeyFramesTest {
    private static final int SSRC = 77;

    private final Uplink uplink = new Uplink(new Drops(), new WallClock(0), 0);
    private final KeyFrames keyFrames = new KeyFrames();
    private final MediaDescription media = CallDriver.PATIENT_MEDIA;

    private @Nullable StillPicture feed(byte[] packet) {
        RtpPacket rtp = Objects.requireNonNull(RtpPacket.tryParse(Unpooled.wrappedBuffer(packet)));
        MediaPacket known = uplink.receive(rtp, media, 0);
        return known == null ? null : keyFrames.add(known);
    }

    private static List<byte[]> packets(byte[] frame, int sequence, int timestamp, int count) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packets.add(KeyFrameMaker.packet(frame, SSRC, sequence, timestamp, i, count)
                    .bytes());
        }
        return packets;
    }

    private List<StillPicture> feedAll(List<byte[]> packets) {
        List<StillPicture> pictures = new ArrayList<>();
        for (byte[] packet : packets) {
            StillPicture picture = feed(packet);
            if (picture != null) {
                pictures.add(picture);
            }
        }
        return pictures;
    }

    @Test
    void packetsInAnyOrderMakeOnePicture() {
        byte[] frame = KeyFrameMaker.frame(5000);
        for (int seed = 0; seed < 50; seed++) {
            List<byte[]> packets = packets(frame, seed * 100, seed * 90_000, 6);
            // The first one opens the frame; of what comes before it nothing is known.
            Collections.shuffle(packets.subList(1, 6), new Random(seed));
            List<StillPicture> pictures = feedAll(packets);
            assertThat(pictures).as("seed %d", seed).hasSize(1);
            assertThat(Arrays.copyOfRange(pictures.get(0).webp(), 20, 5020)).isEqualTo(frame);
        }
    }

    @Test
    void whatIsMissingMakesNoPictureAndTheNextFrameDoes() {
        byte[] frame = KeyFrameMaker.frame(3000);
        for (int lost = 0; lost < 4; lost++) {
            List<byte[]> packets = packets(frame, lost * 100, lost * 90_000, 4);
            packets.remove(lost);
            assertThat(feedAll(packets)).isEmpty();
        }
        assertThat(feedAll(packets(frame, 4000, 9_000_000, 4))).hasSize(1);
    }

    @Test
    void aFrameThatIsTooLargeIsLeftOut() {
        byte[] frame = KeyFrameMaker.frame(KeyFrames.MOST_BYTES + 1);
        assertThat(feedAll(packets(frame, 0, 0, 90))).isEmpty();
        assertThat(feedAll(packets(KeyFrameMaker.frame(400), 1000, 5_000_000, 400)))
                .as("of too many packets")
                .isEmpty();
        assertThat(feedAll(packets(KeyFrameMaker.frame(KeyFrames.MOST_BYTES), 2000, 9_000_000, 90)))
                .hasSize(1);
    }

    @Test
    void betweenKeyFramesNothingIsKept() {
        byte[] frame = KeyFrameMaker.frame(1000);
        List<byte[]> packets = packets(frame, 0, 0, 4);
        feed(packets.get(0));
        keyFrames.none();
        assertThat(feedAll(packets.subList(1, 4))).isEmpty();
    }
}
