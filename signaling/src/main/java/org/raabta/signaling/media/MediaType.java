package org.raabta.signaling.media;

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

    public static Optional<MediaType> ofLabel(String label) {
        for (MediaType type : values()) {
            if (type.label.equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
