package org.raabta.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.Role;
import org.raabta.relay.ice.ClientStun;
import org.raabta.relay.ice.Stun;
import org.raabta.relay.ice.StunMessage;
import org.raabta.relay.secure.DtlsIdentity;
import org.raabta.relay.secure.DtlsTestClient;
import org.raabta.relay.secure.SrtpProfile;
import org.raabta.relay.secure.SrtpSession;
import org.raabta.relay.secure.SrtpVerdict;

/** A WebRTC client's transport: ICE checks, DTLS, SRTP, over a wire of its own. */
final class TestPeer implements AutoCloseable {
    static final String PASSWORD = "client-password-of-22-chars";
    private static final long PATIENCE_SECONDS = 15;

    final LocalIce serverIce;
    final DtlsIdentity identity;
    /** Plain RTP that came, over whichever wire. */
    final BlockingQueue<ByteBuf> rtp = new LinkedBlockingQueue<>();

    final AtomicInteger rtpOnCurrentWire = new AtomicInteger();
    final AtomicInteger rtcp = new AtomicInteger();
    final AtomicInteger checksAnswered = new AtomicInteger();
    volatile boolean answersChecks = true;
    /** So many DTLS datagrams get lost, each way. */
    final AtomicInteger loseOutgoing = new AtomicInteger();

    final AtomicInteger loseIncoming = new AtomicInteger();
    /** DTLS datagrams that came, lost ones too. */
    final AtomicInteger dtlsDatagrams = new AtomicInteger();
    /** So many of them until hands were shaken. */
    volatile int handshakeDatagrams;

    private final Map<String, BlockingQueue<StunMessage>> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<byte[]> dtls = new LinkedBlockingQueue<>();
    private volatile Wire wire;
    private volatile @Nullable SrtpSession session;
    private volatile @Nullable SrtpSession sending;
    private @Nullable DTLSTransport transport;
    private int sequence = 100;

    TestPeer(String name, Wire wire) throws IOException {
        this(new TestIce(name), DtlsIdentity.generate(), wire);
    }

    /** Another peer connection of the same page. */
    TestPeer(LocalIce serverIce, DtlsIdentity identity, Wire wire) {
        this.serverIce = serverIce;
        this.identity = identity;
        this.wire = wire;
        listen(wire);
    }

    private void listen(Wire on) {
        Thread reader = new Thread(() -> {
            try {
                while (true) {
                    onDatagram(on.receive(), on);
                }
            } catch (IOException closed) {
                return;
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    LegSpec spec(String id, Role role) {
        return new LegSpec(new LegId(id), role, LegKind.WEB, serverIce);
    }

    RemoteTransport remote() {
        return new RemoteTransport("them", PASSWORD, identity.fingerprint());
    }

    // ---- In

    private void onDatagram(byte[] datagram, Wire on) throws IOException {
        int first = datagram[0] & 0xFF;
        if (first < 4) {
            onStun(datagram, on);
        } else if (first < 64) {
            dtlsDatagrams.incrementAndGet();
            if (loseIncoming.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                dtls.add(datagram);
            }
        } else {
            onMedia(datagram, on);
        }
    }

    private void onStun(byte[] datagram, Wire on) throws IOException {
        StunMessage message = Objects.requireNonNull(StunMessage.tryParse(datagram), "bad STUN from the server");
        if (message.kind() == StunMessage.Kind.REQUEST) {
            if (answersChecks && message.integrityMatches(PASSWORD)) {
                checksAnswered.incrementAndGet();
                on.send(Stun.success(
                        message.transactionId(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), PASSWORD));
            }
        } else {
            BlockingQueue<StunMessage> waiting = answers.get(key(message.transactionId()));
            if (waiting != null) {
                waiting.add(message);
            }
        }
    }

    private synchronized void onMedia(byte[] datagram, Wire on) {
        SrtpSession receiving = session;
        if (receiving == null) {
            return;
        }
        ByteBuf packet = Unpooled.buffer(2048).writeBytes(datagram);
        int second = datagram[1] & 0xFF;
        if (second >= 192 && second <= 223) {
            if (receiving.unprotectRtcp(packet) == SrtpVerdict.OK) {
                rtcp.incrementAndGet();
            }
        } else if (receiving.unprotectRtp(packet) == SrtpVerdict.OK) {
            if (on == wire) {
                rtpOnCurrentWire.incrementAndGet();
            }
            rtp.add(packet);
        }
    }

    // ---- ICE

    /** A check that is repeated until it is answered. */
    StunMessage check(int generation, boolean nominate) throws Exception {
        return ask(id ->
                ClientStun.check(id, serverIce.ufrag(generation) + ":them", serverIce.password(generation), nominate));
    }

    StunMessage ask(java.util.function.Function<byte[], byte[]> request) throws Exception {
        byte[] id = new byte[12];
        ThreadLocalRandom.current().nextBytes(id);
        BlockingQueue<StunMessage> waiting = new LinkedBlockingQueue<>();
        answers.put(key(id), waiting);
        byte[] bytes = request.apply(id);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() - end < 0) {
            wire.send(bytes);
            StunMessage answer = waiting.poll(200, TimeUnit.MILLISECONDS);
            if (answer != null) {
                return answer;
            }
        }
        throw new AssertionError("no answer to a check");
    }

    private static String key(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    // ---- DTLS

    /** Check, nominate, shake hands. */
    TestPeer connect(SrtpProfile... offered) throws Exception {
        check(0, true);
        shakeHands(offered);
        return this;
    }

    DtlsTestClient shakeHands(SrtpProfile... offered) throws IOException {
        DtlsTestClient client = new DtlsTestClient(identity, offered.length == 0 ? SrtpProfile.values() : offered);
        transport = client.connect(new DtlsSocket());
        handshakeDatagrams = dtlsDatagrams.get();
        session = SrtpSession.ofClient(client.keys());
        sending = SrtpSession.ofClient(client.keys());
        return client;
    }

    void sayGoodbye() throws IOException {
        Objects.requireNonNull(transport).close();
    }

    /** Whether the server's close_notify comes. */
    boolean hearsGoodbye() {
        try {
            byte[] buffer = new byte[2048];
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (System.nanoTime() - end < 0 && !goodbye) {
                Objects.requireNonNull(transport).receive(buffer, 0, buffer.length, 100);
            }
        } catch (IOException over) {
            return goodbye;
        }
        return goodbye;
    }

    private volatile boolean goodbye;

    private final class DtlsSocket implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return 1500;
        }

        @Override
        public int getSendLimit() {
            return 1200;
        }

        @Override
        public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
            try {
                byte[] datagram = dtls.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (datagram == null) {
                    return -1;
                }
                System.arraycopy(datagram, 0, into, offset, Math.min(length, datagram.length));
                return Math.min(length, datagram.length);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void send(byte[] from, int offset, int length) throws IOException {
            if (loseOutgoing.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                byte[] datagram = new byte[length];
                System.arraycopy(from, offset, datagram, 0, length);
                wire.send(datagram);
            }
        }

        @Override
        public void close() {
            goodbye = true;
        }
    }

    // ---- Media

    /** Sends the next Opus packet, 20 ms after the one before. */
    byte[] sendAudio(int ssrc) throws IOException {
        byte[] datagram = protectedAudio(ssrc);
        wire.send(datagram);
        return datagram;
    }

    byte[] protectedAudio(int ssrc) {
        sequence++;
        ByteBuf packet = Unpooled.buffer(256);
        packet.writeByte(0x80)
                .writeByte(111)
                .writeShort(sequence)
                .writeInt(960 * sequence)
                .writeInt(ssrc);
        packet.writeByte(0x78).writeInt(sequence);
        SrtpVerdict verdict = Objects.requireNonNull(sending, "no keys").protectRtp(packet);
        if (verdict != SrtpVerdict.OK) {
            throw new AssertionError(verdict);
        }
        return ByteBufUtil.getBytes(packet);
    }

    void sendRaw(byte[] datagram) throws IOException {
        wire.send(datagram);
    }

    /** From now on over another wire; the old one stays open and is still read. */
    void moveTo(Wire other) {
        wire = other;
        rtpOnCurrentWire.set(0);
        listen(other);
    }

    @Override
    public void close() {
        wire.close();
    }

    /** Credentials from a name, unlike any other's. */
    private record TestIce(String name) implements LocalIce {
        @Override
        public String ufragBase() {
            return (name + "00000000").substring(0, BASE_LENGTH);
        }

        @Override
        public String password(int generation) {
            return "password-of-" + name + "-in-generation-" + generation;
        }
    }
}
