package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The payload descriptor of VP8 (RFC 7741, section 4.2) and the first bit of the frame header behind it.
 *
 * @param startOfFrame    first packet of a frame (S = 1, PID = 0)
 * @param keyFrame        first packet of a key frame
 * @param pictureId       picture id, or -1
 * @param pictureIdOffset where it stands, from the start of the payload
 * @param longPictureId   15 bits and not 7
 * @param tl0PicIdx       index of the base layer picture, or -1
 * @param tl0Offset       where it stands, from the start of the payload
 */
public record Vp8Descriptor(
        boolean startOfFrame,
        boolean keyFrame,
        int pictureId,
        int pictureIdOffset,
        boolean longPictureId,
        int tl0PicIdx,
        int tl0Offset) {

    /** The descriptor of the payload of {@code length} bytes at absolute {@code index}, or null if it does not fit. */
    public static @Nullable Vp8Descriptor tryParse(ByteBuf buf, int index, int length) {
        if (length < 2) {
            return null; // a descriptor and at least one byte of VP8
        }
        int first = buf.getByte(index);
        boolean startOfFrame = (first & 0x10) != 0 && (first & 0x07) == 0;
        int at = 1;
        int pictureId = -1;
        int pictureIdOffset = 0;
        boolean longPictureId = false;
        int tl0 = -1;
        int tl0Offset = 0;
        if ((first & 0x80) != 0) {
            int extended = buf.getByte(index + at++);
            if ((extended & 0x80) != 0) {
                if (at >= length) {
                    return null;
                }
                pictureIdOffset = at;
                pictureId = buf.getByte(index + at++) & 0x7F;
                longPictureId = (buf.getByte(index + pictureIdOffset) & 0x80) != 0;
                if (longPictureId) {
                    if (at >= length) {
                        return null;
                    }
                    pictureId = pictureId << 8 | buf.getUnsignedByte(index + at++);
                }
            }
            if ((extended & 0x40) != 0) {
                if (at >= length) {
                    return null;
                }
                tl0Offset = at;
                tl0 = buf.getUnsignedByte(index + at++);
            }
            if ((extended & 0x30) != 0) {
                at++; // TID, Y, KEYIDX
            }
        }
        if (at >= length) {
            return null;
        }
        boolean keyFrame = startOfFrame && (buf.getByte(index + at) & 0x01) == 0; // P bit, RFC 7741, section 4.3
        return new Vp8Descriptor(startOfFrame, keyFrame, pictureId, pictureIdOffset, longPictureId, tl0, tl0Offset);
    }

    /** How long the descriptor at {@code index} is, or -1 if nothing of {@code length} bytes would be left behind it. */
    public static int headerBytes(ByteBuf buf, int index, int length) {
        int at = 1;
        if (length >= 2 && (buf.getByte(index) & 0x80) != 0) {
            int extended = buf.getByte(index + at++);
            if ((extended & 0x80) != 0) {
                at += at < length && (buf.getByte(index + at) & 0x80) != 0 ? 2 : 1;
            }
            at += (extended & 0x40) != 0 ? 1 : 0;
            at += (extended & 0x30) != 0 ? 1 : 0;
        }
        return at < length ? at : -1;
    }

    /** Writes another picture id, of the same length, into a copy of the payload that starts at {@code copyIndex}. */
    public void writePictureId(ByteBuf copy, int copyIndex, int value) {
        int at = copyIndex + pictureIdOffset;
        if (longPictureId) {
            copy.setShort(at, 0x8000 | (value & 0x7FFF));
        } else if (pictureId >= 0) {
            copy.setByte(at, value & 0x7F);
        }
    }

    /** Writes another TL0PICIDX, if there is one. */
    public void writeTl0PicIdx(ByteBuf copy, int copyIndex, int value) {
        if (tl0PicIdx >= 0) {
            copy.setByte(copyIndex + tl0Offset, value);
        }
    }
}
