package org.raabta.relay.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.ice.Path;
import org.raabta.relay.ice.StunMessage;
import org.raabta.relay.secure.SrtpSession;

/**
 * One event loop with its UDP socket: reads datagrams, finds whose they are, and sends. Its tables belong to the loop's
 * thread alone. A datagram that is nobody's leaves no trace but a count.
 */
public final class MediaLoop {
    private static final int DATAGRAM_SLOT_BYTES = 2048;
    /** Datagrams taken per system call (recvmmsg) where there is epoll. */
    private static final int BATCH = 16;

    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final EventLoop eventLoop;
    private final RelayContext relay;
    private final Map<Path, LegTransport> byPath = new HashMap<>();
    private final Map<Integer, List<LegTransport>> bySsrc = new HashMap<>();
    private final Map<Path, TcpLink> tcpLinks = new HashMap<>();
    private final Set<CallOwner> calls = new HashSet<>();
    private final ByteBuf scratch =
            Unpooled.buffer(DATAGRAM_SLOT_BYTES + SrtpSession.OVERHEAD_BYTES, DATAGRAM_SLOT_BYTES + 64);
    private @Nullable Channel udp;
    private boolean unflushed;

    public MediaLoop(EventLoop eventLoop, RelayContext relay) {
        this.eventLoop = eventLoop;
        this.relay = relay;
    }

    /** Opens the loop's socket; waits for it. Returns the port. */
    public int bind(ChannelFactory<? extends DatagramChannel> channels, InetSocketAddress local)
            throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channelFactory(channels)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 19, 1 << 20))
                .handler(new UdpHandler());
        Channel channel = bootstrap.register().sync().channel();
        if (channel instanceof EpollDatagramChannel epoll) {
            epoll.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_SLOT_BYTES);
            epoll.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(DATAGRAM_SLOT_BYTES * BATCH));
        } else {
            channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(DATAGRAM_SLOT_BYTES));
        }
        channel.bind(local).sync();
        udp = channel;
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    // ---- Threads
    // ------------------------------------------------------------------------------------------------------

    boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    /** Runs {@code task} on the loop and sends what it wrote; once the loop has stopped, not at all. */
    void execute(Runnable task) {
        try {
            eventLoop.execute(() -> {
                task.run();
                flush();
            });
        } catch (RejectedExecutionException stopped) {
            // The relay is closed: there is nobody left whom the task could concern.
            return;
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long delayNanos) {
        return eventLoop.schedule(
                () -> {
                    task.run();
                    flush();
                },
                delayNanos,
                TimeUnit.NANOSECONDS);
    }

    // ---- In
    // -----------------------------------------------------------------------------------------------------------

    /** One datagram, or one frame of a TCP connection. Borrows {@code datagram}. */
    void receive(ByteBuf datagram, Path from) {
        receive(datagram, from, relay.clock().getAsLong());
    }

    private void receive(ByteBuf datagram, Path from, long now) {
        Demux kind = Demux.of(datagram);
        switch (kind) {
            case STUN -> onStun(ByteBufUtil.getBytes(datagram), from, now);
            case DTLS -> {
                LegTransport leg = byPath.get(from);
                if (leg == null) {
                    relay.drops().count(Drop.UNKNOWN_SENDER);
                } else {
                    leg.owner().onDtls(leg, ByteBufUtil.getBytes(datagram), from, now);
                }
            }
            case RTP, RTCP -> onMedia(datagram, kind == Demux.RTCP, from, now);
            case JUNK -> relay.drops().count(Drop.JUNK);
        }
    }

    private void onStun(byte[] datagram, Path from, long now) {
        StunMessage message = StunMessage.tryParse(datagram);
        if (message == null) {
            relay.drops().count(Drop.STUN_MALFORMED);
            return;
        }
        LegTransport leg = message.kind() == StunMessage.Kind.REQUEST ? legOf(message, from) : byPath.get(from);
        if (leg == null || leg.loop() != this) {
            // Silence, not the 401 of RFC 8489, section 9.1.3: a page may be ahead of its leg, which signaling makes,
            // and some
            // ICE stacks give up on a pair for good when they hear 401; they repeat a check that is not answered.
            relay.drops().count(Drop.STUN_UNKNOWN_USER);
            return;
        }
        leg.owner().onStun(leg, message, from, now);
    }

    private @Nullable LegTransport legOf(StunMessage request, Path from) {
        String ufrag = request.localUfrag();
        if (ufrag == null) {
            return byPath.get(from);
        }
        String base = UfragBase.of(ufrag);
        return base == null ? null : relay.byUfrag().get(base);
    }

    private void onMedia(ByteBuf datagram, boolean rtcp, Path from, long now) {
        LegTransport known = byPath.get(from);
        if (known != null) {
            known.owner().onMedia(known, copy(datagram), rtcp, from, true, now);
            return;
        }
        // A leg whose address changed under way: its SSRC says whose keys to try, and only these say whose it is.
        int ssrc = datagram.getInt(datagram.readerIndex() + (rtcp ? 4 : 8));
        for (LegTransport leg : List.copyOf(bySsrc.getOrDefault(ssrc, List.of()))) {
            if (leg.owner().onMedia(leg, copy(datagram), rtcp, from, false, now)) {
                return;
            }
        }
        relay.drops().count(Drop.UNKNOWN_SENDER);
    }

    /** The datagram in the loop's own array, where it can be decrypted; until the next call. */
    private ByteBuf copy(ByteBuf datagram) {
        return scratch.clear().writeBytes(datagram, datagram.readerIndex(), datagram.readableBytes());
    }

    // ---- Out
    // ----------------------------------------------------------------------------------------------------------

    /** Sends with the next flush; takes ownership of {@code datagram}. {@code media} may be dropped where it would wait. */
    void send(Path to, ByteBuf datagram, boolean media, CallOwner sender) {
        if (to.tcp()) {
            TcpLink link = tcpLinks.get(to);
            if (link == null || !link.send(datagram, media, relay.clock().getAsLong())) {
                sender.drop(link == null ? Drop.NOT_CONNECTED : Drop.TCP_BACKED_UP);
            }
            if (link == null) {
                datagram.release();
            }
            return;
        }
        Channel channel = udp;
        if (channel == null || !channel.isWritable()) {
            datagram.release();
            sender.drop(Drop.UDP_BACKED_UP);
            return;
        }
        // Whether it went comes back as an exception of the channel, counted there.
        ChannelFuture unused = channel.write(new DatagramPacket(datagram, to.remote()), channel.voidPromise());
        unflushed = true;
    }

    private void flush() {
        Channel channel = udp;
        if (unflushed && channel != null) {
            unflushed = false;
            channel.flush();
        }
    }

    // ---- Tables
    // -------------------------------------------------------------------------------------------------------

    void bindPath(Path path, LegTransport leg) {
        byPath.put(path, leg);
    }

    boolean isBound(Path path, LegTransport leg) {
        return byPath.get(path) == leg;
    }

    void unbindPath(Path path, LegTransport leg) {
        if (byPath.remove(path, leg) && path.tcp()) {
            TcpLink link = tcpLinks.get(path);
            if (link != null) {
                link.close();
            }
        }
    }

    void bindSsrc(int ssrc, LegTransport leg) {
        bySsrc.computeIfAbsent(ssrc, key -> new ArrayList<>(1)).add(leg);
    }

    void unbindSsrc(int ssrc, LegTransport leg) {
        List<LegTransport> legs = bySsrc.get(ssrc);
        if (legs != null && legs.remove(leg) && legs.isEmpty()) {
            bySsrc.remove(ssrc);
        }
    }

    void addTcp(Path path, TcpLink link) {
        tcpLinks.put(path, link);
    }

    void removeTcp(Path path, TcpLink link) {
        tcpLinks.remove(path, link);
    }

    /** Whether an authenticated check has come over {@code path}. */
    boolean knows(Path path) {
        return byPath.containsKey(path);
    }

    /** From any thread. */
    public void add(CallOwner call) {
        execute(() -> calls.add(call));
    }

    /** From any thread. */
    public void remove(CallOwner call) {
        execute(() -> calls.remove(call));
    }

    /** From any thread: ends every call (their far ends are told), then closes the socket; completes when that is done. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            List.copyOf(calls).forEach(CallOwner::end);
            // Behind what the ends have put on the loop.
            execute(() -> {
                List.copyOf(tcpLinks.values()).forEach(TcpLink::close);
                flush();
                if (udp != null) {
                    ChannelFuture unused = udp.close();
                }
                done.complete(null);
            });
        });
        return done;
    }

    /** Reads the socket. One per loop; flushes once after each batch. */
    private final class UdpHandler extends ChannelInboundHandlerAdapter {
        private boolean inBatch;
        private long batchNanos;

        /** Datagrams that were read together have come by the same instant: how long each takes here is not the link's doing. */
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            if (!inBatch) {
                inBatch = true;
                batchNanos = relay.clock().getAsLong();
            }
            try {
                receive(packet.content(), new Path(packet.sender(), false), batchNanos);
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            inBatch = false;
            flush();
        }

        /** A datagram that the system would not send or take, as when a peer's port is closed. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            relay.drops().count(Drop.SOCKET_ERROR);
        }
    }
}
