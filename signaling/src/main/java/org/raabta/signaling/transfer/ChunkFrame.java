package org.raabta.signaling.transfer;

import java.util.Arrays;

/**
 * A binary frame (docs/protocol.md, "Binary frames"): a chunk of an item, or the word that everything below an offset is kept.
 *
 * @param number which transfer of the socket, 1 to 127
 * @param bytes  of the item; none in an acknowledgement
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked of it
public record ChunkFrame(int number, boolean acknowledges, int offset, byte[] bytes) {
    public static final int HEADER_BYTES = 4;
    /** Chunks of a page are meant to be 400 at most; what a frame may carry at all. */
    public static final int MOST_BYTES = 1400;

    public static final int MOST_NUMBER = 127;
    /** Three bytes of offset. */
    public static final int MOST_OFFSET = (1 << 24) - 1;

    private static final int ACKNOWLEDGES = 0x80;

    public static ChunkFrame acknowledgement(int number, int offset) {
        return new ChunkFrame(number, true, offset, new byte[0]);
    }

    public static ChunkFrame parse(byte[] frame) throws BadFrameException {
        if (frame.length < HEADER_BYTES || frame.length > HEADER_BYTES + MOST_BYTES) {
            throw new BadFrameException("a binary frame has 4 bytes and at most " + MOST_BYTES + " more");
        }
        int number = frame[0] & ~ACKNOWLEDGES & 0xff;
        boolean acknowledges = (frame[0] & ACKNOWLEDGES) != 0;
        int offset = ((frame[1] & 0xff) << 16) | ((frame[2] & 0xff) << 8) | (frame[3] & 0xff);
        if (number == 0) {
            throw new BadFrameException("transfer numbers begin at 1");
        }
        if (acknowledges != (frame.length == HEADER_BYTES)) {
            throw new BadFrameException("a chunk has bytes, an acknowledgement has none");
        }
        return new ChunkFrame(number, acknowledges, offset, Arrays.copyOfRange(frame, HEADER_BYTES, frame.length));
    }

    public byte[] write() {
        byte[] frame = new byte[HEADER_BYTES + bytes.length];
        frame[0] = (byte) (number | (acknowledges ? ACKNOWLEDGES : 0));
        frame[1] = (byte) (offset >> 16);
        frame[2] = (byte) (offset >> 8);
        frame[3] = (byte) offset;
        System.arraycopy(bytes, 0, frame, HEADER_BYTES, bytes.length);
        return frame;
    }
}
