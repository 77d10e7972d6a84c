package org.raabta.signaling.media;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What is taken, by its media type without parameters. */
public enum MediaType {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    OGG("audio/ogg", "ogg"),
    WEBM("audio/webm", "webm"),
    MP4("audio/mp4", "m4a"),
    WAV("audio/wav", "wav");

    private final String label;
    private final String suffix;

    MediaType(String label, String suffix) {
        this.label = label;
        this.suffix = suffix;
    }

    public String label() {
        return label;
    }

    /** Of file names. */
    public String suffix() {
        return suffix;
    }

    public boolean picture() {
        return label.startsWith("image/");
    }

    /** What kind of picture begins like this; whether it is one is said by {@link Inspection}. */
    public static Optional<MediaType> pictureOf(byte[] bytes) {
        if (bytes.length >= 3 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8) {
            return Optional.of(JPEG);
        }
        String head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return Optional.of(PNG);
        }
        return head.startsWith("RIFF") && head.endsWith("WEBP") ? Optional.of(WEBP) : Optional.empty();
    }

    public static Optional<MediaType> ofLabel(String label) {
        for (MediaType type : values()) {
            if (type.label.equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
