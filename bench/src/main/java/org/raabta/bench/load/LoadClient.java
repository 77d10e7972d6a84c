package org.raabta.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.legs.LegsClient;
import org.raabta.relay.ice.Stun;
import org.raabta.relay.ice.StunMessage;
import org.raabta.relay.secure.SrtpSession;
import org.raabta.relay.secure.SrtpVerdict;

/**
 * One leg: joins over {@code POST /api/legs}, connects, then sends packets that carry the time of their sending and
 * notes how old those are that arrive. Its sound is numbers: the relay never looks at more than the first byte.
 */
final class LoadClient implements AutoCloseable {
    /** What an Opus frame of 20 ms at the browser's default rate weighs. */
    private static final int PAYLOAD_BYTES = 80;

    private static final int RTP_HEADER_BYTES = 12;
    private static final byte OPUS_PAYLOAD_TYPE = 111;
    private static final byte OPUS_CELT_20_MS = (byte) 0xf8;
    private static final int MTU_BYTES = 1500;
    private static final int HANDSHAKE_WAIT_MS = 200;
    private static final long CONNECT_WITHIN_NANOS = 10_000_000_000L;
    private static final String UFRAG = "load";
    private static final String PASSWORD = "passwordOfALoadClient000";

    private final SecureRandom random = new SecureRandom();
    private final DatagramChannel channel;
    private final Remote remote;
    private final SrtpSession srtp;
    private final ByteBuffer datagram = ByteBuffer.allocate(MTU_BYTES);
    private final int ssrc = random.nextInt();
    private int sequence;
    private long lastCheckNanos;

    /** What the answer says of the other side. */
    private record Remote(InetSocketAddress address, String ufrag, String password) {
        static Remote of(String answer) throws IOException {
            Matcher candidate = find("a=candidate:\\S+ 1 (?i:udp) \\d+ (\\S+) (\\d+) typ host", answer);
            return new Remote(
                    new InetSocketAddress(candidate.group(1), Integer.parseInt(candidate.group(2))),
                    find("a=ice-ufrag:(\\S+)", answer).group(1),
                    find("a=ice-pwd:(\\S+)", answer).group(1));
        }

        private static Matcher find(String pattern, String answer) throws IOException {
            Matcher matcher = Pattern.compile(pattern).matcher(answer);
            if (!matcher.find()) {
                throw new IOException("the answer has no " + pattern);
            }
            return matcher;
        }
    }

    private LoadClient(DatagramChannel channel, Remote remote, SrtpSession srtp) {
        this.channel = channel;
        this.remote = remote;
        this.srtp = srtp;
    }

    /** Joins and connects; returns when SRTP can flow. */
    static LoadClient connect(URI server, String token, ClientIdentity identity)
            throws IOException, InterruptedException {
        Remote remote =
                Remote.of(new LegsClient(server, token).join(offer(identity)).answer());
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress("127.0.0.1", 0)).connect(remote.address());
        Handshake handshake = new Handshake(channel, remote);
        handshake.check();
        DtlsClient dtls = new DtlsClient(identity, new BcTlsCrypto(new SecureRandom()));
        new DTLSClientProtocol().connect(dtls, handshake);
        channel.configureBlocking(false);
        return new LoadClient(channel, remote, SrtpSession.ofClient(dtls.keys()));
    }

    DatagramChannel channel() {
        return channel;
    }

    private static String offer(ClientIdentity identity) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE 0",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "c=IN IP4 0.0.0.0",
                "a=mid:0",
                "a=sendrecv",
                "a=rtcp-mux",
                "a=setup:active",
                "a=ice-ufrag:" + UFRAG,
                "a=ice-pwd:" + PASSWORD,
                "a=fingerprint:sha-256 " + identity.fingerprint().sdp(),
                "a=rtpmap:111 opus/48000/2",
                "");
    }

    /** Sends one packet of 20 ms; now and then a check before it, so that consent stays (RFC 7675). */
    void send(long nowNanos) throws IOException {
        if (nowNanos - lastCheckNanos > 5_000_000_000L) {
            lastCheckNanos = nowNanos;
            channel.write(ByteBuffer.wrap(check(remote, random)));
        }
        ByteBuf packet = Unpooled.buffer(RTP_HEADER_BYTES + PAYLOAD_BYTES + SrtpSession.OVERHEAD_BYTES);
        packet.writeByte(0x80).writeByte(OPUS_PAYLOAD_TYPE).writeShort(sequence);
        packet.writeInt(960 * sequence++).writeInt(ssrc);
        packet.writeByte(OPUS_CELT_20_MS).writeZero(3).writeLong(System.nanoTime());
        packet.writeZero(PAYLOAD_BYTES - 12);
        srtp.protectRtp(packet);
        channel.write(packet.nioBuffer());
    }

    /** Reads what has arrived; gives {@code ages} the age of each packet of sound. */
    void receive(Ages ages) throws IOException {
        datagram.clear();
        while (channel.read(datagram) > 0) {
            long nowNanos = System.nanoTime();
            int first = datagram.get(0) & 0xff;
            if (first >= 128 && (datagram.get(1) & 0x7f) == OPUS_PAYLOAD_TYPE) {
                ByteBuf packet = Unpooled.wrappedBuffer(datagram.array(), 0, datagram.position());
                if (srtp.unprotectRtp(packet) == SrtpVerdict.OK) {
                    ages.add(nowNanos - packet.getLong(headerBytes(packet) + 4));
                }
            } else if (first <= 3) {
                answer(channel, datagram, remote);
            }
            datagram.clear();
        }
    }

    private static int headerBytes(ByteBuf packet) {
        int bytes = RTP_HEADER_BYTES + 4 * (packet.getByte(0) & 0x0f);
        return (packet.getByte(0) & 0x10) == 0 ? bytes : bytes + 4 + 4 * packet.getUnsignedShort(bytes + 2);
    }

    private static byte[] check(Remote remote, SecureRandom random) {
        byte[] transactionId = new byte[12];
        random.nextBytes(transactionId);
        return IceCheck.nominating(transactionId, remote.ufrag() + ":" + UFRAG, remote.password());
    }

    /** Answers a check of the relay's, which sends nothing to an address that does not. */
    private static void answer(DatagramChannel channel, ByteBuffer datagram, Remote remote) throws IOException {
        byte[] bytes = new byte[datagram.position()];
        System.arraycopy(datagram.array(), 0, bytes, 0, bytes.length);
        @Nullable StunMessage message = StunMessage.tryParse(bytes);
        if (message != null && message.kind() == StunMessage.Kind.REQUEST) {
            channel.write(ByteBuffer.wrap(Stun.success(message.transactionId(), remote.address(), PASSWORD)));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        srtp.close();
    }

    /** The blocking way in which the library's handshake wants its datagrams; STUN is answered in passing. */
    private static final class Handshake implements DatagramTransport {
        private final SecureRandom random = new SecureRandom();
        private final DatagramChannel channel;
        private final Remote remote;
        private final ByteBuffer datagram = ByteBuffer.allocate(MTU_BYTES);

        private Handshake(DatagramChannel channel, Remote remote) {
            this.channel = channel;
            this.remote = remote;
        }

        /** Asks until a check is answered. */
        private void check() throws IOException {
            long beginNanos = System.nanoTime();
            while (System.nanoTime() - beginNanos < CONNECT_WITHIN_NANOS) {
                channel.write(ByteBuffer.wrap(LoadClient.check(remote, random)));
                if (read(HANDSHAKE_WAIT_MS) > 0 && datagram.get(0) == 1 && datagram.get(1) == 1) {
                    return;
                }
            }
            throw new SocketTimeoutException("no connectivity check was answered");
        }

        private int read(int waitMillis) throws IOException {
            datagram.clear();
            channel.socket().setSoTimeout(Math.max(1, waitMillis));
            java.net.DatagramPacket packet = new java.net.DatagramPacket(datagram.array(), MTU_BYTES);
            try {
                channel.socket().receive(packet);
            } catch (SocketTimeoutException nothing) {
                return 0;
            }
            datagram.position(packet.getLength());
            return packet.getLength();
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            int read = read(waitMillis);
            if (read > 0 && datagram.get(0) >= 20 && datagram.get(0) <= 63) {
                int taken = Math.min(read, length);
                System.arraycopy(datagram.array(), 0, buffer, offset, taken);
                return taken;
            }
            if (read > 0 && datagram.get(0) <= 3 && datagram.get(0) >= 0) {
                answer(channel, datagram, remote);
            }
            return -1;
        }

        @Override
        public void send(byte[] buffer, int offset, int length) throws IOException {
            channel.write(ByteBuffer.wrap(buffer, offset, length));
        }

        @Override
        public int getReceiveLimit() throws SocketException {
            return MTU_BYTES;
        }

        @Override
        public int getSendLimit() throws SocketException {
            return 1200;
        }

        @Override
        public void close() {
            // The channel lives on: SRTP uses it.
        }
    }
}
