package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
    private static final String FIXED = "EF123400ABCDEF55667788";

    @Test
    void everyFieldIsReadWhereverThePacketLies() {
        ByteBuf buf =
                hex("FFFF" + "B2" + FIXED + "00000001" + "00000002" + "BEDE0001" + "10550000" + "AABBCC" + "000003");
        buf.skipBytes(2);
        RtpPacket rtp = parse(buf);
        assertThat(rtp.marker()).isTrue();
        assertThat(rtp.payloadType()).isEqualTo(0x6F);
        assertThat(rtp.sequenceNumber()).isEqualTo(0x1234);
        assertThat(rtp.timestamp()).isEqualTo(0x00ABCDEF);
        assertThat(rtp.ssrc()).isEqualTo(0x55667788);
        assertThat(ByteBufUtil.hexDump(buf, rtp.payloadIndex(), rtp.payloadLength()))
                .isEqualTo("aabbcc");
        assertThat(buf.getByte(rtp.extensionIndex(1, 1))).isEqualTo((byte) 0x55);
        assertThat(rtp.extensionIndex(1, 2)).as("shorter than wanted").isEqualTo(-1);
        assertThat(rtp.extensionIndex(2, 1)).isEqualTo(-1);
        assertThat(rtp.extensionIndex(-1, 1)).isEqualTo(-1);
        assertThat(buf.readerIndex()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "80", // a single byte
                "80EF123400ABCDEF556677", // eleven bytes
                "40EF123400ABCDEF55667788", // version 1
                "81EF123400ABCDEF55667788", // a CSRC that is not there
                "90EF123400ABCDEF55667788BEDE", // half an extension header
                "90EF123400ABCDEF55667788BEDE0001101100", // extension cut short
                "A0EF123400ABCDEF55667788", // padding, but no byte for it
                "A0EF123400ABCDEF5566778800", // padding of nothing
                "A0EF123400ABCDEF5566778802" // more padding than packet
            })
    void whatCannotBeRtpIsNull(String packet) {
        assertThat(RtpPacket.tryParse(hex(packet))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // profile and words, elements, id, offset of the data within the elements or -1
        "BEDE0002, 0010550021223300, 2, 5", // padding in front and between
        "BEDE0001, F0550000, 15, -1", // 15 ends the list
        "BEDE0001, F0105500, 1, -1", // and what follows is not read
        "BEDE0001, 10551722, 1, 1",
        "BEDE0001, 17223344, 1, -1", // element longer than the block
        "10000002, 0001000202AABB00, 2, 5", // two-byte form with an empty element
        "10010001, 0305AABB, 3, -1", // too long
        "10000001, 00000003, 3, -1", // no length
        "ABCD0001, 10550000, 1, -1" // another profile
    })
    void extensionsOfBothForms(String header, String elements, int id, int offset) {
        ByteBuf buf = hex("90" + FIXED + header + elements + "01");
        RtpPacket rtp = parse(buf);
        assertThat(rtp.extensionIndex(id, 0)).isEqualTo(offset < 0 ? -1 : 16 + offset);
        assertThat(rtp.payloadLength()).isEqualTo(1);
    }

    @Test
    void whatWeWriteIsWhatIsRead() {
        RtpHeader stamped = new RtpHeader(111, true, 0xFFFE, -5, 0x52420000, 5, 0xABCD);
        ByteBuf buf = Unpooled.buffer(stamped.length(), stamped.length());
        stamped.writeTo(buf);
        assertThat(buf.readableBytes()).isEqualTo(stamped.length()).isEqualTo(RtpHeader.MAX_BYTES);
        RtpPacket rtp = parse(buf);
        assertThat(rtp.payloadType()).isEqualTo(111);
        assertThat(rtp.marker()).isTrue();
        assertThat(rtp.sequenceNumber()).isEqualTo(0xFFFE);
        assertThat(rtp.timestamp()).isEqualTo(-5);
        assertThat(rtp.ssrc()).isEqualTo(0x52420000);
        assertThat(rtp.payloadLength()).isZero();
        assertThat(buf.getUnsignedShort(rtp.extensionIndex(5, 2))).isEqualTo(0xABCD);

        RtpHeader plain = new RtpHeader(0, false, 1, 2, 3, -1, 0);
        ByteBuf shorter = Unpooled.buffer(12, 12);
        plain.writeTo(shorter);
        assertThat(ByteBufUtil.hexDump(shorter)).isEqualTo("800000010000000200000003");
    }

    @Test
    void arbitraryBytesNeverThrow() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextInt(4) > 0) {
                bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
            }
            RtpProbe.probe(bytes);
        }
    }

    private static RtpPacket parse(ByteBuf buf) {
        return Objects.requireNonNull(RtpPacket.tryParse(buf));
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
