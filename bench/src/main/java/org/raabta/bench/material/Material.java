package org.raabta.bench.material;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The files that stand for both people's microphones (WAV, 48 kHz mono) and cameras (MJPEG, 640x480, 30 pictures/s). */
public final class Material {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    /** The picture begins again after this; long enough that no two pictures of one number are ever under way together. */
    private static final int PICTURE_SECONDS = 20;

    private final Map<Voice, Path> microphones;
    private final Map<Voice, Path> cameras;
    private final Conversation conversation;

    private Material(Map<Voice, Path> microphones, Map<Voice, Path> cameras, Conversation conversation) {
        this.microphones = microphones;
        this.cameras = cameras;
        this.conversation = conversation;
    }

    /** Writes all four files into {@code directory}; the same arguments give the same sound and pictures. */
    public static Material prepare(Path directory, Conversation.Manner manner, int seconds, long seed)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Conversation conversation = Conversation.render(manner, seconds, seed, new Synthesizer());
        Map<Voice, Path> microphones = new EnumMap<>(Voice.class);
        Map<Voice, Path> cameras = new EnumMap<>(Voice.class);
        for (Voice voice : Voice.values()) {
            String name = voice == Voice.PATIENT ? "patient" : "doctor";
            Path microphone = directory.resolve(name + ".wav");
            WavFile.write(microphone, conversation.track(voice));
            microphones.put(voice, microphone);
            Path camera = directory.resolve(name + ".mjpeg");
            FacePicture picture = new FacePicture(voice.look(), voice.seed(seed), WIDTH, HEIGHT);
            MjpegFile.write(camera, picture, PICTURE_SECONDS * FacePicture.RATE_HZ);
            cameras.put(voice, camera);
        }
        return new Material(microphones, cameras, conversation);
    }

    public Path microphone(Voice voice) {
        return Objects.requireNonNull(microphones.get(voice));
    }

    public Path camera(Voice voice) {
        return Objects.requireNonNull(cameras.get(voice));
    }

    public Conversation conversation() {
        return conversation;
    }
}
