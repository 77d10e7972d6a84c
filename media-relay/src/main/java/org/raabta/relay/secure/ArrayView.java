package org.raabta.relay.secure;

import io.netty.buffer.ByteBuf;
import org.jitsi.utils.ByteArrayBuffer;

/** Shows a Netty buffer's array to the SRTP library, without a copy; reused for every packet of a session. */
final class ArrayView implements ByteArrayBuffer {
    private byte[] array = new byte[0];
    private int offset;
    private int length;

    void wrap(ByteBuf packet) {
        array = packet.array();
        offset = packet.arrayOffset() + packet.readerIndex();
        length = packet.readableBytes();
    }

    /** Gives {@code packet} the length that the library left. */
    void unwrap(ByteBuf packet) {
        packet.setIndex(offset - packet.arrayOffset(), offset - packet.arrayOffset() + length);
    }

    @Override
    public byte[] getBuffer() {
        return array;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int newOffset) {
        offset = newOffset;
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int from, int bytes, byte[] into) {
        System.arraycopy(array, offset + from, into, 0, bytes);
    }

    @Override
    public void grow(int bytes) {
        if (offset + length + bytes > array.length) {
            throw new IllegalStateException("an outgoing packet without room for what SRTP appends");
        }
    }

    @Override
    public void append(byte[] data, int bytes) {
        grow(bytes);
        System.arraycopy(data, 0, array, offset + length, bytes);
        length += bytes;
    }

    @Override
    public void shrink(int bytes) {
        length = Math.max(0, length - bytes);
    }
}
