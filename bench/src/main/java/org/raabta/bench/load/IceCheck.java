package org.raabta.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The connectivity checks of a controlling agent that knows one pair (RFC 8445, section 7.2): ask, and nominate at once. */
final class IceCheck {
    private static final int COOKIE = 0x2112A442;
    private static final int XOR_FINGERPRINT = 0x5354554E;

    private IceCheck() {}

    /**
     * @param username      the server's user name fragment, a colon, our own
     * @param password      the server's
     * @param transactionId 12 bytes
     */
    static byte[] nominating(byte[] transactionId, String username, String password) {
        ByteBuffer message = ByteBuffer.allocate(512).putShort((short) 0x0001).putShort((short) 0);
        message.putInt(COOKIE).put(transactionId);
        attribute(message, 0x0006, username.getBytes(StandardCharsets.US_ASCII));
        attribute(message, 0x0024, new byte[] {0x7e, 0x00, 0x1e, (byte) 0xff}); // PRIORITY of a host candidate
        attribute(message, 0x802A, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}); // ICE-CONTROLLING
        attribute(message, 0x0025, new byte[0]); // USE-CANDIDATE
        setLength(message, 24);
        attribute(message, 0x0008, hmac(message, password)); // MESSAGE-INTEGRITY
        setLength(message, 8);
        CRC32 crc = new CRC32();
        crc.update(message.array(), 0, message.position());
        byte[] fingerprint = ByteBuffer.allocate(4)
                .putInt((int) crc.getValue() ^ XOR_FINGERPRINT)
                .array();
        attribute(message, 0x8028, fingerprint);
        byte[] bytes = new byte[message.position()];
        message.flip().get(bytes);
        return bytes;
    }

    private static void attribute(ByteBuffer message, int type, byte[] value) {
        message.putShort((short) type).putShort((short) value.length).put(value);
        message.put(new byte[-value.length & 3]);
    }

    /** The header's length field, counting an attribute of {@code pendingBytes} that is still to come. */
    private static void setLength(ByteBuffer message, int pendingBytes) {
        message.putShort(2, (short) (message.position() - 20 + pendingBytes));
    }

    private static byte[] hmac(ByteBuffer message, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            mac.update(message.array(), 0, message.position());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA1", e);
        }
    }
}
