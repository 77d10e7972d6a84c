package org.raabta.relay.call;

import java.io.ByteArrayOutputStream;

/** Key frames as an encoder makes them, and their packets. */
final class KeyFrameMaker {
    private KeyFrameMaker() {}

    /** A frame of 160x120 of {@code length} bytes: header (RFC 6386, section 9.1) and a pattern. */
    static byte[] frame(int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i * 7);
        }
        byte[] header = {0x10, 0, 0, (byte) 0x9d, 0x01, 0x2a, (byte) 160, 0, 120, 0};
        System.arraycopy(header, 0, frame, 0, header.length);
        return frame;
    }

    /** Packet {@code i} of {@code count} of a frame, with a picture id of 15 bits. */
    static Packets.Builder packet(byte[] frame, int ssrc, int firstSequence, int timestamp, int i, int count) {
        int from = frame.length * i / count;
        int to = frame.length * (i + 1) / count;
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(i == 0 ? 0x90 : 0x80);
        payload.write(0x80);
        payload.write(0x81);
        payload.write(0x07);
        payload.write(frame, from, to - from);
        return Packets.packet()
                .type(96)
                .ssrc(ssrc)
                .sequence(firstSequence + i)
                .timestamp(timestamp)
                .marker(i == count - 1)
                .payload(payload.toByteArray());
    }
}
