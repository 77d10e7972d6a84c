package org.raabta.signaling.media;

/** A RIFF WAVE file with nothing but its format and its samples: PCM, A-law or u-law, as our pages write it. */
final class WavFile {
    private static final int PCM = 1;
    private static final int A_LAW = 6;
    private static final int U_LAW = 7;

    private WavFile() {}

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        Bytes in = new Bytes(bytes);
        if (!in.is(0, "RIFF") || !in.is(8, "WAVE")) {
            throw BadMediaException.otherType("this is no WAV recording");
        }
        if (in.u32le(4) != bytes.length - 8) {
            throw BadMediaException.broken("the recording is cut off, or something follows its end");
        }
        boolean format = false;
        boolean data = false;
        int at = 12;
        while (at < bytes.length) {
            in.need(at, 8);
            long size = in.u32le(at + 4);
            long padded = size + (size & 1);
            in.need(at + 8, padded);
            switch (in.ascii(at, 4)) {
                case "fmt " -> {
                    format(in, at + 8);
                    format = true;
                }
                case "data" -> data |= size > 0;
                case "fact" -> {}
                default -> throw BadMediaException.broken("the recording has a part that nobody plays");
            }
            at += 8 + (int) padded;
        }
        if (!format || !data) {
            throw BadMediaException.broken("the recording is empty");
        }
        return new Inspected(bytes, false, 0, 0);
    }

    private static void format(Bytes in, int at) throws BadMediaException {
        int codec = in.u16le(at);
        int channels = in.u16le(at + 2);
        long rate = in.u32le(at + 4);
        boolean known = codec == PCM || codec == A_LAW || codec == U_LAW;
        if (!known || channels < 1 || channels > 2 || rate < 4_000 || rate > 96_000) {
            throw BadMediaException.broken("the recording is in a format that browsers do not play");
        }
    }
}
