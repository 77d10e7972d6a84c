package org.raabta.signaling.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.raabta.signaling.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Last in the pipeline of a connection or stream: whole requests in, whole answers out, in order. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    /** How the connection is used. */
    enum Wire {
        HTTP_1,
        HTTP_2_STREAM
    }

    private final Handler handler;
    private final Meters meters;
    private final Wire wire;
    private final boolean secure;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    RequestHandler(Handler handler, Meters meters, Wire wire, boolean secure) {
        this.handler = handler;
        this.meters = meters;
        this.wire = wire;
        this.secure = secure;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest http) {
        if (!busy) {
            serve(ctx, http);
        } else if (waiting.size() < HttpLimits.PIPELINED) {
            waiting.add(http.retain());
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Broken TLS, broken frames, resets: the peer's doing, so counted and not logged.
        meters.count(Meters.Counter.BAD_HTTP);
        ctx.close();
    }

    private void serve(ChannelHandlerContext ctx, FullHttpRequest http) {
        busy = true;
        boolean keepAlive = HttpUtil.isKeepAlive(http);
        boolean head = http.method().name().equals("HEAD");
        if (http.decoderResult().isFailure()) {
            meters.count(Meters.Counter.BAD_HTTP);
            answer(ctx, http, malformed(http.decoderResult().cause()).response(), false, head);
            return;
        }
        Request request;
        try {
            request = Request.of(http, remote(ctx), secure);
        } catch (IllegalArgumentException e) {
            meters.count(Meters.Counter.BAD_HTTP);
            answer(ctx, http, Problem.BAD_REQUEST.response(), false, head);
            return;
        }
        if (wire == Wire.HTTP_1 && wantsSocket(http)) {
            http.retain();
            guarded(() -> handler.upgrade(request))
                    .whenCompleteAsync((upgrade, failure) -> upgraded(ctx, http, upgrade, failure), ctx.executor());
            return;
        }
        http.retain();
        guarded(() -> handler.handle(request))
                .whenCompleteAsync(
                        (response, failure) -> {
                            answer(ctx, http, response != null ? response : failed(failure), keepAlive, head);
                            http.release();
                        },
                        ctx.executor());
    }

    private void upgraded(
            ChannelHandlerContext ctx,
            FullHttpRequest http,
            Handler.@Nullable Upgrade upgrade,
            @Nullable Throwable failure) {
        try {
            if (upgrade instanceof Handler.Upgrade.Accepted accepted) {
                if (ctx.channel().isActive()) {
                    SocketHandshake.perform(ctx, http, accepted.socket());
                }
            } else if (upgrade instanceof Handler.Upgrade.Refused refused) {
                answer(ctx, http, refused.response(), HttpUtil.isKeepAlive(http), false);
            } else {
                answer(ctx, http, failed(failure), false, false);
            }
        } finally {
            http.release();
        }
    }

    private void answer(
            ChannelHandlerContext ctx, FullHttpRequest http, Response response, boolean keepAlive, boolean head) {
        boolean bodiless = head || response.status() == 304 || response.status() == 204;
        HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
        BodyPace pace = bodiless || response.body().length == 0 ? null : response.pace();
        HttpResponse out = pace != null
                ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, status)
                : new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
        addHeaders(out, response);
        if (wire == Wire.HTTP_2_STREAM) {
            String stream = http.headers().get(HttpConversionUtil.ExtensionHeaderNames.STREAM_ID.text());
            if (stream != null) {
                out.headers().set(HttpConversionUtil.ExtensionHeaderNames.STREAM_ID.text(), stream);
            }
        } else if (!keepAlive) {
            out.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture written = ctx.writeAndFlush(out);
        boolean last = wire == Wire.HTTP_1 && !keepAlive;
        if (pace != null) {
            new PacedBody(ctx, response.body(), pace, () -> answered(ctx, last)).begin();
        } else if (last) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else {
            answered(ctx, false);
        }
    }

    static void addHeaders(HttpResponse out, Response response) {
        if (!response.contentType().isEmpty()) {
            out.headers().set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
        }
        if (response.status() != 304 && response.status() != 204) {
            out.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        response.headers().forEach((name, value) -> out.headers().set(name, value));
        if (!out.headers().contains(HttpHeaderNames.CACHE_CONTROL)) {
            out.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        }
        out.headers().set("x-content-type-options", "nosniff").set("referrer-policy", "no-referrer");
    }

    private void answered(ChannelHandlerContext ctx, boolean last) {
        if (last) {
            ctx.close();
            return;
        }
        busy = false;
        FullHttpRequest next = waiting.poll();
        if (next != null) {
            serve(ctx, next);
            next.release();
        }
    }

    private static Response failed(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException problem) {
            return problem.response();
        }
        LOG.error("a request met a bug", cause);
        return Problem.INTERNAL.response();
    }

    private static <T> CompletionStage<T> guarded(java.util.function.Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return java.util.concurrent.CompletableFuture.failedFuture(e);
        }
    }

    private static Problem malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.URI_TOO_LONG;
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.HEADERS_TOO_LARGE;
        }
        return cause instanceof TooLongFrameException ? Problem.TOO_LARGE : Problem.BAD_REQUEST;
    }

    private static boolean wantsSocket(FullHttpRequest http) {
        return http.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && http.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    static InetAddress remote(ChannelHandlerContext ctx) {
        var channel = ctx.channel().parent() != null && !(ctx.channel().remoteAddress() instanceof InetSocketAddress)
                ? ctx.channel().parent()
                : ctx.channel();
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
