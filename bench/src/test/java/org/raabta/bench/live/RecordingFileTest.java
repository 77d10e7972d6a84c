package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {
    private static final int FRAMES = RecordingFile.RATE_HZ / 10;
    private static final double START_MS = 1_795_000_000_000.0;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void bothChannelsComeBackWithTheirTime() throws Exception {
        for (int i = 1; i <= 30; i++) {
            block(START_MS + 100.0 * i, FRAMES, 16_384, -8_192);
        }

        RecordingFile.Tracks tracks = RecordingFile.read(written(), START_MS).orElseThrow();

        assertThat(tracks.sent().startMs()).isCloseTo(START_MS, within(1.0));
        assertThat(tracks.sent().samples()).hasSize(30 * FRAMES).containsOnly(0.5f);
        assertThat(tracks.heard().samples()).hasSize(30 * FRAMES).containsOnly(-0.25f);
        assertThat(tracks.lostMs()).isZero();
    }

    @Test
    void onlyTimeLostInTheCallIsCounted() throws Exception {
        double stoppedMs = 0;
        for (int i = 1; i <= 90; i++) {
            stoppedMs += i == 20 ? 400 : i == 60 ? 300 : 0;
            block(START_MS + 100.0 * i + stoppedMs, FRAMES, 1, 1);
        }

        RecordingFile.Tracks tracks =
                RecordingFile.read(written(), START_MS + 4_000).orElseThrow();

        assertThat(tracks.lostMs()).isCloseTo(300, within(1.0));
        assertThat(tracks.sent().endMs() - tracks.sent().startMs()).isCloseTo(9_700, within(1.0));
    }

    @Test
    void aBlockThatWasCutShortIsLeftOut() throws Exception {
        block(START_MS + 100, FRAMES, 1, 1);
        block(START_MS + 200, FRAMES, 1, 1);
        Path file = directory.resolve("cut");
        Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 7));

        assertThat(RecordingFile.read(file, START_MS).orElseThrow().heard().samples())
                .hasSize(FRAMES);
    }

    @Test
    void nothingRecordedIsEmptyAndNonsenseIsRefused() throws Exception {
        assertThat(RecordingFile.read(directory.resolve("none"), 0)).isEmpty();
        assertThat(RecordingFile.read(written(), 0)).isEmpty();
        block(START_MS, -1, 0, 0);
        assertThatThrownBy(() -> RecordingFile.read(written(), 0)).isInstanceOf(IOException.class);
    }

    private void block(double atMs, int frames, int sent, int heard) {
        ByteBuffer block = ByteBuffer.allocate(12 + 4 * Math.max(0, frames)).order(ByteOrder.LITTLE_ENDIAN);
        block.putDouble(atMs).putInt(frames);
        for (int i = 0; i < frames; i++) {
            block.putShort((short) sent).putShort((short) heard);
        }
        bytes.writeBytes(block.array());
    }

    private Path written() throws IOException {
        return Files.write(directory.resolve("recording"), bytes.toByteArray());
    }
}
