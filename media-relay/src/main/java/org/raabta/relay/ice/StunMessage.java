package org.raabta.relay.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One STUN Binding message (RFC 8489) as ICE uses it: with the magic cookie and a correct FINGERPRINT at its end. */
public final class StunMessage {
    /** The two class bits (RFC 8489, section 5), in their order on the wire. */
    public enum Kind {
        REQUEST,
        INDICATION,
        SUCCESS,
        ERROR
    }

    private final byte[] bytes;
    private final Kind kind;
    private final List<Integer> unknownRequired = new ArrayList<>(0);
    private int integrityOffset;
    private @Nullable String username;
    private @Nullable InetSocketAddress mapped;
    private boolean useCandidate;
    private boolean controlled;
    private int errorCode;

    private StunMessage(byte[] bytes, Kind kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    /** The message in {@code bytes}, which it keeps, or null if they are not a well-formed Binding message of ICE. */
    public static @Nullable StunMessage tryParse(byte[] bytes) {
        if (bytes.length < Stun.HEADER_BYTES
                || (bytes[0] & 0xC0) != 0
                || Stun.int32(bytes, 4) != Stun.COOKIE
                || Stun.uint16(bytes, 2) != bytes.length - Stun.HEADER_BYTES
                || bytes.length % 4 != 0) {
            return null;
        }
        int type = Stun.uint16(bytes, 0);
        if ((type & ~0x0110) != Stun.BINDING) {
            return null;
        }
        Kind kind = Kind.values()[((type >> 7) & 2) | ((type >> 4) & 1)];
        StunMessage message = new StunMessage(bytes, kind);
        return message.readAttributes() ? message : null;
    }

    /** False unless every attribute fits and the last one is a FINGERPRINT that holds (RFC 8445, section 7.1.4). */
    private boolean readAttributes() {
        int at = Stun.HEADER_BYTES;
        while (at + 4 <= bytes.length) {
            int type = Stun.uint16(bytes, at);
            int length = Stun.uint16(bytes, at + 2);
            int next = at + 4 + ((length + 3) & ~3);
            if (next > bytes.length) {
                return false;
            }
            if (type == Stun.FINGERPRINT) {
                return length == 4 && next == bytes.length && Stun.int32(bytes, at + 4) == Stun.fingerprint(bytes, at);
            }
            // What follows MESSAGE-INTEGRITY is not protected by it and is ignored (RFC 8489, section 14.5).
            if (integrityOffset == 0 && !readAttribute(type, at + 4, length)) {
                return false;
            }
            at = next;
        }
        return false;
    }

    private boolean readAttribute(int type, int at, int length) {
        switch (type) {
            case Stun.MESSAGE_INTEGRITY -> {
                integrityOffset = at - 4;
                return length == Stun.HMAC_BYTES;
            }
            case Stun.USERNAME -> {
                // At most 508 bytes (RFC 8489, section 14.3); kept as Latin-1, which never fails to decode.
                username = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
                return length <= 508;
            }
            case Stun.XOR_MAPPED_ADDRESS -> {
                mapped = readXorAddress(at, length);
                return mapped != null;
            }
            case Stun.ERROR_CODE -> {
                errorCode = length < 4 ? 0 : (bytes[at + 2] & 7) * 100 + (bytes[at + 3] & 0xFF) % 100;
                return length >= 4;
            }
            case Stun.USE_CANDIDATE -> useCandidate = true;
            case Stun.ICE_CONTROLLED -> controlled = true;
            case Stun.PRIORITY -> {
                return length == 4;
            }
            default -> {
                if (type < 0x8000 && unknownRequired.size() < 8) {
                    unknownRequired.add(type);
                }
            }
        }
        return true;
    }

    private @Nullable InetSocketAddress readXorAddress(int at, int length) {
        int family = length < 2 ? 0 : bytes[at + 1];
        int addressBytes = family == 1 ? 4 : family == 2 ? 16 : -1;
        if (length != addressBytes + 4) {
            return null;
        }
        byte[] address = Arrays.copyOfRange(bytes, at + 4, at + length);
        Stun.xorAddress(address, bytes);
        int port = Stun.uint16(bytes, at + 2) ^ (Stun.COOKIE >>> 16);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException impossible) {
            return null; // thrown for a wrong length only
        }
    }

    /** Whether there is a MESSAGE-INTEGRITY at all. */
    public boolean hasIntegrity() {
        return integrityOffset != 0;
    }

    /** Whether MESSAGE-INTEGRITY is there and keyed with {@code password} (RFC 8489, section 14.5). */
    public boolean integrityMatches(String password) {
        if (integrityOffset == 0) {
            return false;
        }
        byte[] expected = Stun.integrity(bytes, integrityOffset, password);
        byte[] actual = Arrays.copyOfRange(bytes, integrityOffset + 4, integrityOffset + 4 + Stun.HMAC_BYTES);
        return MessageDigest.isEqual(expected, actual);
    }

    public Kind kind() {
        return kind;
    }

    /** USERNAME as it came, not checked by anything: never for logs. */
    public @Nullable String username() {
        return username;
    }

    /** The part of USERNAME before the colon: whose password this message is to be keyed with. */
    public @Nullable String localUfrag() {
        int colon = username == null ? -1 : username.indexOf(':');
        return username == null || colon < 0 ? null : username.substring(0, colon);
    }

    public @Nullable InetSocketAddress mapped() {
        return mapped;
    }

    public boolean useCandidate() {
        return useCandidate;
    }

    /** The far end says that it is the controlled side (RFC 8445, section 7.1.2). */
    public boolean controlled() {
        return controlled;
    }

    /** Of an error response; 0 in other messages. */
    public int errorCode() {
        return errorCode;
    }

    /** Comprehension-required attributes that we do not know (RFC 8489, section 6.3.1), at most eight. */
    public List<Integer> unknownRequired() {
        return unknownRequired;
    }

    /** A copy of the 12 bytes. */
    public byte[] transactionId() {
        return Arrays.copyOfRange(bytes, 8, Stun.HEADER_BYTES);
    }
}
