package org.raabta.signaling.media;

/** The front door: bytes in, what is kept of them out. Blocks for as long as a picture takes to decode. */
public final class Inspection {
    private Inspection() {}

    /** @param said what the uploader calls it: it is held to that */
    public static Inspected inspect(MediaType said, byte[] bytes) throws BadMediaException {
        Inspected inspected = walk(said, bytes);
        if (said.picture()) {
            PictureDecoder.check(said, inspected.kept());
        }
        return inspected;
    }

    /** The structure alone, without decoding. */
    static Inspected walk(MediaType said, byte[] bytes) throws BadMediaException {
        return switch (said) {
            case JPEG -> JpegFile.inspect(bytes);
            case PNG -> PngFile.inspect(bytes);
            case WEBP -> WebpFile.inspect(bytes);
            case OGG -> OggFile.inspect(bytes);
            case WEBM -> WebmFile.inspect(bytes);
            case MP4 -> Mp4File.inspect(bytes);
            case WAV -> WavFile.inspect(bytes);
        };
    }
}
