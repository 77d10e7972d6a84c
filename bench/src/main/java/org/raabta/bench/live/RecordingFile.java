package org.raabta.bench.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.raabta.bench.score.Recording;
import org.raabta.bench.score.RecordingBuilder;

/** Reads what a browser recorded: blocks of what was sent and what was heard ({@code bench/live/recording.mjs}). */
final class RecordingFile {
    /** What the browser's recorder runs at. */
    static final int RATE_HZ = 16_000;

    private static final int HEADER_BYTES = 12;
    private static final int MOST_FRAMES = 60 * RATE_HZ;

    /** @param lostMs audio time that the recorder itself did not get, from {@code fromMs} on */
    record Tracks(Recording sent, Recording heard, double lostMs) {}

    private RecordingFile() {}

    /** Empty if nothing was recorded; a last block that is cut short is left out. */
    static Optional<Tracks> read(Path file, double fromMs) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        RecordingBuilder sent = new RecordingBuilder(RATE_HZ);
        RecordingBuilder heard = new RecordingBuilder(RATE_HZ);
        RecordingBuilder inCall = new RecordingBuilder(RATE_HZ);
        boolean any = false;
        boolean anyInCall = false;
        while (in.remaining() >= HEADER_BYTES) {
            double atMs = in.getDouble();
            int frames = in.getInt();
            if (frames <= 0 || frames > MOST_FRAMES) {
                throw new IOException("not a recording: a block of " + frames + " frames");
            }
            if (in.remaining() < 4 * frames) {
                break;
            }
            float[] left = new float[frames];
            float[] right = new float[frames];
            for (int i = 0; i < frames; i++) {
                left[i] = in.getShort() / 32768f;
                right[i] = in.getShort() / 32768f;
            }
            sent.add(atMs, left);
            heard.add(atMs, right);
            any = true;
            if (atMs >= fromMs) {
                inCall.add(atMs, left);
                anyInCall = true;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        return Optional.of(new Tracks(
                sent.build().recording(),
                heard.build().recording(),
                anyInCall ? inCall.build().lostMs() : 0));
    }
}
