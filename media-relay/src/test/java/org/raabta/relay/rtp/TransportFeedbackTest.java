package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFeedbackTest {
    private static final String HEADER = "00000001" + "00000002";

    @Test
    void everyKindOfChunkIsRead() {
        // base 10, 26 packets, reference 5; run of 3 small, one-bit vector of 14, two-bit vector of 7, run of 2 lost
        ByteBuf buf = hex("8FCD000B" + HEADER + "000A001A" + "00000507"
                + "2003" // 00 01 0000000000011: three small
                + "A001" // 10 1000 0000 0000 01: first and last
                + "D800" // 11 01 10 00...: small, large
                + "0002" // two lost
                + "0A0B0C" // three
                + "01FF" // two of the vector
                + "02FFFE" // small 2, large -2
                + "00000004");
        buf.setShort(2, buf.readableBytes() / 4 - 1);
        buf.setByte(0, 0xAF);
        TransportFeedback feedback = parse(buf);
        assertThat(feedback.senderSsrc()).isEqualTo(1);
        assertThat(feedback.mediaSsrc()).isEqualTo(2);
        assertThat(feedback.baseSequence()).isEqualTo(10);
        assertThat(feedback.feedbackCount()).isEqualTo(7);
        assertThat(feedback.referenceTicks()).isEqualTo(5 * 256);
        assertThat(feedback.packets()).isEqualTo(26);
        List<Integer> received = new ArrayList<>();
        List<Integer> deltas = new ArrayList<>();
        for (int i = 0; i < feedback.packets(); i++) {
            if (feedback.received(i)) {
                received.add(i);
                deltas.add(feedback.delta(i));
            }
        }
        assertThat(received).containsExactly(0, 1, 2, 3, 16, 17, 18);
        assertThat(deltas).containsExactly(10, 11, 12, 1, 255, 2, -2);
    }

    @Test
    void aShortMessageHasTheBytesOfTheDraft() {
        TransportFeedback.Builder builder = new TransportFeedback.Builder(65_535);
        assertThat(builder.add(65_535, 256 * 3 + 4)).isTrue();
        assertThat(builder.add(65_537, 256 * 3 + 84)).isTrue();
        assertThat(builder.add(65_538, 256 * 3 + 80)).isTrue();
        ByteBuf buf = Unpooled.buffer();
        builder.build(1, 2, 257).writeTo(buf);
        // statuses small, lost, small, large: one two-bit vector 01 00 01 10; deltas 4, 80, -4; no padding needed
        assertThat(ByteBufUtil.hexDump(buf))
                .isEqualTo("afcd0006" + HEADER + "ffff0004" + "00000301" + "d180" + "04" + "50" + "fffc" + "0002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000FFFF" + "00000000" + "3FFF3FFF", // more packets than we believe
                "00000002" + "00000000" + "00000000", // a run of nothing for ever
                "00000002" + "00000000" + "60020000", // reserved symbol
                "00000002" + "00000000" + "C0002001", // deltas missing
                "00000020" + "00000000" + "80000000" // chunks missing
            })
    void brokenFeedbackIsRefused(String body) {
        String packet = "8FCD0000" + HEADER + body;
        ByteBuf buf = hex(packet);
        buf.setShort(2, buf.readableBytes() / 4 - 1);
        RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(buf));
        if (compound.malformed() == 0) {
            // the second word of a vector may be read as a delta: then nothing may be received
            assertThat(compound.messages()).hasSize(1);
            assertThat(((TransportFeedback) compound.messages().get(0)).packets())
                    .isEqualTo(2);
        } else {
            assertThat(compound.messages()).isEmpty();
        }
    }

    @Test
    void whatIsBuiltIsRead() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            long base = random.nextLong(65_536) - 10;
            long ticks = random.nextLong(1 << 30) - (1 << 20);
            double loss = random.nextDouble();
            int spread = 1 << random.nextInt(14);
            TransportFeedback.Builder builder = new TransportFeedback.Builder(base);
            List<Long> sequences = new ArrayList<>();
            List<Long> arrivals = new ArrayList<>();
            long sequence = base;
            int packets = 1 + random.nextInt(500);
            for (int i = 0; i < packets; i++, sequence++) {
                if (random.nextDouble() < loss && i < packets - 1) {
                    continue;
                }
                ticks += random.nextInt(spread) - (random.nextInt(4) == 0 ? spread / 2 : 0);
                if (!builder.add(sequence, ticks)) {
                    break;
                }
                sequences.add(sequence);
                arrivals.add(ticks);
            }
            TransportFeedback built = builder.build(1, 2, (int) seed);
            ByteBuf buf = Unpooled.buffer(built.length(), built.length());
            built.writeTo(buf);
            assertThat(buf.readableBytes()).as("seed %d", seed).isEqualTo(built.length());
            TransportFeedback read = parse(buf);
            assertSame(built, read);
            long at = read.referenceTicks();
            int told = 0;
            for (int i = 0; i < read.packets(); i++) {
                if (read.received(i)) {
                    at += read.delta(i);
                    assertThat(base + i).as("seed %d", seed).isEqualTo(sequences.get(told));
                    assertThat(at & 0xFFFFFFFFL).as("seed %d", seed).isEqualTo(arrivals.get(told) & 0xFFFFFFFFL);
                    told++;
                }
            }
            assertThat(told).as("seed %d", seed).isEqualTo(sequences.size());
        }
    }

    @Test
    void whatDoesNotFitIsLeftForTheNextMessage() {
        TransportFeedback.Builder builder = new TransportFeedback.Builder(0);
        assertThatThrownBy(() -> builder.build(1, 2, 3)).isInstanceOf(IllegalStateException.class);
        assertThat(builder.add(0, 0)).isTrue();
        assertThat(builder.add(0, 1)).as("not rising").isFalse();
        assertThat(builder.add(1, 32_768)).as("delta beyond 16 bits").isFalse();
        assertThat(builder.add(TransportFeedback.MAX_PACKETS, 1)).as("too far").isFalse();
        assertThat(builder.add(1, 32_767)).isTrue();
        assertThat(builder.add(2, -1)).isTrue();
        assertThat(builder.build(1, 2, 3).packets()).isEqualTo(3);
    }

    static void assertSame(TransportFeedback a, TransportFeedback b) {
        assertThat(b.senderSsrc()).isEqualTo(a.senderSsrc());
        assertThat(b.mediaSsrc()).isEqualTo(a.mediaSsrc());
        assertThat(b.baseSequence()).isEqualTo(a.baseSequence());
        assertThat(b.feedbackCount()).isEqualTo(a.feedbackCount());
        assertThat(b.referenceTicks()).isEqualTo(a.referenceTicks());
        assertThat(b.packets()).isEqualTo(a.packets());
        for (int i = 0; i < a.packets(); i++) {
            assertThat(b.delta(i)).isEqualTo(a.delta(i));
        }
    }

    private static TransportFeedback parse(ByteBuf buf) {
        RtcpCompound compound = Objects.requireNonNull(RtcpCompound.tryParse(buf));
        assertThat(compound.malformed()).isZero();
        return (TransportFeedback) compound.messages().get(0);
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
