package org.raabta.signaling.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionTest {
    private static byte[] sample(MediaType type) {
        return switch (type) {
            case JPEG -> Samples.jpeg(64, 48);
            case PNG -> Samples.png(64, 48);
            case WEBP -> Samples.webp();
            case OGG -> Samples.ogg("OpusHead");
            case WEBM -> Samples.webm("A_OPUS");
            case MP4 -> Samples.mp4("soun", new byte[0]);
            case WAV -> Samples.wav();
        };
    }

    private static void broken(MediaType type, byte[] bytes, boolean otherType) {
        assertThatThrownBy(() -> Inspection.inspect(type, bytes))
                .isInstanceOfSatisfying(
                        BadMediaException.class,
                        e -> assertThat(e.isOtherType()).as(e.getMessage()).isEqualTo(otherType));
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void aCleanFileIsKeptAsItIs(MediaType type) throws BadMediaException {
        byte[] bytes = sample(type);
        Inspected inspected = Inspection.inspect(type, bytes);
        assertThat(inspected.changed()).isFalse();
        assertThat(inspected.kept()).isSameAs(bytes);
        assertThat(inspected.width() > 0).isEqualTo(type.picture());
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void everyTypeIsHeldToWhatItSays(MediaType type) {
        for (MediaType other : MediaType.values()) {
            if (other != type) {
                broken(type, sample(other), true);
            }
        }
        broken(
                type,
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                        .getBytes(StandardCharsets.UTF_8),
                true);
        broken(type, new byte[0], true);
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void whatFollowsTheEndIsRefused(MediaType type) {
        broken(type, Samples.joined(sample(type), "PK\3\4 a second file".getBytes(StandardCharsets.ISO_8859_1)), false);
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void everyCutIsRefused(MediaType type) {
        byte[] whole = sample(type);
        int most = type == MediaType.WEBM ? whole.length - 40 : whole.length;
        for (int length = 0; length < most; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Inspection.inspect(type, cut))
                    .as("%s cut at %d", type, length)
                    .isInstanceOf(BadMediaException.class);
        }
    }

    @Test
    void thePlaceAPhotoWasTakenGoesAndItsOrientationStays() throws Exception {
        byte[] photo = Samples.withSegment(
                Samples.jpegWithExif(80, 60, 6), 0xfe, "made by PhoneMaker".getBytes(StandardCharsets.US_ASCII));
        Inspected inspected = Inspection.inspect(MediaType.JPEG, photo);
        assertThat(inspected.changed()).isTrue();
        String kept = new String(inspected.kept(), StandardCharsets.ISO_8859_1);
        assertThat(kept).doesNotContain("GPS").doesNotContain("PhoneMaker").contains("Exif");
        assertThat(inspected.kept()).containsSequence(1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6);
        assertThat(inspected.width()).isEqualTo(80);
        Inspected again = Inspection.inspect(MediaType.JPEG, inspected.kept());
        assertThat(again.changed()).as("what is clean stays").isFalse();
        // Lossless: the picture itself is the same.
        int pixel = ImageIO.read(new ByteArrayInputStream(inspected.kept())).getRGB(40, 30);
        assertThat(pixel)
                .isEqualTo(ImageIO.read(new ByteArrayInputStream(photo)).getRGB(40, 30));
    }

    @Test
    void anUprightPhotoKeepsNoExifAtAll() throws Exception {
        Inspected inspected = Inspection.inspect(MediaType.JPEG, Samples.jpegWithExif(80, 60, 1));
        assertThat(inspected.kept()).isEqualTo(Samples.jpeg(80, 60));
    }

    @Test
    void exifOfWebpAndTextsOfPngGo() throws Exception {
        Inspected webp = Inspection.inspect(MediaType.WEBP, Samples.webpWithExif("GPS 33.6844N"));
        assertThat(webp.changed()).isTrue();
        assertThat(new String(webp.kept(), StandardCharsets.ISO_8859_1)).doesNotContain("GPS");
        assertThat(Inspection.inspect(MediaType.WEBP, webp.kept()).changed()).isFalse();

        byte[] png = Samples.png(20, 10);
        byte[] text = Samples.pngChunk("tEXt", "Comment\0GPS 33.6844N".getBytes(StandardCharsets.ISO_8859_1));
        byte[] told = Samples.joined(Samples.slice(png, 0, 33), text, Samples.slice(png, 33, png.length));
        Inspected inspected = Inspection.inspect(MediaType.PNG, told);
        assertThat(inspected.changed()).isTrue();
        assertThat(inspected.kept()).isEqualTo(png);
    }

    @Test
    void thePlaceOfARecordingIsBlankedInItsPlace() throws Exception {
        byte[] place =
                Samples.box("udta", Samples.box("\u00a9xyz", "+33.68+073.04/".getBytes(StandardCharsets.US_ASCII)));
        byte[] file = Samples.mp4("soun", place);
        Inspected inspected = Inspection.inspect(MediaType.MP4, file);
        assertThat(inspected.changed()).isTrue();
        assertThat(inspected.kept()).hasSameSizeAs(file);
        assertThat(new String(inspected.kept(), StandardCharsets.ISO_8859_1)).doesNotContain("33.68");
        assertThat(Inspection.inspect(MediaType.MP4, inspected.kept()).changed())
                .isFalse();
    }

    @Test
    void pixelsThatNobodySentAreNotMadeRoomFor() {
        byte[] jpeg = Samples.jpeg(64, 48);
        int frame = indexOf(jpeg, 0xff, 0xc0);
        byte[] huge = jpeg.clone();
        Arrays.fill(huge, frame + 5, frame + 9, (byte) 0xff);
        broken(MediaType.JPEG, huge, false);

        byte[] png = Samples.png(20, 10);
        byte[] header = {0, 0, -1, -1, 0, 0, -1, -1, 8, 2, 0, 0, 0};
        byte[] bomb = Samples.joined(
                Samples.slice(png, 0, 8), Samples.pngChunk("IHDR", header), Samples.slice(png, 33, png.length));
        broken(MediaType.PNG, bomb, false);

        byte[] webp = Samples.webp();
        int start = indexOf(webp, 0x9d, 0x01);
        Arrays.fill(webp, start + 3, start + 7, (byte) 0xff);
        broken(MediaType.WEBP, webp, false);
    }

    @Test
    void aPictureWithoutItsDataIsRefused() {
        byte[] png = Samples.png(20, 10);
        byte[] empty = Samples.joined(
                Samples.slice(png, 0, 33),
                Samples.pngChunk("IDAT", new byte[0]),
                Samples.pngChunk("IEND", new byte[0]));
        broken(MediaType.PNG, empty, false);
    }

    @Test
    void aScanBombIsRefused() {
        byte[] jpeg = Samples.jpeg(64, 48);
        int scan = indexOf(jpeg, 0xff, 0xda);
        byte[] bomb = Samples.slice(jpeg, 0, jpeg.length - 2);
        byte[] scans = Samples.slice(jpeg, scan, jpeg.length - 2);
        for (int i = 0; i < 40; i++) {
            bomb = Samples.joined(bomb, scans);
        }
        broken(MediaType.JPEG, Samples.joined(bomb, new byte[] {-1, (byte) 0xd9}), false);
    }

    @Test
    void picturesInRecordingsAreRefused() {
        broken(MediaType.MP4, Samples.mp4("vide", new byte[0]), false);
        broken(MediaType.WEBM, Samples.webm("V_VP8 "), false);
        broken(MediaType.OGG, Samples.ogg("VorbisHd"), false);
        byte[] ogg = Samples.ogg("OpusHead");
        ogg[ogg.length - 1] ^= 1;
        broken(MediaType.OGG, ogg, false);
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if ((bytes[i] & 0xff) == first && (bytes[i + 1] & 0xff) == second) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
