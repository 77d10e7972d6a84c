package org.raabta.bench.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.bench.score.Recording;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.SpeechActivity;

/** The speech needs Debian's package espeak-ng. */
class MaterialTest {
    private static final long SEED = 17;

    @Test
    void wavFilesComeBack(@TempDir Path directory) throws IOException {
        float[] samples = new float[4801];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(i * 0.05) * 0.9f;
        }
        Path file = directory.resolve("a.wav");
        WavFile.write(file, new Recording(samples, 48_000, 0));
        Recording back = WavFile.read(file);
        assertThat(back.rateHz()).isEqualTo(48_000);
        assertThat(back.samples()).hasSize(samples.length);
        for (int i = 0; i < samples.length; i++) {
            assertThat(back.sample(i)).isCloseTo(samples[i], within(1e-4f));
        }
    }

    @Test
    void whatIsNotAWavFileIsRefused(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> WavFile.parse(new byte[10])).hasMessageContaining("not a WAV");
        assertThatThrownBy(() -> WavFile.parse(new byte[100])).hasMessageContaining("not a WAV");
        Path file = directory.resolve("a.wav");
        WavFile.write(file, new Recording(new float[100], 8000, 0));
        byte[] stereo = Files.readAllBytes(file);
        stereo[22] = 2;
        assertThatThrownBy(() -> WavFile.parse(stereo)).hasMessageContaining("only mono");
        byte[] cut = Arrays.copyOf(Files.readAllBytes(file), 60);
        assertThat(WavFile.parse(cut).samples()).hasSize(8);
    }

    @Test
    void bothTalkAllTheTime() throws Exception {
        Conversation talk = Conversation.render(Conversation.Manner.TALK, 20, SEED, new Synthesizer());
        for (Voice voice : Voice.values()) {
            assertThat(talk.track(voice).endMs()).isEqualTo(20_000);
            assertThat(talk.speech(voice).activeMs(0, 20_000))
                    .as("seed %d", SEED)
                    .isGreaterThan(16_000);
            assertThat(SpeechActivity.of(talk.track(voice)).activeMs(0, 20_000))
                    .as("seed %d", SEED)
                    .isBetween(11_000.0, 19_000.0);
        }
        Conversation again = Conversation.render(Conversation.Manner.TALK, 20, SEED, new Synthesizer());
        assertThat(again.track(Voice.PATIENT).samples())
                .isEqualTo(talk.track(Voice.PATIENT).samples());
        Conversation other = Conversation.render(Conversation.Manner.TALK, 20, SEED + 1, new Synthesizer());
        assertThat(other.track(Voice.PATIENT).samples())
                .isNotEqualTo(talk.track(Voice.PATIENT).samples());
    }

    @Test
    void inHalfTalkOneListens() throws Exception {
        Conversation talk = Conversation.render(Conversation.Manner.HALF_TALK, 60, SEED, new Synthesizer());
        for (Voice voice : Voice.values()) {
            assertThat(talk.speech(voice).activeMs(0, 60_000))
                    .as("seed %d", SEED)
                    .isBetween(8_000.0, 50_000.0);
        }
        for (Span span : talk.speech(Voice.PATIENT).spans()) {
            assertThat(talk.speech(Voice.DOCTOR).activeMs(span.fromMs(), span.toMs()))
                    .as("seed %d", SEED)
                    .isZero();
        }
    }

    @Test
    void aMissingSynthesiserIsNamed() {
        assertThatThrownBy(() -> new Synthesizer("no-such-program").speak(Voice.DOCTOR, "Good morning."))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("apt-get install espeak-ng");
    }

    @Test
    void theNumberSurvivesSmallPicturesAndHardCompression() throws IOException {
        for (Voice voice : Voice.values()) {
            FacePicture picture = new FacePicture(voice.look(), SEED, 640, 480);
            for (int number : new int[] {0, 1, 599, 1365, 2730, 4095}) {
                BufferedImage frame = picture.frame(number);
                for (int[] size : new int[][] {{640, 480}, {320, 240}, {160, 120}}) {
                    BufferedImage small = squeezed(scaled(frame, size[0], size[1]));
                    assertThat(FrameNumber.read(luma(small), size[0], size[1]))
                            .as("%s %d at %d", voice, number, size[0])
                            .hasValue(number);
                }
            }
        }
    }

    @Test
    void whatHoldsNoNumberHasNone() {
        assertThat(FrameNumber.read(new byte[160 * 120], 160, 120)).isEmpty();
        byte[] halves = new byte[160 * 120];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (byte) (i % 160 < 10 || i % 160 > 145 ? 255 : 0); // number 0 with a wrong check
        }
        assertThat(FrameNumber.read(halves, 160, 120)).isEmpty();
    }

    @Test
    void picturesAreTheSameForASeedAndMove() {
        FacePicture picture = new FacePicture(Voice.DOCTOR.look(), SEED, 320, 240);
        byte[] first = luma(picture.frame(30));
        assertThat(luma(new FacePicture(Voice.DOCTOR.look(), SEED, 320, 240).frame(30)))
                .isEqualTo(first);
        byte[] later = luma(picture.frame(45));
        long changed = 0;
        for (int i = 320 * 20; i < first.length; i++) {
            changed += Math.abs((first[i] & 255) - (later[i] & 255)) > 24 ? 1 : 0;
        }
        assertThat(changed).as("seed %d", SEED).isBetween(300L, 30_000L);
    }

    @Test
    void aCameraFileIsPicturesInARow(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.mjpeg");
        MjpegFile.write(file, new FacePicture(Voice.PATIENT.look(), SEED, 320, 240), 5);
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> numbers = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < bytes.length; i++) {
            // FF D9 ends a JPEG and cannot be inside one (T.81, B.1.1.5).
            if ((bytes[i - 1] & 255) == 0xFF && (bytes[i] & 255) == 0xD9) {
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes, from, i + 1 - from));
                numbers.add(FrameNumber.read(luma(image), 320, 240).orElseThrow());
                from = i + 1;
            }
        }
        assertThat(numbers).containsExactly(0, 1, 2, 3, 4);
        assertThatThrownBy(() -> MjpegFile.write(file, new FacePicture(Voice.PATIENT.look(), SEED, 32, 24), 5000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return out;
    }

    private static BufferedImage squeezed(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriteParam params = writer.getDefaultWriteParam();
        params.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        params.setCompressionQuality(0.05f);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), params);
        }
        writer.dispose();
        return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    }

    private static byte[] luma(BufferedImage image) {
        byte[] out = new byte[image.getWidth() * image.getHeight()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                out[y * image.getWidth() + x] =
                        (byte) (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255));
            }
        }
        return out;
    }
}
