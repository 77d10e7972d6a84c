package org.raabta.relay.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.opus.OpusSamples.frameOf;
import static org.raabta.relay.opus.OpusSamples.parse;
import static org.raabta.relay.opus.OpusSamples.refused;

import org.junit.jupiter.api.Test;

/** The layouts of RFC 6716, figures 2 to 6, and its rules R1 to R7 (section 3.4), byte by byte. */
class OpusPacketTest {
    /** SILK wideband, 20 ms, mono (configuration 9). */
    private static final int SILK_20 = 9 << 3;

    @Test
    void codeZeroIsOneFrame() {
        OpusPacket packet = parse((byte) SILK_20, (byte) 1, (byte) 2, (byte) 3);
        assertThat(packet.frames()).isEqualTo(1);
        assertThat(packet.ticks()).isEqualTo(960);
        assertThat(frameOf(packet, 0)).containsExactly(SILK_20, 1, 2, 3);
        assertThat(parse((byte) SILK_20).frameLength(0)).as("silence").isZero();
    }

    @Test
    void codeOneIsTwoFramesOfOneLength() {
        OpusPacket packet = parse((byte) (SILK_20 | 1), (byte) 1, (byte) 2, (byte) 3, (byte) 4);
        assertThat(packet.ticks()).isEqualTo(1920);
        assertThat(frameOf(packet, 0)).containsExactly(SILK_20, 1, 2);
        assertThat(frameOf(packet, 1)).containsExactly(SILK_20, 3, 4);
        assertThat(refused((byte) (SILK_20 | 1), (byte) 1, (byte) 2, (byte) 3))
                .as("R3")
                .isTrue();
    }

    @Test
    void codeTwoNamesTheFirstLength() {
        OpusPacket packet = parse((byte) (SILK_20 | 2), (byte) 1, (byte) 7, (byte) 8, (byte) 9);
        assertThat(frameOf(packet, 0)).containsExactly(SILK_20, 7);
        assertThat(frameOf(packet, 1)).containsExactly(SILK_20, 8, 9);
        assertThat(refused((byte) (SILK_20 | 2))).as("R4: no length").isTrue();
        assertThat(refused((byte) (SILK_20 | 2), (byte) 253))
                .as("half a length")
                .isTrue();
        assertThat(refused((byte) (SILK_20 | 2), (byte) 3, (byte) 1, (byte) 2))
                .as("R4: too long")
                .isTrue();
    }

    @Test
    void aLengthFrom252OnTakesTwoBytes() {
        byte[] packet = new byte[1 + 2 + 255 + 4];
        packet[0] = (byte) (SILK_20 | 2);
        packet[1] = (byte) 255; // 255 + 4 * 0
        packet[3] = 42;
        OpusPacket parsed = parse(packet);
        assertThat(parsed.frameLength(0)).isEqualTo(255);
        assertThat(parsed.frameLength(1)).isEqualTo(4);
        assertThat(frameOf(parsed, 0)[1]).isEqualTo((byte) 42);
        packet[2] = 1; // 255 + 4 * 1: the rest is now empty
        assertThat(parse(packet).frameLength(1)).isZero();
        packet[2] = 2;
        assertThat(refused(packet)).isTrue();
    }

    @Test
    void codeThreeOfOneLengthIsDividedEvenly() {
        OpusPacket packet = parse((byte) (SILK_20 | 3), (byte) 3, (byte) 1, (byte) 2, (byte) 3);
        assertThat(packet.frames()).isEqualTo(3);
        assertThat(packet.ticks()).isEqualTo(2880);
        assertThat(frameOf(packet, 2)).containsExactly(SILK_20, 3);
        assertThat(refused((byte) (SILK_20 | 3), (byte) 3, (byte) 1, (byte) 2))
                .as("R6")
                .isTrue();
        assertThat(refused((byte) (SILK_20 | 3))).as("no count").isTrue();
        assertThat(refused((byte) (SILK_20 | 3), (byte) 0)).as("R5: none").isTrue();
        assertThat(refused((byte) (SILK_20 | 3), (byte) 7)).as("R5: 140 ms").isTrue();
        assertThat(parse((byte) (SILK_20 | 3), (byte) 6).ticks()).as("120 ms").isEqualTo(5760);
    }

    @Test
    void codeThreeOfManyLengthsNamesAllButTheLast() {
        OpusPacket packet =
                parse((byte) (SILK_20 | 3), (byte) 0x83, (byte) 2, (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
        assertThat(frameOf(packet, 0)).containsExactly(SILK_20, 1, 2);
        assertThat(frameOf(packet, 1)).containsExactly(SILK_20);
        assertThat(frameOf(packet, 2)).containsExactly(SILK_20, 3, 4);
        assertThat(refused((byte) (SILK_20 | 3), (byte) 0x83, (byte) 2, (byte) 1, (byte) 1))
                .as("R7")
                .isTrue();
        assertThat(refused((byte) (SILK_20 | 3), (byte) 0x83, (byte) 2)).isTrue();
    }

    @Test
    void paddingIsCutOff() {
        OpusPacket packet = parse((byte) (SILK_20 | 3), (byte) 0x41, (byte) 2, (byte) 5, (byte) 0, (byte) 0);
        assertThat(frameOf(packet, 0)).containsExactly(SILK_20, 5);
        byte[] long255 = new byte[2 + 2 + 1 + 254 + 1];
        long255[0] = (byte) (SILK_20 | 3);
        long255[1] = 0x41;
        long255[2] = (byte) 255;
        long255[3] = 1;
        long255[4] = 9;
        assertThat(frameOf(parse(long255), 0)).containsExactly(SILK_20, 9);
        long255[3] = 3;
        assertThat(refused(long255)).as("more padding than there is").isTrue();
        assertThat(refused((byte) (SILK_20 | 3), (byte) 0x41)).isTrue();
        assertThat(refused((byte) (SILK_20 | 3), (byte) 0x41, (byte) 255)).isTrue();
    }

    @Test
    void noFrameIsLongerThan1275Bytes() {
        byte[] packet = new byte[1277];
        packet[0] = (byte) SILK_20;
        assertThat(refused(packet)).as("R2").isTrue();
        assertThat(OpusPacket.tryParse(io.netty.buffer.Unpooled.wrappedBuffer(packet), 0, 1276))
                .isNotNull();
        assertThat(refused()).as("R1").isTrue();
    }

    @Test
    void everyConfigurationHasItsFrameLength() {
        int[] silk = {480, 960, 1920, 2880};
        for (int configuration = 0; configuration < 32; configuration++) {
            int expected = configuration < 12
                    ? silk[configuration % 4]
                    : configuration < 16 ? 480 + 480 * (configuration % 2) : 120 << configuration % 4;
            assertThat(parse((byte) (configuration << 3)).ticks())
                    .as("configuration %d", configuration)
                    .isEqualTo(expected);
            assertThat(parse((byte) (configuration << 3 | 4)).ticks())
                    .as("stereo")
                    .isEqualTo(expected);
        }
    }
}
