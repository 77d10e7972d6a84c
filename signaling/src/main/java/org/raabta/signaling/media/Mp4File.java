package org.raabta.signaling.media;

import java.util.Arrays;
import java.util.Set;

/**
 * Sound alone in an ISO base media file (ISO/IEC 14496-12), box by box to the very end. User data (where recorders write the place)
 * is blanked in its place, so that no offset in the file changes.
 */
final class Mp4File {
    private static final Set<String> TOP =
            Set.of("ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "sidx", "mfra");
    private static final Set<String> FOLDERS = Set.of("moov", "trak", "mdia", "minf", "stbl", "mvex");
    private static final Set<String> BLANKED = Set.of("udta", "meta", "uuid");
    private static final int MOST_DEPTH = 6;

    private final Bytes in;
    private byte[] out;
    private boolean changed;
    private int sounds;
    private boolean samples;

    private Mp4File(byte[] bytes) {
        this.in = new Bytes(bytes);
        this.out = bytes;
    }

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        Mp4File file = new Mp4File(bytes);
        if (!file.in.is(4, "ftyp")) {
            throw BadMediaException.otherType("this is no MP4 recording");
        }
        file.boxes(0, bytes.length, 0);
        if (file.sounds != 1 || !file.samples) {
            throw BadMediaException.broken("the recording has not one track of sound");
        }
        return new Inspected(file.out, file.changed, 0, 0);
    }

    private void boxes(int from, int end, int depth) throws BadMediaException {
        int at = from;
        while (at < end) {
            int header = 8;
            long size = in.u32(at);
            String name = in.ascii(at + 4, 4);
            if (size == 1) {
                header = 16;
                size = in.u32(at + 8) == 0 ? in.u32(at + 12) : -1;
            } else if (size == 0 && depth == 0) {
                size = (long) end - at;
            }
            if (size < header || size > end - at) {
                throw BadMediaException.broken("the recording is broken, or something follows its end");
            }
            if (depth == 0 && !TOP.contains(name)) {
                throw BadMediaException.broken("the recording has a part that nobody plays");
            }
            box(name, at, at + header, at + (int) size, depth);
            at += (int) size;
        }
    }

    private void box(String name, int at, int body, int end, int depth) throws BadMediaException {
        if (BLANKED.contains(name)) {
            blank(at, body, end);
        } else if (name.equals("free") || name.equals("skip")) {
            blankIfFull(body, end);
        } else if (FOLDERS.contains(name)) {
            if (depth >= MOST_DEPTH) {
                throw BadMediaException.broken("the recording is broken: boxes in boxes");
            }
            boxes(body, end, depth + 1);
        } else if (name.equals("hdlr")) {
            if (end - body < 12 || !in.is(body + 8, "soun")) {
                throw BadMediaException.broken("the recording is not sound alone");
            }
            sounds++;
        } else if (name.equals("stsd")) {
            if (end - body < 16 || in.u32(body + 4) != 1 || !(in.is(body + 12, "mp4a") || in.is(body + 12, "Opus"))) {
                throw BadMediaException.broken("the recording is neither AAC nor Opus");
            }
        } else if (name.equals("mdat")) {
            samples |= end > body;
        }
    }

    private void blank(int at, int body, int end) {
        own();
        out[at + 4] = 'f';
        out[at + 5] = 'r';
        out[at + 6] = 'e';
        out[at + 7] = 'e';
        Arrays.fill(out, body, end, (byte) 0);
    }

    /** Free space is for nobody; what stands in it goes. */
    private void blankIfFull(int body, int end) {
        for (int i = body; i < end; i++) {
            if (out[i] != 0) {
                own();
                Arrays.fill(out, body, end, (byte) 0);
                return;
            }
        }
    }

    private void own() {
        out = changed ? out : in.array().clone();
        changed = true;
    }
}
