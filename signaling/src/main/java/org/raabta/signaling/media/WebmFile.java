package org.raabta.signaling.media;

import java.util.Set;

/**
 * One track of Opus in WebM (RFC 9559), element by element to the very end. Browsers write segments and clusters whose length
 * is not said; those end where an element of a level above begins.
 */
final class WebmFile {
    private static final long EBML = 0x1a45dfa3;
    private static final int DOC_TYPE = 0x4282;
    private static final int SEGMENT = 0x18538067;
    private static final int TRACKS = 0x1654ae6b;
    private static final int TRACK = 0xae;
    private static final int TRACK_TYPE = 0x83;
    private static final int CODEC = 0x86;
    private static final int CLUSTER = 0x1f43b675;
    private static final int AUDIO = 2;
    /** SeekHead, Info, Cues, Void, CRC-32. Tags and attachments say or carry what nobody plays. */
    private static final Set<Integer> PLAIN = Set.of(0x114d9b74, 0x1549a966, 0x1c53bb6b, 0xec, 0xbf);
    /** Timestamp, SimpleBlock, BlockGroup, Position, PrevSize, Void, CRC-32. */
    private static final Set<Integer> IN_CLUSTER = Set.of(0xe7, 0xa3, 0xa0, 0xa7, 0xab, 0xec, 0xbf);

    private static final long UNKNOWN = -1;

    private final Bytes in;
    private int at;
    private int id;
    private long size;
    private int tracks;
    private int clusters;

    private WebmFile(byte[] bytes) {
        this.in = new Bytes(bytes);
    }

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        WebmFile file = new WebmFile(bytes);
        if (bytes.length < 4 || file.in.u32(0) != EBML) {
            throw BadMediaException.otherType("this is no WebM recording");
        }
        file.header();
        file.segment();
        if (file.tracks != 1 || file.clusters == 0) {
            throw BadMediaException.broken("the recording has not one track of sound");
        }
        return new Inspected(bytes, false, 0, 0);
    }

    private void header() throws BadMediaException {
        element();
        int end = end();
        boolean webm = false;
        while (at < end) {
            element();
            webm |= id == DOC_TYPE && in.is(at, "webm");
            at = end();
        }
        if (!webm || at != end) {
            throw BadMediaException.otherType("this is no WebM recording");
        }
    }

    private void segment() throws BadMediaException {
        element();
        if (id != SEGMENT) {
            throw broken();
        }
        if (size != UNKNOWN && end() != in.length()) {
            throw BadMediaException.broken("the recording is cut off, or something follows its end");
        }
        while (at < in.length()) {
            element();
            inSegment();
        }
    }

    /** The element just read, to its end. */
    private void inSegment() throws BadMediaException {
        if (id == CLUSTER) {
            clusters++;
            if (size == UNKNOWN) {
                openCluster();
            } else {
                int end = end();
                while (at < end) {
                    element();
                    if (!IN_CLUSTER.contains(id)) {
                        throw broken();
                    }
                    at = end();
                }
                if (at != end) {
                    throw broken();
                }
            }
        } else if (id == TRACKS) {
            int end = end();
            while (at < end) {
                element();
                if (id == TRACK) {
                    track(end());
                } else if (PLAIN.contains(id)) {
                    at = end();
                } else {
                    throw broken();
                }
            }
        } else if (PLAIN.contains(id)) {
            at = end();
        } else {
            throw BadMediaException.broken("the recording has a part that nobody plays");
        }
    }

    private void openCluster() throws BadMediaException {
        while (at < in.length()) {
            int before = at;
            element();
            if (!IN_CLUSTER.contains(id)) {
                at = before;
                return;
            }
            at = end();
        }
    }

    private void track(int end) throws BadMediaException {
        boolean audio = false;
        boolean opus = false;
        while (at < end) {
            element();
            int next = end();
            if (id == TRACK_TYPE) {
                audio = size == 1 && in.u8(at) == AUDIO;
            } else if (id == CODEC) {
                opus = size == 6 && in.is(at, "A_OPUS");
            }
            at = next;
        }
        tracks++;
        if (!audio || !opus || at != end) {
            throw BadMediaException.broken("the recording is not Opus alone");
        }
    }

    /** Reads an element's id and size (RFC 8794, sections 4 to 6); its body begins at {@link #at}. */
    private void element() throws BadMediaException {
        int first = in.u8(at);
        int idBytes = Integer.numberOfLeadingZeros(first) - 23;
        if (first == 0 || idBytes > 4) {
            throw broken();
        }
        id = 0;
        for (int i = 0; i < idBytes; i++) {
            id = (id << 8) | in.u8(at + i);
        }
        at += idBytes;
        int start = in.u8(at);
        int sizeBytes = Integer.numberOfLeadingZeros(start) - 23;
        if (start == 0) {
            throw broken();
        }
        long value = start & ((1 << (8 - sizeBytes)) - 1);
        long all = (1L << (7 * sizeBytes)) - 1;
        for (int i = 1; i < sizeBytes; i++) {
            value = (value << 8) | in.u8(at + i);
        }
        at += sizeBytes;
        size = value == all ? UNKNOWN : value;
    }

    private int end() throws BadMediaException {
        if (size == UNKNOWN) {
            throw broken();
        }
        in.need(at, size);
        return at + (int) size;
    }

    private static BadMediaException broken() {
        return BadMediaException.broken("the recording is broken");
    }
}
