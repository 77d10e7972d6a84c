package org.raabta.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebpFileTest {
    private static byte[] frame(int length) {
        byte[] frame = new byte[length];
        byte[] header = {0x10, 0, 0, (byte) 0x9d, 0x01, 0x2a, 64, 0x01, (byte) 240, 0};
        System.arraycopy(header, 0, frame, 0, Math.min(length, header.length));
        return frame;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101})
    void aHeaderOfTwentyBytesGoesInFrontAndTheLengthIsEven(int length) {
        byte[] frame = frame(length);
        byte[] bytes = WebpFile.of(frame);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes).hasSize(20 + length + length % 2);
        assertThat(text(bytes, 0)).isEqualTo("RIFF");
        assertThat(file.getInt(4)).isEqualTo(bytes.length - 8);
        assertThat(text(bytes, 8)).isEqualTo("WEBP");
        assertThat(text(bytes, 12)).isEqualTo("VP8 ");
        assertThat(file.getInt(16)).isEqualTo(length);
        assertThat(Arrays.copyOfRange(bytes, 20, 20 + length)).isEqualTo(frame);
    }

    @Test
    void theSizeStandsInTheFrame() {
        assertThat(WebpFile.size(frame(50))).isEqualTo(new WebpFile.Size(320, 240));
    }

    /** Not a key frame, not to be shown, of a version that is none, of another start code, cut off, without width or height. */
    @ParameterizedTest
    @CsvSource({"0, 0x11", "0, 0x00", "0, 0x18", "3, 0x9c", "1, 0x10", "7, 0", "8, 0"})
    void whatCannotBeAPictureIsNone(int at, String value) {
        byte[] frame = frame(50);
        frame[at] = (byte) (int) Integer.decode(value);
        frame[6] = at == 7 ? 0 : frame[6];
        assertThat(WebpFile.size(frame)).isNull();
    }

    @Test
    void aHeaderAloneIsNone() {
        assertThat(WebpFile.size(frame(10))).isNull();
        assertThat(WebpFile.size(new byte[0])).isNull();
    }

    private static String text(byte[] file, int at) {
        return new String(file, at, 4, StandardCharsets.US_ASCII);
    }
}
