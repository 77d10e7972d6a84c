package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
    private static final ReportBlock BLOCK = new ReportBlock(0x11223344, 51, -3, 0x10002, 29, 0xABCDEF01, 26_214);

    static List<RtcpMessage> messages() {
        return List.of(
                new SenderReport(1, 0x1122334455667788L, -7, 8, 9, List.of()),
                new SenderReport(1, -1L, 7, -1, 9, List.of(BLOCK, BLOCK)),
                new ReceiverReport(0x52420000, List.of(BLOCK)),
                new ReceiverReport(-1, List.of()),
                new SourceDescription(List.of(
                        new SourceDescription.Chunk(1, ""),
                        new SourceDescription.Chunk(2, "r0"),
                        new SourceDescription.Chunk(3, "abc"),
                        new SourceDescription.Chunk(4, "رابطہ"))),
                new Goodbye(List.of(1, -2)),
                new Nack(1, 2, List.of(65_533, 65_534, 65_535, 0, 13, 14, 1000)),
                new PictureLossIndication(1, -2),
                new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(7, 255), new FullIntraRequest.Entry(8, 0))),
                new ReceiverEstimate(1, 300_000, List.of(5, 6)),
                new ReceiverEstimate(1, 262_143L << 20, List.of()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsRead(RtcpMessage message) {
        ByteBuf buf = written(message);
        assertThat(buf.readableBytes()).isEqualTo(message.length());
        assertThat(message.length() % 4).isZero();
        RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(buf));
        assertThat(compound).isEqualTo(new RtcpCompound(List.of(message), 0));
        assertThat(buf.readableBytes()).isEqualTo(message.length());
    }

    @Test
    void aCompoundIsReadInOrderAndUnknownPacketsAreSteppedOver() {
        ByteBuf buf = Unpooled.buffer();
        messages().forEach(message -> message.writeTo(buf));
        buf.writeBytes(ByteBufUtil.decodeHexDump("80CC0001AABBCCDD")); // APP
        buf.writeBytes(ByteBufUtil.decodeHexDump("82CD0001AABBCCDD")); // transport feedback of another format
        RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(buf));
        assertThat(compound.messages()).isEqualTo(messages());
        assertThat(compound.malformed()).isZero();
    }

    @Test
    void bytesOnTheWireAreThoseOfTheRfcs() {
        assertThat(dump(new Nack(1, 2, List.of(5, 6, 21, 22))))
                .isEqualTo("81cd0004" + "00000001" + "00000002" + "00058001" + "00160000");
        assertThat(dump(new PictureLossIndication(1, 2))).isEqualTo("81ce0002" + "00000001" + "00000002");
        assertThat(dump(new ReceiverReport(1, List.of(BLOCK))))
                .isEqualTo("81c90007" + "00000001" + "11223344" + "33fffffd" + "00010002" + "0000001d" + "abcdef01"
                        + "00006666");
        assertThat(dump(new ReceiverEstimate(1, 1_000_000, List.of(9))))
                .as("1000000 = 250000 << 2")
                .isEqualTo("8fce0005" + "00000001" + "00000000" + "52454d42" + "010bd090" + "00000009");
        assertThat(dump(new SourceDescription(List.of(new SourceDescription.Chunk(1, "r0")))))
                .isEqualTo("81ca0003" + "00000001" + "01027230" + "00000000");
    }

    @Test
    void paddingAtTheEndIsCutOff() {
        ByteBuf padded = hex("A1C90003" + "00000001" + "00000000" + "00000004");
        assertThat(RtcpCompound.tryParse(padded))
                .as("one block announced, none there")
                .isEqualTo(new RtcpCompound(List.of(), 1));
        ByteBuf fine = hex("A0C90002" + "00000001" + "00000004");
        assertThat(RtcpCompound.tryParse(fine))
                .isEqualTo(new RtcpCompound(List.of(new ReceiverReport(1, List.of())), 0));
    }

    @Test
    void browsersPadEveryFeedback() {
        String feedback = "AFCD0006" + "00000001" + "00000002" + "FFFF0004" + "00000301" + "D18004" + "50FFFC0002";
        RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(hex(feedback + feedback)));
        assertThat(compound.messages()).hasSize(2);
        assertThat(compound.malformed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80C9",
                "40C9000100000001", // version 1
                "80C9000200000001", // longer than the datagram
                "80C90001000000018", // padded below to a whole byte
                "A0C9000100000000", // padding of nothing
                "A0C9000100000008" // more padding than body
            })
    void brokenFramingIsNull(String datagram) {
        assertThat(RtcpCompound.tryParse(hex(datagram.length() % 2 == 0 ? datagram : datagram + "0")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80C8000500000001000000000000000000000000" + "00000000", // SR cut short
                "81C9000100000001", // RR without its block
                "82CB000100000001", // BYE of two with one
                "81CA000200000001" + "01080000", // item longer than the packet
                "81CA000200000001" + "01026162", // no end of items
                "81CD000200000001" + "00000002", // NACK of nothing
                "81CE000100000001", // PLI without a source
                "84CE000200000001" + "00000000", // FIR of nothing
                "8FCE000400000001" + "00000000" + "52454D42" + "02000000", // REMB with sources missing
                "8FCE000400000001" + "00000000" + "41424344" + "00000000", // application layer feedback of others
                "8FCD000400000001" + "00000002" + "00000000" + "00000000" // feedback about no packet
            })
    void aBrokenBodyIsCountedAndTheRestIsRead(String packet) {
        ByteBuf buf = hex(packet + "80C9000100000001");
        RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(buf));
        assertThat(compound).isEqualTo(new RtcpCompound(List.of(new ReceiverReport(1, List.of())), 1));
    }

    @Test
    void estimatesBeyondAllReasonSaturate() {
        ByteBuf buf = hex("8FCE0004" + "00000001" + "00000000" + "52454D42" + "00FFFFFF");
        ReceiverEstimate estimate = (ReceiverEstimate)
                Objects.requireNonNull(RtcpCompound.tryParse(buf)).messages().get(0);
        assertThat(estimate.bitsPerSecond()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void everyPrefixAndEveryFlippedByteIsBorne() {
        long seed = 4;
        Random random = new Random(seed);
        ByteBuf whole = Unpooled.buffer();
        messages().forEach(message -> message.writeTo(whole));
        byte[] bytes = new byte[whole.readableBytes()];
        whole.readBytes(bytes);
        for (int length = 0; length < bytes.length; length++) {
            RtcpCompound.tryParse(Unpooled.wrappedBuffer(bytes, 0, length).slice());
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] flipped = bytes.clone();
            for (int flips = random.nextInt(5); flips >= 0; flips--) {
                flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
            }
            RtcpFuzzTest.readAndWriteAgain(flipped);
        }
    }

    private static String dump(RtcpMessage message) {
        return ByteBufUtil.hexDump(written(message));
    }

    private static ByteBuf written(RtcpMessage message) {
        ByteBuf buf = Unpooled.buffer(message.length(), message.length());
        message.writeTo(buf);
        return buf;
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
