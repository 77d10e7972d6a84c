package org.raabta.relay.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.opus.OpusSamples.frame;
import static org.raabta.relay.opus.OpusSamples.frameOf;
import static org.raabta.relay.opus.OpusSamples.parse;
import static org.raabta.relay.opus.OpusSamples.single;
import static org.raabta.relay.opus.OpusSamples.written;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepacketizerTest {
    /** SILK wideband, 20 ms, mono. */
    private static final int SILK_20 = 9;

    private final Repacketizer repacketizer = new Repacketizer(1200);

    @Test
    void theShortestFormIsChosen() {
        add(new byte[] {1, 2});
        assertThat(written(repacketizer)).containsExactly(SILK_20 << 3, 1, 2);
        add(new byte[] {3, 4});
        assertThat(written(repacketizer)).containsExactly(SILK_20 << 3 | 1, 1, 2, 3, 4);
        add(new byte[] {5, 6});
        assertThat(written(repacketizer)).containsExactly(SILK_20 << 3 | 3, 3, 1, 2, 3, 4, 5, 6);
        add(new byte[] {7});
        assertThat(written(repacketizer)).containsExactly(SILK_20 << 3 | 3, 0x84, 2, 2, 2, 1, 2, 3, 4, 5, 6, 7);
        assertThat(repacketizer.ticks()).isEqualTo(4 * 960);
        repacketizer.clear();
        add(new byte[] {1});
        add(new byte[] {2, 3});
        assertThat(written(repacketizer)).containsExactly(SILK_20 << 3 | 2, 1, 1, 2, 3);
    }

    @Test
    void otherConfigurationsAndMoreThan120MillisecondsAreRefused() {
        for (int i = 0; i < 6; i++) {
            assertThat(repacketizer.add(parse(single(SILK_20, new byte[] {1})))).isTrue();
        }
        byte[] before = written(repacketizer);
        assertThat(repacketizer.add(parse(single(SILK_20, new byte[] {1}))))
                .as("140 ms")
                .isFalse();
        repacketizer.clear();
        assertThat(repacketizer.isEmpty()).isTrue();
        add(new byte[] {1});
        assertThat(repacketizer.add(parse(single(8, new byte[] {1}))))
                .as("10 ms")
                .isFalse();
        assertThat(repacketizer.add(parse((byte) (SILK_20 << 3 | 4), (byte) 1)))
                .as("stereo")
                .isFalse();
        assertThat(repacketizer.ticks()).isEqualTo(960);
        assertThat(before).hasSize(8);
    }

    @Test
    void nothingGrowsBeyondItsLimit() {
        Repacketizer small = new Repacketizer(20);
        assertThat(small.add(parse(single(SILK_20, new byte[12])))).isTrue();
        assertThat(small.add(parse(single(SILK_20, new byte[9])))).as("frames").isFalse();
        assertThat(small.add(parse(single(SILK_20, new byte[7]))))
                .as("1 + 1 + 12 + 7")
                .isFalse();
        assertThat(small.add(parse(single(SILK_20, new byte[6])))).isTrue();
        assertThat(written(small)).hasSize(20);
    }

    /** Joining and splitting again gives back every frame; joining packets of several frames is joining their frames. */
    @Test
    void joinThenSplitIsIdentity() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            int configuration = random.nextInt(32);
            int sameLength = random.nextBoolean() ? random.nextInt(40) : -1;
            List<byte[]> packets = new ArrayList<>();
            Repacketizer joined = new Repacketizer(4000);
            while (packets.size() < 1 + random.nextInt(48)) {
                byte[] frame = sameLength >= 0 ? new byte[sameLength] : frame(random, random.nextBoolean() ? 400 : 20);
                random.nextBytes(frame);
                byte[] packet = single(configuration, frame);
                if (!joined.add(parse(packet))) {
                    break;
                }
                packets.add(packet);
            }
            byte[] written = written(joined);
            assertThat(written).as("seed %d", seed).hasSize(joined.length());
            OpusPacket parsed = parse(written);
            assertThat(parsed.frames()).as("seed %d", seed).isEqualTo(packets.size());
            assertThat(parsed.ticks()).as("seed %d", seed).isEqualTo(joined.ticks());
            for (int i = 0; i < packets.size(); i++) {
                assertThat(frameOf(parsed, i)).as("seed %d, frame %d", seed, i).isEqualTo(packets.get(i));
            }
            Repacketizer again = new Repacketizer(4000);
            assertThat(again.add(parsed)).as("seed %d", seed).isTrue();
            assertThat(written(again)).as("seed %d", seed).isEqualTo(written);
        }
    }

    private void add(byte[] frame) {
        assertThat(repacketizer.add(parse(single(SILK_20, frame)))).isTrue();
    }
}
