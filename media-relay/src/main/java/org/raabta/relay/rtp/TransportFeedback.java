package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1): which of a run of packets
 * arrived, and when. Times are ticks of 250 microseconds on the receiver's clock.
 */
public final class TransportFeedback implements RtcpMessage {
    /** Length of a tick. */
    public static final long TICK_NANOS = 250_000;

    /** The most packets one message speaks of, ours and theirs: bounds what a few bytes can make us allocate. */
    public static final int MAX_PACKETS = 4096;

    static final int FORMAT = 15;
    static final int NOT_RECEIVED = Integer.MIN_VALUE;

    /** The reference time counts in units of 64 ms. */
    private static final int TICKS_PER_REFERENCE = 256;

    private static final int FIXED_BODY_BYTES = 16;

    private final int senderSsrc;
    private final int mediaSsrc;
    private final int baseSequence;
    private final int referenceTime;
    private final int feedbackCount;
    /** Per packet from the base on: ticks since the packet that arrived before it in this list, or NOT_RECEIVED. */
    private final int[] deltas;

    private TransportFeedback(
            int senderSsrc, int mediaSsrc, int baseSequence, int referenceTime, int feedbackCount, int[] deltas) {
        this.senderSsrc = senderSsrc;
        this.mediaSsrc = mediaSsrc;
        this.baseSequence = baseSequence;
        this.referenceTime = referenceTime;
        this.feedbackCount = feedbackCount;
        this.deltas = deltas;
    }

    public int senderSsrc() {
        return senderSsrc;
    }

    public int mediaSsrc() {
        return mediaSsrc;
    }

    /** Transport-wide sequence number of packet 0. */
    public int baseSequence() {
        return baseSequence;
    }

    /** Counts messages, modulo 256. */
    public int feedbackCount() {
        return feedbackCount;
    }

    /** Packets this message speaks of, received or not. */
    public int packets() {
        return deltas.length;
    }

    public boolean received(int packet) {
        return deltas[packet] != NOT_RECEIVED;
    }

    /** The receiver's clock, in ticks, when the first received packet of the list came, less {@link #delta} of it; wraps at 2^32. */
    public long referenceTicks() {
        return (long) referenceTime * TICKS_PER_REFERENCE;
    }

    /** Ticks between this received packet and the received one before it (for the first: since the reference time). */
    public int delta(int packet) {
        return deltas[packet];
    }

    // ---- parsing

    static @Nullable TransportFeedback parse(RtcpSpan span) {
        if (span.length() < FIXED_BODY_BYTES) {
            return null;
        }
        int count = span.intAt(8) & 0xFFFF;
        if (count == 0 || count > MAX_PACKETS) {
            return null;
        }
        int[] deltas = new int[count];
        int deltasAt = parseStatuses(span, deltas);
        if (deltasAt < 0 || !parseDeltas(span, deltasAt, deltas)) {
            return null;
        }
        int word = span.intAt(12);
        return new TransportFeedback(
                span.intAt(0), span.intAt(4), span.intAt(8) >>> 16, word >>> 8, word & 0xFF, deltas);
    }

    /** Fills {@code statuses} with symbols 0 to 2; returns where the deltas begin, or -1. */
    private static int parseStatuses(RtcpSpan span, int[] statuses) {
        int at = span.start() + FIXED_BODY_BYTES;
        int filled = 0;
        while (filled < statuses.length) {
            if (span.end() - at < 2) {
                return -1;
            }
            int chunk = span.buf().getUnsignedShort(at);
            at += 2;
            if ((chunk & 0x8000) == 0) { // run length
                int run = Math.min(chunk & 0x1FFF, statuses.length - filled);
                if (run == 0) {
                    return -1;
                }
                Arrays.fill(statuses, filled, filled + run, chunk >> 13 & 3);
                filled += run;
            } else {
                int bits = (chunk & 0x4000) == 0 ? 1 : 2;
                for (int shift = 14 - bits; shift >= 0 && filled < statuses.length; shift -= bits) {
                    statuses[filled++] = chunk >> shift & ((1 << bits) - 1);
                }
            }
        }
        return at;
    }

    /** Replaces symbols with deltas; false if they do not fit or a symbol is reserved. */
    private static boolean parseDeltas(RtcpSpan span, int start, int[] symbols) {
        int at = start;
        for (int i = 0; i < symbols.length; i++) {
            int symbol = symbols[i];
            if (symbol > 2 || span.end() - at < symbol) {
                return false;
            }
            symbols[i] = switch (symbol) {
                case 0 -> NOT_RECEIVED;
                case 1 -> span.buf().getUnsignedByte(at);
                default -> span.buf().getShort(at);
            };
            at += symbol;
        }
        return true;
    }

    // ---- writing

    @Override
    public int length() {
        int unpadded = RtcpSpan.HEADER_BYTES + FIXED_BODY_BYTES + 2 * writeChunks(null) + deltaBytes();
        return (unpadded + 3) / 4 * 4;
    }

    @Override
    public void writeTo(ByteBuf out) {
        int begin = out.writerIndex();
        int length = length();
        RtcpSpan.writeHeader(out, FORMAT, RtcpSpan.TRANSPORT_FEEDBACK, length);
        out.writeInt(senderSsrc);
        out.writeInt(mediaSsrc);
        out.writeShort(baseSequence);
        out.writeShort(deltas.length);
        out.writeMedium(referenceTime);
        out.writeByte(feedbackCount);
        writeChunks(out);
        for (int delta : deltas) {
            switch (symbol(delta)) {
                case 1 -> out.writeByte(delta);
                case 2 -> out.writeShort(delta);
                default -> {}
            }
        }
        padTo(out, begin + length, begin);
    }

    /** Padding in RTCP's own way (RFC 3550, section 6.4.1): the P bit, and its length in the last byte. */
    private static void padTo(ByteBuf out, int end, int begin) {
        int padding = end - out.writerIndex();
        if (padding > 0) {
            out.writeZero(padding - 1);
            out.writeByte(padding);
            out.setByte(begin, out.getByte(begin) | 0x20);
        }
    }

    private int deltaBytes() {
        int bytes = 0;
        for (int delta : deltas) {
            bytes += symbol(delta);
        }
        return bytes;
    }

    /** The status symbol of a delta; its value is also the number of bytes that the delta takes. */
    private static int symbol(int delta) {
        if (delta == NOT_RECEIVED) {
            return 0;
        }
        return delta >= 0 && delta <= 0xFF ? 1 : 2;
    }

    /** Appends the chunks, or only counts them if {@code out} is null. */
    private int writeChunks(@Nullable ByteBuf out) {
        int chunks = 0;
        int at = 0;
        while (at < deltas.length) {
            int run = run(at);
            int left = deltas.length - at;
            boolean large = hasLarge(at, Math.min(left, 14));
            int vector = large ? 7 : 14;
            int chunk;
            int covered;
            if (run >= Math.min(vector, left)) {
                covered = Math.min(run, 0x1FFF);
                chunk = symbol(deltas[at]) << 13 | covered;
            } else {
                covered = Math.min(vector, left);
                chunk = vectorChunk(at, covered, large);
            }
            if (out != null) {
                out.writeShort(chunk);
            }
            at += covered;
            chunks++;
        }
        return chunks;
    }

    private int run(int from) {
        int symbol = symbol(deltas[from]);
        int end = from + 1;
        while (end < deltas.length && symbol(deltas[end]) == symbol) {
            end++;
        }
        return end - from;
    }

    private boolean hasLarge(int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (symbol(deltas[i]) == 2) {
                return true;
            }
        }
        return false;
    }

    private int vectorChunk(int from, int count, boolean large) {
        int bits = large ? 2 : 1;
        int chunk = large ? 0xC000 : 0x8000;
        for (int i = 0; i < count; i++) {
            chunk |= symbol(deltas[from + i]) << (14 - bits * (i + 1));
        }
        return chunk;
    }

    /** Gathers arrivals for one message, by rising sequence number. */
    public static final class Builder {
        private final long base;
        private int[] deltas = new int[64];
        private int count;
        private long referenceTime;
        private long previousTicks;
        private boolean started;

        /** @param base unwrapped number of the first packet that the message speaks of, received or not */
        public Builder(long base) {
            this.base = base;
        }

        /**
         * Adds the arrival of {@code sequence}, above all before; what lies between counts as not received.
         *
         * @return false, having done nothing, if it does not fit this message any more
         */
        public boolean add(long sequence, long arrivalTicks) {
            long index = sequence - base;
            long delta = started ? arrivalTicks - previousTicks : Math.floorMod(arrivalTicks, TICKS_PER_REFERENCE);
            if (index < count || index >= MAX_PACKETS || delta != (short) delta) {
                return false;
            }
            if (!started) {
                started = true;
                referenceTime = Math.floorDiv(arrivalTicks, TICKS_PER_REFERENCE);
            }
            previousTicks = arrivalTicks;
            if (index >= deltas.length) {
                deltas = Arrays.copyOf(deltas, (int) Math.min(MAX_PACKETS, Math.max(index + 1, 2L * deltas.length)));
            }
            Arrays.fill(deltas, count, (int) index, NOT_RECEIVED);
            deltas[(int) index] = (int) delta;
            count = (int) index + 1;
            return true;
        }

        /** The message; at least one arrival must have been added. */
        public TransportFeedback build(int senderSsrc, int mediaSsrc, int feedbackCount) {
            if (!started) {
                throw new IllegalStateException("no arrival was added");
            }
            return new TransportFeedback(
                    senderSsrc,
                    mediaSsrc,
                    SequenceNumbers.wire(base),
                    (int) referenceTime & 0xFFFFFF,
                    feedbackCount & 0xFF,
                    Arrays.copyOf(deltas, count));
        }
    }
}
