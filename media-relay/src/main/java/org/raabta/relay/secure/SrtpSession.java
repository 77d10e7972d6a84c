package org.raabta.relay.secure;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/**
 * SRTP and SRTCP of one DTLS association (RFC 3711, RFC 7714), in place on buffers with an accessible array. Not
 * thread-safe: the call's loop owns it.
 */
public final class SrtpSession {
    /** What protecting a packet adds at most: the longest tag and SRTCP's index. */
    public static final int OVERHEAD_BYTES = 16 + 4;

    /** Sources of one leg: a page has three at a time, new ones after a restart of its tracks. */
    private static final int MAX_SSRCS = 32;

    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;

    /** Held so that its level stays: the library's loggers are its children. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("org.jitsi.srtp");

    static {
        // Silent: whatever it would say of a packet is a verdict, and a verdict is counted.
        LIBRARY.setLevel(Level.OFF);
        // The library would choose by a benchmark at start that comes out differently each time.
        Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
    }

    private final SrtpProfile profile;
    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final Map<Integer, SrtpCryptoContext> rtpOut = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> rtcpOut = new HashMap<>();
    private final Map<Integer, RtpSource> rtpIn = new HashMap<>();
    private final Map<Integer, RtcpSource> rtcpIn = new HashMap<>();
    private final ArrayView view = new ArrayView();
    private boolean newest;

    /** The server's side of {@code keys}. */
    public static SrtpSession ofServer(SrtpKeys keys) {
        return new SrtpSession(keys, false);
    }

    /** The client's side of {@code keys}. */
    public static SrtpSession ofClient(SrtpKeys keys) {
        return new SrtpSession(keys, true);
    }

    private SrtpSession(SrtpKeys keys, boolean client) {
        profile = keys.profile();
        Logger silent = new LoggerImpl("org.jitsi.srtp");
        sending = new SrtpContextFactory(
                true, keys.key(client), keys.salt(client), profile.policy(), profile.policy(), silent);
        receiving = new SrtpContextFactory(
                false, keys.key(!client), keys.salt(!client), profile.policy(), profile.policy(), silent);
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** Whether anything authentic has come: the peer has these keys. */
    public boolean heard() {
        return !rtpIn.isEmpty() || !rtcpIn.isEmpty();
    }

    /** Whether the packet that was unprotected last is newer than all of its source before it. */
    public boolean newest() {
        return newest;
    }

    /** Turns an SRTP packet into RTP where it lies. If the verdict is not OK, the contents are undefined. */
    public SrtpVerdict unprotectRtp(ByteBuf packet) {
        newest = false;
        int length = packet.readableBytes();
        if (length < RTP_HEADER_BYTES + profile.tagBytes() || !headerFits(packet, length - profile.tagBytes())) {
            return SrtpVerdict.MALFORMED;
        }
        int ssrc = packet.getInt(packet.readerIndex() + 8);
        int sequence = packet.getUnsignedShort(packet.readerIndex() + 2);
        RtpSource source = rtpIn.get(ssrc);
        boolean known = source != null;
        if (source == null) {
            if (rtpIn.size() >= MAX_SSRCS) {
                return SrtpVerdict.TOO_MANY_SSRCS;
            }
            // Kept only if this packet is authentic: the library would take its first sequence number from any
            // stranger.
            source = new RtpSource(rtpContext(receiving, ssrc), sequence);
        }
        SrtpVerdict verdict = unprotect(source.context, packet);
        if (verdict == SrtpVerdict.OK) {
            newest = !known || (short) (sequence - source.highest) > 0;
            source.highest = newest ? sequence : source.highest;
            if (!known) {
                rtpIn.put(ssrc, source);
            }
        }
        return verdict;
    }

    /** Turns an SRTCP packet into RTCP where it lies. If the verdict is not OK, the contents are undefined. */
    public SrtpVerdict unprotectRtcp(ByteBuf packet) {
        newest = false;
        int length = packet.readableBytes();
        if (length < RTCP_HEADER_BYTES + 4 + profile.tagBytes()) {
            return SrtpVerdict.MALFORMED;
        }
        int ssrc = packet.getInt(packet.readerIndex() + 4);
        // The index stands in the clear behind the payload: before the tag in counter mode, behind it in GCM.
        int behind = profile == SrtpProfile.AEAD_AES_128_GCM ? 4 : 4 + profile.tagBytes();
        int index = packet.getInt(packet.writerIndex() - behind) & 0x7FFFFFFF;
        RtcpSource source = rtcpIn.get(ssrc);
        boolean known = source != null;
        if (source == null) {
            if (rtcpIn.size() >= MAX_SSRCS) {
                return SrtpVerdict.TOO_MANY_SSRCS;
            }
            source = new RtcpSource(rtcpContext(receiving, ssrc), index);
        }
        SrtpVerdict verdict = unprotect(source.context, packet);
        if (verdict == SrtpVerdict.OK) {
            newest = !known || index > source.highest;
            source.highest = newest ? index : source.highest;
            if (!known) {
                rtcpIn.put(ssrc, source);
            }
        }
        return verdict;
    }

    /** Turns an RTP packet into SRTP where it lies; its array must have {@link #OVERHEAD_BYTES} to spare. */
    public SrtpVerdict protectRtp(ByteBuf packet) {
        int length = packet.readableBytes();
        if (length < RTP_HEADER_BYTES || !headerFits(packet, length)) {
            return SrtpVerdict.MALFORMED;
        }
        int ssrc = packet.getInt(packet.readerIndex() + 8);
        SrtpCryptoContext context = rtpOut.computeIfAbsent(ssrc, key -> rtpContext(sending, key));
        packet.ensureWritable(OVERHEAD_BYTES);
        view.wrap(packet);
        try {
            return finish(context.transformPacket(view), packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SRTP failed to encrypt", e);
        }
    }

    /** Turns an RTCP packet into SRTCP where it lies; its array must have {@link #OVERHEAD_BYTES} to spare. */
    public SrtpVerdict protectRtcp(ByteBuf packet) {
        if (packet.readableBytes() < RTCP_HEADER_BYTES) {
            return SrtpVerdict.MALFORMED;
        }
        int ssrc = packet.getInt(packet.readerIndex() + 4);
        SrtcpCryptoContext context = rtcpOut.computeIfAbsent(ssrc, key -> rtcpContext(sending, key));
        packet.ensureWritable(OVERHEAD_BYTES);
        view.wrap(packet);
        try {
            return finish(context.transformPacket(view), packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SRTCP failed to encrypt", e);
        }
    }

    /** Forgets the master keys. */
    public void close() {
        sending.close();
        receiving.close();
        rtpIn.clear();
        rtcpIn.clear();
        rtpOut.clear();
        rtcpOut.clear();
    }

    private SrtpVerdict unprotect(SrtpCryptoContext context, ByteBuf packet) {
        view.wrap(packet);
        try {
            return finish(context.reverseTransformPacket(view, false), packet);
        } catch (GeneralSecurityException e) {
            return SrtpVerdict.AUTHENTICATION_FAILED;
        }
    }

    private SrtpVerdict unprotect(SrtcpCryptoContext context, ByteBuf packet) {
        view.wrap(packet);
        try {
            return finish(context.reverseTransformPacket(view), packet);
        } catch (GeneralSecurityException e) {
            return SrtpVerdict.AUTHENTICATION_FAILED;
        }
    }

    private SrtpVerdict finish(@Nullable SrtpErrorStatus status, ByteBuf packet) {
        if (status == SrtpErrorStatus.OK) {
            view.unwrap(packet);
            return SrtpVerdict.OK;
        }
        if (status == SrtpErrorStatus.REPLAY_FAIL || status == SrtpErrorStatus.REPLAY_OLD) {
            return SrtpVerdict.REPLAYED;
        }
        return status == SrtpErrorStatus.INVALID_PACKET ? SrtpVerdict.MALFORMED : SrtpVerdict.AUTHENTICATION_FAILED;
    }

    /** Whether CSRCs and header extension end within {@code length} bytes: the library trusts them. */
    private static boolean headerFits(ByteBuf packet, int length) {
        int at = packet.readerIndex();
        int first = packet.getByte(at);
        int header = RTP_HEADER_BYTES + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (length < header + 4) {
                return false;
            }
            header += 4 + 4 * packet.getUnsignedShort(at + header + 2);
        }
        return length >= header;
    }

    private static SrtpCryptoContext rtpContext(SrtpContextFactory factory, int ssrc) {
        try {
            return factory.deriveContext(ssrc, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these ciphers", e);
        }
    }

    private static SrtcpCryptoContext rtcpContext(SrtpContextFactory factory, int ssrc) {
        try {
            return factory.deriveControlContext(ssrc);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these ciphers", e);
        }
    }

    private static final class RtpSource {
        final SrtpCryptoContext context;
        int highest;

        RtpSource(SrtpCryptoContext context, int sequence) {
            this.context = context;
            this.highest = sequence;
        }
    }

    private static final class RtcpSource {
        final SrtcpCryptoContext context;
        int highest;

        RtcpSource(SrtcpCryptoContext context, int index) {
            this.context = context;
            this.highest = index;
        }
    }
}
