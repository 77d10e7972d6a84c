package org.raabta.signaling.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Before the codec of a WebSocket: tells the handlers behind it, as a user event, what its connection moves over the link,
 * with what TCP and IP add. Everything that goes over a thin link has to be counted, or the call beside it is planned too large.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever wrote has the promise
final class LinkMeter extends ChannelDuplexHandler {
    /** IPv4 and TCP with time stamps (RFC 7323). */
    private static final int HEADER_BYTES = 52;

    private static final int SEGMENT_BYTES = 1400;
    /** Every other segment is acknowledged (RFC 1122, section 4.2.3.2), a single one too. */
    private static final int SEGMENTS_PER_ACK = 2;

    private static final int MOST_BYTES = 1 << 30;
    /** Around what an HTTP/2 stream writes at once: a frame's header (RFC 9113, section 4.1) and a record of TLS 1.3. */
    static final int STREAM_BYTES = 9 + 22;

    private final int wrappingBytes;

    private int read;
    private int written;

    /** @param wrappingBytes that are around each read and write and not seen from here */
    LinkMeter(int wrappingBytes) {
        this.wrappingBytes = wrappingBytes;
    }

    /**
     * Just moved, in both ways.
     *
     * @param up   bytes from the client
     * @param down bytes to the client
     * @param heard whether it was the client who sent
     */
    record Moved(int up, int down, boolean heard) implements Handler.SocketMoved {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            read = Math.min(MOST_BYTES, read + bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (read > 0) {
            int bytes = read + wrappingBytes;
            read = 0;
            ctx.fireUserEventTriggered(new Moved(withHeaders(bytes), acknowledgements(bytes), true));
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            written = Math.min(MOST_BYTES, written + bytes.readableBytes());
        }
        ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (written > 0) {
            int bytes = written + wrappingBytes;
            written = 0;
            ctx.fireUserEventTriggered(new Moved(acknowledgements(bytes), withHeaders(bytes), false));
        }
    }

    private static int segments(int bytes) {
        return (bytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
    }

    static int withHeaders(int bytes) {
        return bytes + segments(bytes) * HEADER_BYTES;
    }

    static int acknowledgements(int bytes) {
        return (segments(bytes) + SEGMENTS_PER_ACK - 1) / SEGMENTS_PER_ACK * HEADER_BYTES;
    }
}
