package org.raabta.signaling.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChunkFrameTest {
    @Test
    void aChunkHasFourBytesBeforeItsOwn() throws BadFrameException {
        byte[] frame = new ChunkFrame(5, false, 0x012345, new byte[] {9, 8}).write();
        assertThat(frame).containsExactly(5, 1, 0x23, 0x45, 9, 8);
        ChunkFrame read = ChunkFrame.parse(frame);
        assertThat(read.number()).isEqualTo(5);
        assertThat(read.acknowledges()).isFalse();
        assertThat(read.offset()).isEqualTo(0x012345);
        assertThat(read.bytes()).containsExactly(9, 8);
    }

    @Test
    void anAcknowledgementHasTheUpperBit() throws BadFrameException {
        byte[] frame = ChunkFrame.acknowledgement(127, ChunkFrame.MOST_OFFSET).write();
        assertThat(frame).containsExactly(0xff, 0xff, 0xff, 0xff);
        assertThat(ChunkFrame.parse(frame).acknowledges()).isTrue();
    }

    @Test
    void whatIsNoFrameIsRefused() {
        for (byte[] bad :
                new byte[][] {{}, {1, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0, 1}, {-127, 0, 0, 0, 1}, new byte[1405]}) {
            assertThatThrownBy(() -> ChunkFrame.parse(bad))
                    .as(Arrays.toString(Arrays.copyOf(bad, 5)))
                    .isInstanceOf(BadFrameException.class);
        }
    }

    @FuzzTest
    void anyBytesAreAFrameOrRefused(byte[] bytes) {
        try {
            ChunkFrame frame = ChunkFrame.parse(bytes);
            if (!Arrays.equals(frame.write(), bytes) || frame.number() < 1 || frame.number() > 127) {
                throw new AssertionError("a frame has one spelling");
            }
        } catch (BadFrameException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("a refusal says why");
            }
        }
    }
}
