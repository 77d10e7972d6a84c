package org.raabta.signaling.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a WebSocket in the DATA frames of an HTTP/2 stream (RFC 8441, section 5). What comes before the socket's
 * handlers stand is kept; owned by the stream's pipeline.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class SocketBytesCodec extends ChannelDuplexHandler {
    /** A reset of the stream takes from the browser what it has not read yet, the close frame too: so long it has time. */
    private static final long CLOSE_WITHIN_MS = 5_000;
    /** A page says little before it was welcomed. */
    private static final int MOST_EARLY_BYTES = 2 * HttpLimits.SOCKET_MESSAGE_BYTES;

    private @Nullable Queue<ByteBuf> early = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private int earlyBytes;
    private boolean finished;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** The handlers behind this one stand: they get what came before. */
    void release() {
        Queue<ByteBuf> kept = early;
        early = null;
        if (kept != null && context != null) {
            kept.forEach(context::fireChannelRead);
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Http2DataFrame data)) {
            // Trailers: there is nothing in them for us.
            ReferenceCountUtil.release(message);
            return;
        }
        boolean last = data.isEndStream();
        ByteBuf bytes = data.content();
        if (early == null) {
            ctx.fireChannelRead(bytes);
        } else if ((earlyBytes += bytes.readableBytes()) <= MOST_EARLY_BYTES) {
            early.add(bytes);
        } else {
            bytes.release();
            ctx.close();
        }
        if (last) {
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void drop() {
        if (early != null) {
            early.forEach(ByteBuf::release);
            early = null;
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message instanceof ByteBuf bytes ? new DefaultHttp2DataFrame(bytes) : message, promise);
    }

    /** By the socket's handlers: the end of the stream, and its reset only if the browser does not end it as well. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (finished || !ctx.channel().isActive()) {
            ctx.close(promise);
            return;
        }
        finished = true;
        ctx.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
        ctx.executor().schedule(() -> ctx.close(promise), CLOSE_WITHIN_MS, TimeUnit.MILLISECONDS);
    }
}
