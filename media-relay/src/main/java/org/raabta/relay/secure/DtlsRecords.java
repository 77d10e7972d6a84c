package org.raabta.relay.secure;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What can be read of a DTLS datagram before any key (RFC 6347, section 4.1 and 4.2.2). Never throws. */
public final class DtlsRecords {
    private static final int RECORD_HEADER_BYTES = 13;
    private static final int MESSAGE_HEADER_BYTES = 12;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM_BYTES = 32;

    private DtlsRecords() {}

    /** Whether the datagram begins with a record of version 1.x whose length fits. */
    public static boolean isWellFormed(byte[] datagram) {
        return datagram.length > RECORD_HEADER_BYTES
                && datagram[0] >= 20
                && datagram[0] <= 25
                && (datagram[1] & 0xFF) == 0xFE
                && RECORD_HEADER_BYTES + uint16(datagram, 11) <= datagram.length;
    }

    /** The client's random if the datagram begins with (the first fragment of) a ClientHello: it names the handshake. */
    public static @Nullable String clientRandom(byte[] datagram) {
        int random = RECORD_HEADER_BYTES + MESSAGE_HEADER_BYTES + 2;
        if (datagram.length < random + RANDOM_BYTES
                || !isPlainHandshake(datagram)
                || datagram[RECORD_HEADER_BYTES] != CLIENT_HELLO
                || fragmentOffset(datagram) != 0) {
            return null;
        }
        return HexFormat.of().formatHex(datagram, random, random + RANDOM_BYTES);
    }

    /**
     * Names the first message fragment in a datagram of unencrypted handshake, so that its retransmission is known; -1 for
     * any other datagram.
     */
    static long fragmentKey(byte[] datagram) {
        if (datagram.length < RECORD_HEADER_BYTES + MESSAGE_HEADER_BYTES || !isPlainHandshake(datagram)) {
            return -1;
        }
        return ((long) uint16(datagram, RECORD_HEADER_BYTES + 4) << 32) | fragmentOffset(datagram);
    }

    private static boolean isPlainHandshake(byte[] datagram) {
        return datagram[0] == HANDSHAKE && uint16(datagram, 3) == 0;
    }

    private static int fragmentOffset(byte[] datagram) {
        int at = RECORD_HEADER_BYTES + 6;
        return ((datagram[at] & 0xFF) << 16) | uint16(datagram, at + 1);
    }

    private static int uint16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}
