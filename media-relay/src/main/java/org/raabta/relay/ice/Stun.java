package org.raabta.relay.ice;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The STUN messages that an ICE-lite server writes (RFC 8489, RFC 8445), and the sums that both directions need. */
public final class Stun {
    static final int HEADER_BYTES = 20;
    static final int HMAC_BYTES = 20;
    static final int COOKIE = 0x2112A442;
    static final int BINDING = 0x0001;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    /** Of a host candidate over UDP, component 1 (RFC 8445, section 5.1.2.1): what our answers name as well. */
    private static final int HOST_PRIORITY = 2130706431;

    private static final int REQUEST_TYPE = 0x0001;
    private static final int SUCCESS_TYPE = 0x0101;
    private static final int ERROR_TYPE = 0x0111;

    private Stun() {}

    /** The answer to a check that came from {@code from}. */
    public static byte[] success(byte[] transactionId, InetSocketAddress from, String password) {
        Writer writer = new Writer(SUCCESS_TYPE, transactionId);
        byte[] address = from.getAddress().getAddress();
        byte[] value = new byte[4 + address.length];
        value[1] = (byte) (address.length == 4 ? 1 : 2);
        putInt16(value, 2, from.getPort() ^ (COOKIE >>> 16));
        xorAddress(address, writer.header);
        System.arraycopy(address, 0, value, 4, address.length);
        return writer.add(XOR_MAPPED_ADDRESS, value).finish(password);
    }

    /** An error response; without a password when the request could not be authenticated. */
    public static byte[] error(byte[] transactionId, int code, List<Integer> unknown, @Nullable String password) {
        Writer writer = new Writer(ERROR_TYPE, transactionId);
        // The reason phrase is for people's eyes only and may be empty: our links count bytes.
        writer.add(ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
        if (!unknown.isEmpty()) {
            byte[] types = new byte[2 * unknown.size()];
            for (int i = 0; i < unknown.size(); i++) {
                putInt16(types, 2 * i, unknown.get(i));
            }
            writer.add(UNKNOWN_ATTRIBUTES, types);
        }
        return writer.finish(password);
    }

    /** A check of our own, as the controlled side (RFC 8445, section 7.2.2). {@code username} is theirs:ours. */
    public static byte[] check(byte[] transactionId, String username, String password, long tieBreaker) {
        byte[] priority = new byte[4];
        putInt32(priority, 0, HOST_PRIORITY);
        byte[] role = new byte[8];
        putInt32(role, 0, (int) (tieBreaker >>> 32));
        putInt32(role, 4, (int) tieBreaker);
        return new Writer(REQUEST_TYPE, transactionId)
                .add(USERNAME, username.getBytes(StandardCharsets.UTF_8))
                .add(PRIORITY, priority)
                .add(ICE_CONTROLLED, role)
                .finish(password);
    }

    /** Whether the bytes can only be STUN on a port shared with DTLS and RTP (RFC 7983): cheap, before any copy. */
    public static boolean looksLikeStun(int firstByte, int length) {
        return firstByte <= 3 && length >= HEADER_BYTES;
    }

    static byte[] integrity(byte[] message, int integrityOffset, String password) {
        // The length field covers the message up to and with MESSAGE-INTEGRITY, whatever follows (RFC 8489, 14.5).
        byte[] covered = Arrays.copyOf(message, integrityOffset);
        putInt16(covered, 2, integrityOffset + 4 + HMAC_BYTES - HEADER_BYTES);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    static int fingerprint(byte[] message, int fingerprintOffset) {
        CRC32 crc = new CRC32();
        crc.update(message, 0, fingerprintOffset);
        return (int) crc.getValue() ^ 0x5354554E;
    }

    /** XORs an address with the cookie and, for IPv6, the transaction id (RFC 8489, section 14.2). */
    static void xorAddress(byte[] address, byte[] header) {
        for (int i = 0; i < address.length; i++) {
            address[i] ^= header[4 + i];
        }
    }

    static int uint16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    static int int32(byte[] bytes, int at) {
        return (uint16(bytes, at) << 16) | uint16(bytes, at + 2);
    }

    private static void putInt16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static void putInt32(byte[] bytes, int at, int value) {
        putInt16(bytes, at, value >>> 16);
        putInt16(bytes, at + 2, value);
    }

    /** A message under construction. */
    private static final class Writer {
        final byte[] header = new byte[HEADER_BYTES];
        private final ByteArrayOutputStream attributes = new ByteArrayOutputStream(128);

        Writer(int type, byte[] transactionId) {
            putInt16(header, 0, type);
            putInt32(header, 4, COOKIE);
            System.arraycopy(transactionId, 0, header, 8, 12);
        }

        Writer add(int type, byte[] value) {
            byte[] head = new byte[4];
            putInt16(head, 0, type);
            putInt16(head, 2, value.length);
            attributes.writeBytes(head);
            attributes.writeBytes(value);
            attributes.writeBytes(new byte[-value.length & 3]);
            return this;
        }

        byte[] finish(@Nullable String password) {
            if (password != null) {
                byte[] sum = integrity(bytes(0), HEADER_BYTES + attributes.size(), password);
                add(MESSAGE_INTEGRITY, sum);
            }
            byte[] crc = new byte[4];
            putInt32(crc, 0, fingerprint(bytes(8), HEADER_BYTES + attributes.size()));
            return add(FINGERPRINT, crc).bytes(0);
        }

        /** The message so far, its length field counting {@code pendingBytes} that are still to come. */
        private byte[] bytes(int pendingBytes) {
            byte[] message = Arrays.copyOf(header, HEADER_BYTES + attributes.size());
            putInt16(message, 2, attributes.size() + pendingBytes);
            System.arraycopy(attributes.toByteArray(), 0, message, HEADER_BYTES, attributes.size());
            return message;
        }
    }
}
