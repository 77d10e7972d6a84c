package org.raabta.bench.material;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.raabta.bench.score.Recording;

/** Mono WAV files of 16-bit samples (RIFF, PCM): the kind that browsers take for a microphone. */
public final class WavFile {
    private static final int HEADER_BYTES = 44;
    private static final int PCM = 1;

    private WavFile() {}

    /** The file as a recording that begins at 0. */
    public static Recording read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    /**
     * @throws IOException if these are not a WAV file's bytes, or not mono 16-bit PCM
     */
    public static Recording parse(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER_BYTES
                || !tag(in).equals("RIFF")
                || !tagAt(in, 8).equals("WAVE")) {
            throw new IOException("not a WAV file");
        }
        in.position(12);
        int rateHz = 0;
        while (in.remaining() >= 8) {
            String tag = tag(in);
            long length = Integer.toUnsignedLong(in.getInt());
            int from = in.position();
            if (tag.equals("fmt ") && in.remaining() >= 16) {
                boolean fits = in.getShort() == PCM && in.getShort() == 1;
                rateHz = in.getInt();
                if (!fits || rateHz <= 0 || in.getShort(from + 14) != 16) {
                    throw new IOException("only mono 16-bit PCM is read");
                }
            } else if (tag.equals("data") && rateHz > 0) {
                // A synthesiser that writes to a pipe does not know the length and leaves a huge one.
                int count = (int) (Math.min(length, in.remaining()) / 2);
                float[] samples = new float[count];
                for (int i = 0; i < count; i++) {
                    samples[i] = in.getShort() / 32768f;
                }
                return new Recording(samples, rateHz, 0);
            }
            in.position((int) Math.min(bytes.length, from + length + (length & 1)));
        }
        throw new IOException("the WAV file holds no samples");
    }

    public static void write(Path file, Recording recording) throws IOException {
        float[] samples = recording.samples();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + 2 * samples.length).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(16).putShort((short) PCM).putShort((short) 1);
        out.putInt(recording.rateHz())
                .putInt(2 * recording.rateHz())
                .putShort((short) 2)
                .putShort((short) 16);
        out.put(ascii("data")).putInt(2 * samples.length);
        for (float sample : samples) {
            out.putShort((short) Math.round(Math.max(-1f, Math.min(1f, sample)) * 32767));
        }
        Files.write(file, out.array());
    }

    private static String tag(ByteBuffer in) {
        String tag = tagAt(in, in.position());
        in.position(in.position() + 4);
        return tag;
    }

    private static String tagAt(ByteBuffer in, int at) {
        byte[] tag = new byte[4];
        in.get(at, tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
