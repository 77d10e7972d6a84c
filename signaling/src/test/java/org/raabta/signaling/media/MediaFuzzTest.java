package org.raabta.signaling.media;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Any bytes are a file of the type that is asked for or a BadMediaException; what is kept of one is clean. */
class MediaFuzzTest {
    @FuzzTest
    void jpeg(byte[] bytes) {
        walk(MediaType.JPEG, bytes);
    }

    @FuzzTest
    void png(byte[] bytes) {
        walk(MediaType.PNG, bytes);
    }

    @FuzzTest
    void webp(byte[] bytes) {
        walk(MediaType.WEBP, bytes);
    }

    @FuzzTest
    void ogg(byte[] bytes) {
        walk(MediaType.OGG, bytes);
    }

    @FuzzTest
    void webm(byte[] bytes) {
        walk(MediaType.WEBM, bytes);
    }

    @FuzzTest
    void mp4(byte[] bytes) {
        walk(MediaType.MP4, bytes);
    }

    @FuzzTest
    void wav(byte[] bytes) {
        walk(MediaType.WAV, bytes);
    }

    /** With the decoders behind it: whatever they throw is a refusal. */
    @FuzzTest
    void decoded(byte[] bytes) {
        for (MediaType type : new MediaType[] {MediaType.JPEG, MediaType.PNG, MediaType.WEBP}) {
            try {
                Inspection.inspect(type, bytes);
            } catch (BadMediaException e) {
                said(e);
            }
        }
    }

    private static void walk(MediaType type, byte[] bytes) {
        byte[] before = bytes.clone();
        try {
            Inspected inspected = Inspection.walk(type, bytes);
            if (inspected.changed() == (inspected.kept() == bytes)) {
                throw new AssertionError("what is clean is kept as it is, what is not is a copy");
            }
            if (inspected.changed() && Inspection.walk(type, inspected.kept()).changed()) {
                throw new AssertionError("what was taken out is out");
            }
        } catch (BadMediaException e) {
            said(e);
        }
        if (!Arrays.equals(before, bytes)) {
            throw new AssertionError("what was sent is not changed in its place");
        }
    }

    private static void said(BadMediaException e) {
        if (e.getMessage() == null || e.getMessage().length() > 100) {
            throw new AssertionError("a refusal says why, in a line");
        }
    }
}
