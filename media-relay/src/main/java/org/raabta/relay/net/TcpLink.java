package org.raabta.relay.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.ice.Path;
import org.raabta.relay.ice.StunMessage;

/**
 * One ICE-TCP connection (RFC 6544, passive side; frames of RFC 4571). It stays on the loop that accepted it, which may be
 * of another transport than ours and so cannot hand it over; whole frames cross to the loop of the call that its first
 * check names, and frames cross back.
 */
public final class TcpLink extends ByteToMessageDecoder {
    /** Connections that have not shown yet whose they are, relay-wide. */
    static final int MAX_STRANGERS = 512;

    static final long STRANGER_SECONDS = 30;

    private static final int LENGTH_BYTES = 2;
    private static final int MAX_FRAMES_WAITING = 64;
    private static final int MAX_JUNK_FRAMES = 16;
    /** What may wait here or in the system, unsent: a second of a thin link, next to nothing of a fast one. */
    private static final int UNSENT_BYTES = 4096;

    private static final int HIGH_WATER_BYTES = 64 * 1024;
    /** Media that has waited for this long will come too late to be heard: better to drop what comes behind it. */
    private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final RelayContext relay;
    private final AtomicInteger strangers;
    private final AtomicInteger framesWaiting = new AtomicInteger();
    /** When each write that has not reached the system was made. */
    private final Queue<Long> writesPending = new ConcurrentLinkedQueue<>();

    private @Nullable Channel channel;
    private @Nullable Path path;
    private @Nullable MediaLoop loop;
    private @Nullable ScheduledFuture<?> strangerTimer;
    private boolean stranger;
    private int junkFrames;

    /** @param strangers counts connections that are nobody's yet */
    public TcpLink(RelayContext relay, AtomicInteger strangers) {
        this.relay = relay;
        this.strangers = strangers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        path = new Path((InetSocketAddress) ctx.channel().remoteAddress(), true);
        stranger = true;
        if (strangers.incrementAndGet() > MAX_STRANGERS) {
            relay.drops().count(Drop.TCP_TOO_MANY);
            close();
            return;
        }
        Channel connection = ctx.channel();
        connection.config().setOption(ChannelOption.TCP_NODELAY, true);
        connection
                .config()
                .setOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(HIGH_WATER_BYTES / 2, HIGH_WATER_BYTES));
        if (connection instanceof EpollSocketChannel) {
            connection.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_BYTES);
        } else {
            connection.config().setOption(ChannelOption.SO_SNDBUF, 4 * UNSENT_BYTES);
        }
        strangerTimer = ctx.executor().schedule(this::closeStranger, STRANGER_SECONDS, TimeUnit.SECONDS);
    }

    private void closeStranger() {
        Path mine = path;
        MediaLoop owner = loop;
        if (owner == null || mine == null) {
            close();
            return;
        }
        owner.execute(() -> {
            if (!owner.knows(mine)) {
                close();
            }
        });
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (in.readableBytes() >= LENGTH_BYTES) {
            int length = in.getUnsignedShort(in.readerIndex());
            if (length > Demux.MAX_DATAGRAM_BYTES) {
                relay.drops().count(Drop.TCP_JUNK);
                in.skipBytes(in.readableBytes());
                close();
                return;
            }
            if (in.readableBytes() < LENGTH_BYTES + length) {
                return;
            }
            in.skipBytes(LENGTH_BYTES);
            byte[] frame = new byte[length];
            in.readBytes(frame);
            onFrame(frame);
        }
    }

    private void onFrame(byte[] frame) {
        Path mine = path;
        MediaLoop owner = loop == null ? findLoop(frame) : loop;
        if (owner == null || mine == null) {
            relay.drops().count(Drop.TCP_JUNK);
            if (++junkFrames > MAX_JUNK_FRAMES) {
                close();
            }
            return;
        }
        if (framesWaiting.incrementAndGet() > MAX_FRAMES_WAITING) {
            framesWaiting.decrementAndGet();
            relay.drops().count(Drop.TCP_OVERFLOW);
            return;
        }
        owner.execute(() -> {
            framesWaiting.decrementAndGet();
            owner.receive(Unpooled.wrappedBuffer(frame), mine);
        });
    }

    /** The loop of the leg that a check in {@code frame} names. */
    private @Nullable MediaLoop findLoop(byte[] frame) {
        StunMessage message = StunMessage.tryParse(frame);
        String ufrag = message == null ? null : message.localUfrag();
        String base = ufrag == null ? null : UfragBase.of(ufrag);
        LegTransport leg = base == null ? null : relay.byUfrag().get(base);
        Path mine = path;
        if (leg == null || mine == null) {
            return null;
        }
        MediaLoop found = leg.loop();
        loop = found;
        noStranger();
        found.execute(() -> found.addTcp(mine, this));
        return found;
    }

    private void noStranger() {
        if (stranger) {
            stranger = false;
            strangers.decrementAndGet();
        }
    }

    /**
     * On the call's loop. Takes ownership of {@code datagram}; false if it was dropped, because what was sent before it still
     * waits.
     */
    boolean send(ByteBuf datagram, boolean media, long nowNanos) {
        Channel connection = channel;
        Long oldest = writesPending.peek();
        boolean stale = oldest != null && nowNanos - oldest > STALE_NANOS;
        if (connection == null || !connection.isWritable() || (media && stale)) {
            datagram.release();
            return false;
        }
        ByteBuf frame = connection.alloc().buffer(LENGTH_BYTES + datagram.readableBytes());
        frame.writeShort(datagram.readableBytes()).writeBytes(datagram);
        datagram.release();
        writesPending.add(nowNanos);
        ChannelFuture unused = connection.writeAndFlush(frame).addListener(done -> writesPending.poll());
        return true;
    }

    /** From any thread. */
    void close() {
        if (channel != null) {
            ChannelFuture unused = channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        noStranger();
        if (strangerTimer != null) {
            strangerTimer.cancel(false);
        }
        Path mine = path;
        MediaLoop owner = loop;
        if (owner != null && mine != null) {
            owner.execute(() -> owner.removeTcp(mine, this));
        }
        super.channelInactive(ctx);
    }

    /** A reset connection is everyday life on the networks that this is for. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        relay.drops().count(Drop.SOCKET_ERROR);
        close();
    }
}
