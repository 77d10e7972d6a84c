package org.raabta.signaling.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection (or HTTP/2 stream) that completes no request in time, however slowly it drips. The clock runs
 * from its opening to the end of a request, and from the answer to the end of the next one. A body that is larger than most earns
 * as much time again with each piece that others have all their time for: a photo of 1 MB takes ten minutes over GPRS.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class RequestDeadline extends ChannelDuplexHandler {
    private final Duration timeout;
    private final int pieceBytes;
    private int cameBytes;
    private @Nullable Future<?> timer;

    /** @param pieceBytes of a body that must come within {@code timeout} */
    RequestDeadline(Duration timeout, int pieceBytes) {
        this.timeout = timeout;
        this.pieceBytes = pieceBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        start(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            cameBytes = 0;
        }
        if (message instanceof LastHttpContent) {
            stop();
        } else if (message instanceof HttpContent content) {
            cameBytes += content.content().readableBytes();
            if (cameBytes >= pieceBytes) {
                cameBytes = 0;
                start(ctx);
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent) {
            start(ctx);
        }
        ctx.write(message, promise);
    }

    private void start(ChannelHandlerContext ctx) {
        stop();
        if (ctx.channel().isOpen()) {
            timer = ctx.executor().schedule(() -> ctx.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
