package org.raabta.signaling.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

/** Turns an HTTP/1.1 connection into a WebSocket (RFC 6455), with permessage-deflate (RFC 7692) where offered; {@link SocketStream} has HTTP/2. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class SocketHandshake {
    private static final int COMPRESSION_LEVEL = 6;
    private static final int WINDOW_BITS = 15;

    private SocketHandshake() {}

    /** Sits in the pipeline from the start, for it must see the request. Context is taken over both ways. */
    static ChannelHandler compression() {
        return new WebSocketServerExtensionHandler(deflate());
    }

    static PerMessageDeflateServerExtensionHandshaker deflate() {
        return new PerMessageDeflateServerExtensionHandshaker(
                COMPRESSION_LEVEL, true, WINDOW_BITS, false, false, HttpLimits.SOCKET_MESSAGE_BYTES);
    }

    /** As the value of {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1). */
    static String header(WebSocketExtensionData agreed) {
        StringBuilder out = new StringBuilder(agreed.name());
        agreed.parameters()
                .forEach((name, value) -> out.append("; ").append(name).append(value == null ? "" : "=" + value));
        return out.toString();
    }

    static WebSocketDecoderConfig frames() {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(HttpLimits.SOCKET_MESSAGE_BYTES)
                .allowExtensions(true)
                .withUTF8Validator(false)
                .build();
    }

    /** Behind the codec of frames. */
    static void addSocket(ChannelPipeline pipeline, ChannelHandler socket) {
        pipeline.addLast(new WebSocketFrameAggregator(HttpLimits.SOCKET_MESSAGE_BYTES));
        pipeline.addLast(new Utf8FrameValidator(false));
        pipeline.addLast(socket);
    }

    /** Borrows {@code request}. */
    static void perform(ChannelHandlerContext ctx, FullHttpRequest request, ChannelHandler socket) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("", null, frames()).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addFirst(new LinkMeter(0));
        addSocket(pipeline, socket);
        pipeline.remove(RequestDeadline.class);
        try {
            handshaker.handshake(ctx.channel(), request).addListener((ChannelFutureListener) done -> {
                if (done.isSuccess()) {
                    done.channel().pipeline().fireUserEventTriggered(Handler.SocketOpened.OPENED);
                } else {
                    done.channel().close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            ctx.close();
            return;
        }
        pipeline.remove(RequestHandler.class);
    }
}
