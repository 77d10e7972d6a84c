package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.rtp.SequenceNumbers;

/** Copies of the last video packets sent to one receiver, for retransmission; bounded in bytes and in packets. */
final class PacketHistory {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_PACKETS = 1024;
    static final int MAX_RESENDS = 4;

    /**
     * A kept packet.
     *
     * @param sequence unwrapped, as sent to the receiver
     * @param offset   of the payload in the ring
     */
    record Kept(long sequence, int timestamp, boolean marker, int offset, int length) {}

    private static final class Entry {
        private Kept packet;
        /** Position in the endless stream of kept bytes. */
        private long position;

        private int resends;
        private long resentNanos;

        private Entry(Kept packet) {
            this.packet = packet;
        }
    }

    /** Made when the first packet comes: most calls never have video in every direction. */
    private byte @Nullable [] ring;

    private final @Nullable Entry[] entries = new Entry[MAX_PACKETS];
    private long written;

    /** Copies {@code length} bytes at absolute {@code index}; a packet too large for the ring is not kept. */
    void add(long sequence, int timestamp, boolean marker, ByteBuf buf, int index, int length) {
        if (length > MAX_BYTES) {
            return;
        }
        byte[] bytes = ring == null ? new byte[MAX_BYTES] : ring;
        ring = bytes;
        int offset = (int) (written % MAX_BYTES);
        if (offset + length > MAX_BYTES) {
            written += MAX_BYTES - offset;
            offset = 0;
        }
        buf.getBytes(index, bytes, offset, length);
        Entry entry = entry(sequence);
        if (entry == null) {
            entry = new Entry(new Kept(sequence, timestamp, marker, offset, length));
            entries[cell(sequence)] = entry;
        } else {
            entry.packet = new Kept(sequence, timestamp, marker, offset, length);
            entry.resends = 0;
        }
        entry.position = written;
        written += length;
    }

    /** The packet with this wire number near {@code highest}, whether or not it may be sent again; null if it is gone. */
    @Nullable
    Kept find(int sequence, long highest) {
        long unwrapped = SequenceNumbers.nearest(sequence, highest);
        Entry entry = entry(unwrapped);
        boolean there = entry != null && entry.packet.sequence() == unwrapped && written - entry.position <= MAX_BYTES;
        return there && entry != null ? entry.packet : null;
    }

    /** Whether {@code kept} may be sent again now; it counts as sent then. */
    boolean mayResend(Kept kept, long nowNanos, long rttNanos) {
        Entry entry = entry(kept.sequence());
        if (entry == null
                || entry.resends == MAX_RESENDS
                || (entry.resends > 0 && nowNanos - entry.resentNanos < rttNanos)) {
            return false;
        }
        entry.resends++;
        entry.resentNanos = nowNanos;
        return true;
    }

    /** Appends the payload. */
    void copyTo(Kept kept, ByteBuf out) {
        if (ring != null) {
            out.writeBytes(ring, kept.offset(), kept.length());
        }
    }

    private @Nullable Entry entry(long sequence) {
        return entries[cell(sequence)];
    }

    private static int cell(long sequence) {
        return Math.floorMod(sequence, MAX_PACKETS);
    }
}
