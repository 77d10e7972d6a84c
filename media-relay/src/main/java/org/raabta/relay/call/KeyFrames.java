package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.rtp.Vp8Descriptor;
import org.raabta.relay.rtp.WebpFile;

/**
 * Puts one sender's key frames together from their packets (RFC 7741, section 4), whatever order they come in, and makes pictures of
 * them. Of one frame at a time: the newest that has begun. Holds memory while somebody takes pictures only.
 */
final class KeyFrames {
    /** A key frame of 720 rows; what is larger fits no thin link. */
    static final int MOST_BYTES = 96 * 1024;

    private static final int MOST_PACKETS = 160;

    private byte @Nullable [] @Nullable [] parts;
    private @Nullable UplinkStream stream;
    private long first;
    private int timestamp;
    private int last = -1;
    private int received;
    private int bytes;
    private int highest;

    /** Nobody takes pictures: what was collected is forgotten. */
    @Nullable
    StillPicture none() {
        parts = null;
        stream = null;
        return null;
    }

    /** A picture, if {@code packet} is the last one that its key frame was waiting for. */
    @Nullable
    StillPicture add(MediaPacket packet) {
        Vp8Descriptor vp8 = packet.vp8();
        if (vp8 == null || packet.empty()) {
            return null;
        }
        if (vp8.keyFrame()) {
            begin(packet);
        }
        byte[] @Nullable [] open = parts;
        long place = packet.sequence() - first;
        if (open == null || stream != packet.stream() || packet.timestamp() != timestamp || place < 0) {
            return null;
        }
        if (place >= MOST_PACKETS) {
            return none();
        }
        return put(open, (int) place, packet);
    }

    private void begin(MediaPacket packet) {
        if (parts != null && stream == packet.stream() && packet.sequence() <= first) {
            return; // an older one, or the same again
        }
        parts = new byte[MOST_PACKETS][];
        stream = packet.stream();
        first = packet.sequence();
        timestamp = packet.timestamp();
        last = -1;
        received = 0;
        bytes = 0;
        highest = 0;
    }

    private @Nullable StillPicture put(byte[] @Nullable [] open, int place, MediaPacket packet) {
        ByteBuf buffer = packet.buffer();
        int header = Vp8Descriptor.headerBytes(buffer, packet.payloadIndex(), packet.payloadLength());
        int length = packet.payloadLength() - header;
        if (open[place] != null || header < 0 || bytes + length > MOST_BYTES) {
            return bytes + length > MOST_BYTES ? none() : null;
        }
        byte[] part = new byte[length];
        buffer.getBytes(packet.payloadIndex() + header, part);
        open[place] = part;
        bytes += length;
        received++;
        highest = Math.max(highest, place);
        if (packet.marker()) {
            last = place;
        }
        if (last < 0 || received != last + 1 || highest != last) {
            return null;
        }
        byte[] frame = joined(open);
        none();
        WebpFile.Size size = WebpFile.size(frame);
        return size == null ? null : new StillPicture(WebpFile.of(frame), size.width(), size.height());
    }

    private byte[] joined(byte[] @Nullable [] open) {
        byte[] frame = new byte[bytes];
        int at = 0;
        for (int i = 0; i <= last; i++) {
            byte[] part = open[i];
            if (part != null) {
                System.arraycopy(part, 0, frame, at, part.length);
                at += part.length;
            }
        }
        return frame;
    }
}
