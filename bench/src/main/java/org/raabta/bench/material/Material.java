package org.raabta.bench.material;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.raabta.bench.run.Programs;
import org.raabta.bench.score.Recording;
import org.raabta.bench.score.Resampler;

/** The files that stand for both people's microphones (WAV, 48 kHz mono) and cameras (MJPEG, 640x480, 30 pictures/s). */
public final class Material {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    /** The picture begins again after this; long enough that no two pictures of one number are ever under way together. */
    private static final int PICTURE_SECONDS = 20;
    /** Some ten minutes' runs of several seeds. */
    private static final long MOST_CACHED_BYTES = 2_000_000_000L;

    private static final String PHOTO_NAME = "photo.jpg";

    private final Path directory;

    private Material(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes all files into {@code directory}; the same arguments give the same sound and pictures. They are the run's
     * own: it may overwrite them.
     *
     * @param cached where they are kept for the next run with the same arguments
     */
    public static Material prepare(Path directory, Path cached, Conversation.Manner manner, int seconds, long seed)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        MaterialCache cache = new MaterialCache(cached, MOST_CACHED_BYTES);
        cache.fill(directory, speech(manner, seconds, seed), into -> {
            Conversation conversation = Conversation.render(manner, seconds, seed, new Synthesizer());
            for (Voice voice : Voice.values()) {
                WavFile.write(into.resolve(microphoneName(voice)), conversation.track(voice));
            }
        });
        for (Voice voice : Voice.values()) {
            cache.fill(directory, pictures(voice, seed), into -> {
                FacePicture picture = new FacePicture(voice.look(), voice.seed(seed), WIDTH, HEIGHT);
                MjpegFile.write(into.resolve(cameraName(voice)), picture, PICTURE_SECONDS * FacePicture.RATE_HZ);
            });
        }
        PhonePhoto.write(directory.resolve(PHOTO_NAME), seed);
        return new Material(directory);
    }

    private static String speech(Conversation.Manner manner, int seconds, long seed)
            throws IOException, InterruptedException {
        Recipe recipe = new Recipe("speech")
                .with(Programs.firstLine("espeak-ng", "--version"))
                .with(manner)
                .with(seconds)
                .with(seed);
        for (Voice voice : Voice.values()) {
            recipe.with(voice.espeakName()).with(voice.wordsPerMinute()).with(voice.sentences());
        }
        for (Class<?> code : List.of(
                Material.class,
                Conversation.class,
                Synthesizer.class,
                Voice.class,
                WavFile.class,
                Recording.class,
                Resampler.class)) {
            recipe.madeBy(code);
        }
        return recipe.key();
    }

    private static String pictures(Voice voice, long seed) throws IOException {
        return new Recipe("pictures")
                .with(voice.look())
                .with(voice.seed(seed))
                .with(cameraName(voice))
                .madeBy(Material.class)
                .madeBy(FacePicture.class)
                .madeBy(FrameNumber.class)
                .madeBy(MjpegFile.class)
                .key();
    }

    private static String microphoneName(Voice voice) {
        return voice.name().toLowerCase(Locale.ROOT) + ".wav";
    }

    private static String cameraName(Voice voice) {
        return voice.name().toLowerCase(Locale.ROOT) + ".mjpeg";
    }

    public Path microphone(Voice voice) {
        return directory.resolve(microphoneName(voice));
    }

    /** What the patient's phone takes when a photo is asked for. */
    public Path photo() {
        return directory.resolve(PHOTO_NAME);
    }

    public Path camera(Voice voice) {
        return directory.resolve(cameraName(voice));
    }
}
