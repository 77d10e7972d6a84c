package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    @Test
    void redBlocksAreFound() {
        // two redundant blocks of 2 and 3 bytes, then the primary one
        ByteBuf buf = hex("EF1E0002" + "EF0F0003" + "6F" + "A1A2" + "B1B2B3" + "C1C2");
        RedPayload red = Objects.requireNonNull(RedPayload.tryParse(buf, 0, buf.readableBytes(), 111));
        assertThat(red.blocks()).isEqualTo(3);
        assertThat(red.primaryIndex()).isEqualTo(14);
        assertThat(red.primaryLength()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "EF1E00", // header cut short
                "EF1E0002", // no primary header
                "EF1E00026FA1", // block longer than the payload
                "EE1E00006F", // a block of another type
                "6E01" // primary of another type
            })
    void brokenRedIsNull(String payload) {
        ByteBuf buf = hex(payload);
        assertThat(RedPayload.tryParse(buf, 0, buf.readableBytes(), 111)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // payload, start, key, picture id, tl0
        "1010, true, true, -1, -1", // no extensions, P = 0
        "1011, true, false, -1, -1",
        "0010, false, false, -1, -1", // not the start
        "1110, false, false, -1, -1", // start of another partition
        "90807F10, true, true, 127, -1", // seven bits
        "9080812310, true, true, 291, -1", // fifteen bits
        "9040AA10, true, true, -1, 170", // TL0PICIDX alone
        "90F08123AA6011, true, false, 291, 170", // everything
        "90206010, true, true, -1, -1" // temporal layer alone
    })
    void vp8Descriptors(String payload, boolean start, boolean key, int pictureId, int tl0) {
        ByteBuf buf = hex(payload);
        Vp8Descriptor vp8 = Objects.requireNonNull(Vp8Descriptor.tryParse(buf, 0, buf.readableBytes()));
        assertThat(vp8.startOfFrame()).isEqualTo(start);
        assertThat(vp8.keyFrame()).isEqualTo(key);
        assertThat(vp8.pictureId()).isEqualTo(pictureId);
        assertThat(vp8.tl0PicIdx()).isEqualTo(tl0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "9080", "908081", "90808123", "9040AA", "90F08123AA60"})
    void vp8CutShortIsNull(String payload) {
        ByteBuf buf = hex(payload);
        assertThat(Vp8Descriptor.tryParse(buf, 0, buf.readableBytes())).isNull();
    }

    @Test
    void ntpTimeAndMediaClocks() {
        long half = NtpTime.ofNanos(3_976_214_400L * 1_000_000_000L + 500_000_000L);
        assertThat(Long.toUnsignedString(half >>> 32)).isEqualTo("3976214400");
        assertThat(half & 0xFFFFFFFFL).isEqualTo(0x80000000L);
        assertThat(NtpTime.toNanos(half)).isEqualTo(3_976_214_400L * 1_000_000_000L + 500_000_000L);
        assertThat(NtpTime.middle(0x1122334455667788L)).isEqualTo(0x33445566);
        assertThat(NtpTime.shortDuration(1_500_000_000L)).isEqualTo(0x18000);
        assertThat(NtpTime.shortDuration(-1)).isZero();
        assertThat(NtpTime.shortDuration(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(NtpTime.shortToNanos(0x18000)).isEqualTo(1_500_000_000L);
        assertThat(RtpClock.AUDIO.ticks(20_000_000)).isEqualTo(960);
        assertThat(RtpClock.VIDEO.ticks(-1_000_000_000L)).isEqualTo(-90_000);
        assertThat(RtpClock.VIDEO.ticks(Long.MAX_VALUE)).isEqualTo(830_103_483_316_929L);
    }

    @Test
    void sequenceNumbersUnwrap() {
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        assertThat(unwrapper.unwrap(65_534)).isEqualTo(65_534);
        assertThat(unwrapper.unwrap(1)).isEqualTo(65_537);
        assertThat(unwrapper.unwrap(65_535)).isEqualTo(65_535);
        assertThat(unwrapper.unwrap(2)).isEqualTo(65_538);
        assertThat(unwrapper.unwrap(65_000)).isEqualTo(65_000);
        assertThat(SequenceNumbers.difference(0, 65_535)).isEqualTo(1);
        assertThat(SequenceNumbers.difference(65_535, 0)).isEqualTo(-1);
        assertThat(SequenceNumbers.wire(-1)).isEqualTo(65_535);
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
