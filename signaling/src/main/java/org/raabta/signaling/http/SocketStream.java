package org.raabta.signaling.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.raabta.signaling.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First in the pipeline of an HTTP/2 stream: a WebSocket that was asked for by extended CONNECT (RFC 8441) is opened on this very
 * stream. The browser then needs no connection of its own for it: on GPRS that spares two round trips and a TLS handshake.
 * A stream that asks for anything else goes its way.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class SocketStream extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);

    private final Handler handler;
    private final Meters meters;

    SocketStream(Handler handler, Meters meters) {
        this.handler = handler;
        this.meters = meters;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame opening && asksForSocket(opening.headers())) {
            // Frames may come at once: what belongs to requests goes before they do, and the bytes wait in the codec.
            ChannelPipeline pipeline = ctx.pipeline();
            while (pipeline.last() != this) {
                pipeline.removeLast();
            }
            SocketBytesCodec codec = new SocketBytesCodec();
            pipeline.addLast(codec);
            open(ctx, opening.headers(), codec);
            return;
        }
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }

    private static boolean asksForSocket(Http2Headers headers) {
        CharSequence protocol = headers.get(Http2Headers.PseudoHeaderName.PROTOCOL.value());
        return protocol != null
                && HttpMethod.CONNECT.asciiName().contentEquals(headers.method())
                && protocol.toString().equals("websocket");
    }

    private void open(ChannelHandlerContext ctx, Http2Headers headers, SocketBytesCodec codec) {
        Request request;
        try {
            request = request(ctx, headers);
        } catch (IllegalArgumentException e) {
            meters.count(Meters.Counter.BAD_HTTP);
            refuse(ctx, Problem.BAD_REQUEST.response());
            return;
        }
        if (!"13".equals(request.header(HttpHeaderNames.SEC_WEBSOCKET_VERSION).orElse(""))) {
            refuse(ctx, Problem.BAD_REQUEST.response("sec-websocket-version: 13"));
            return;
        }
        CompletionStage<Handler.Upgrade> answer;
        try {
            answer = handler.upgrade(request);
        } catch (RuntimeException e) {
            failed(ctx, e);
            return;
        }
        answer.whenCompleteAsync(
                (upgrade, failure) -> {
                    if (upgrade instanceof Handler.Upgrade.Accepted accepted) {
                        accept(ctx, request, codec, accepted.socket());
                    } else if (upgrade instanceof Handler.Upgrade.Refused refused) {
                        refuse(ctx, refused.response());
                    } else {
                        failed(ctx, failure);
                    }
                },
                ctx.executor());
    }

    /** As HTTP/1.1 would have said it, for the one model of a request that handlers know. */
    private static Request request(ChannelHandlerContext ctx, Http2Headers headers) {
        String path = Objects.requireNonNullElse(headers.path(), "").toString();
        if (!path.startsWith("/") || path.length() > HttpLimits.LINE_BYTES) {
            throw new IllegalArgumentException("no path");
        }
        FullHttpRequest http =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
        headers.forEach(header -> {
            if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(header.getKey())) {
                http.headers().add(header.getKey(), header.getValue());
            }
        });
        if (headers.authority() != null) {
            http.headers().set(HttpHeaderNames.HOST, headers.authority());
        }
        return Request.of(http, RequestHandler.remote(ctx), true);
    }

    private void accept(ChannelHandlerContext ctx, Request request, SocketBytesCodec codec, ChannelHandler socket) {
        if (!ctx.channel().isActive()) {
            return;
        }
        Http2Headers answer = new DefaultHttp2Headers().status("200");
        Optional<WebSocketServerExtension> compression =
                request.header(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS).flatMap(SocketStream::compression);
        compression.ifPresent(agreed ->
                answer.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, SocketHandshake.header(agreed.newReponseData())));
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addLast(new LinkMeter(LinkMeter.STREAM_BYTES));
        pipeline.addLast(new WebSocket13FrameDecoder(SocketHandshake.frames()));
        pipeline.addLast(new WebSocket13FrameEncoder(false));
        compression.ifPresent(agreed -> {
            pipeline.addLast(agreed.newExtensionDecoder());
            pipeline.addLast(agreed.newExtensionEncoder());
        });
        SocketHandshake.addSocket(pipeline, socket);
        ctx.writeAndFlush(new DefaultHttp2HeadersFrame(answer, false)).addListener(done -> {
            if (done.isSuccess()) {
                ctx.channel().pipeline().fireUserEventTriggered(Handler.SocketOpened.OPENED);
                codec.release();
            } else {
                ctx.close();
            }
        });
        pipeline.remove(this);
    }

    private static Optional<WebSocketServerExtension> compression(String offered) {
        return WebSocketExtensionUtil.extractExtensions(offered).stream()
                .map(offer -> SocketHandshake.deflate().handshakeExtension(offer))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static void refuse(ChannelHandlerContext ctx, Response response) {
        Http2Headers headers = new DefaultHttp2Headers().status(String.valueOf(response.status()));
        headers.set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
        response.headers().forEach((name, value) -> headers.set(name.toLowerCase(java.util.Locale.ROOT), value));
        ctx.write(new DefaultHttp2HeadersFrame(headers, false));
        ctx.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(response.body()), true));
    }

    private static void failed(ChannelHandlerContext ctx, @Nullable Throwable failure) {
        LOG.error("a request for a socket met a bug", failure);
        refuse(ctx, Problem.INTERNAL.response());
    }
}
