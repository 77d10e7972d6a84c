package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A view of a redundant audio payload (RFC 2198, section 3) over a borrowed buffer. */
public final class RedPayload {
    /** More blocks than this are not sent by anybody and are refused. */
    private static final int MAX_BLOCKS = 16;

    /** What one copy adds to a plain payload, but for its data. */
    public static final int HEAD_BYTES = 5;

    /** The most that the fields of a copy hold: 14 bits and 10 bits. */
    public static final int MAX_COPY_OFFSET = (1 << 14) - 1;

    public static final int MAX_COPY_BYTES = (1 << 10) - 1;

    private final int start;
    private final int blocks;
    private final int primaryIndex;
    private final int primaryLength;

    private RedPayload(int start, int blocks, int primaryIndex, int primaryLength) {
        this.start = start;
        this.blocks = blocks;
        this.primaryIndex = primaryIndex;
        this.primaryLength = primaryLength;
    }

    /** The payload of {@code length} bytes at absolute {@code index}, or null if its blocks do not fit or are not of {@code blockType}. */
    public static @Nullable RedPayload tryParse(ByteBuf buf, int index, int length, int blockType) {
        int end = index + length;
        int at = index;
        int blocks = 1;
        int redundantBytes = 0;
        while (at < end && (buf.getByte(at) & 0x80) != 0) {
            if (end - at < 4 || (buf.getByte(at) & 0x7F) != blockType || blocks == MAX_BLOCKS) {
                return null;
            }
            redundantBytes += buf.getUnsignedShort(at + 2) & 0x03FF;
            at += 4;
            blocks++;
        }
        if (at >= end || (buf.getByte(at) & 0x7F) != blockType || redundantBytes > end - at - 1) {
            return null;
        }
        int primaryIndex = at + 1 + redundantBytes;
        return new RedPayload(index, blocks, primaryIndex, end - primaryIndex);
    }

    /** Blocks in the payload, the primary one included. */
    public int blocks() {
        return blocks;
    }

    /** Absolute index of the first (oldest) copy's data; the others follow it in order. */
    public int copiesIndex() {
        return start + 4 * (blocks - 1) + 1;
    }

    /** Length of copy {@code copy}, from 0, which is the oldest. {@code buf} is the buffer this view was made of. */
    public int copyLength(ByteBuf buf, int copy) {
        return buf.getUnsignedShort(start + 4 * copy + 2) & 0x03FF;
    }

    /** How much older than the packet copy {@code copy} is, in timestamp ticks. */
    public int copyOffset(ByteBuf buf, int copy) {
        return buf.getUnsignedShort(start + 4 * copy + 1) >> 2;
    }

    /** Appends the head of a payload with one copy: its data and then the primary block's follow. */
    public static void writeHead(ByteBuf out, int blockType, int copyOffset, int copyLength) {
        out.writeByte(0x80 | blockType);
        out.writeMedium(copyOffset << 10 | copyLength);
        out.writeByte(blockType);
    }

    /** Absolute index of the primary (newest) block's data. */
    public int primaryIndex() {
        return primaryIndex;
    }

    public int primaryLength() {
        return primaryLength;
    }

    /** Gives every block another payload type, in a copy of the payload that starts at {@code copyIndex} of {@code copy}. */
    public void retype(ByteBuf copy, int copyIndex, int blockType) {
        for (int block = 0; block < blocks; block++) {
            int at = copyIndex + 4 * block;
            copy.setByte(at, (copy.getByte(at) & 0x80) | (blockType & 0x7F));
        }
    }

    /** Absolute index of the payload this view was made of. */
    public int index() {
        return start;
    }
}
