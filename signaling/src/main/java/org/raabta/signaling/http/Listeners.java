package org.raabta.signaling.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.raabta.signaling.metrics.Meters;

/** The two ports: plain HTTP/1.1, and TLS with HTTP/2 or HTTP/1.1 beside framed media. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
public final class Listeners implements AutoCloseable {
    /** GPRS: three round trips of 1.3 s with stalls of seconds. */
    private static final long TLS_HANDSHAKE_MS = 30_000;
    /**
     * Plain bytes of a TLS record: one that fits a segment is decrypted when it comes. Of 16 KB a browser sees nothing for
     * 4 s and more on GPRS; 22 bytes for each record more are 2 %.
     */
    private static final int RECORD_BYTES = 1280;

    private final HttpLimits limits;
    private final Meters meters;
    private final ConnectionLimit connections;
    private final Semaphore forms = new Semaphore(HttpLimits.FORMS);
    private final Channel plain;
    private final Channel secure;
    private volatile Handler handler = new NotReady();
    private volatile Supplier<ChannelHandler> media = ClosingHandler::new;

    /** Binds both ports; nothing is accepted before {@link #serve}. */
    public Listeners(
            EventLoopGroup loops,
            InetSocketAddress http,
            InetSocketAddress https,
            SslContext tls,
            HttpLimits limits,
            Meters meters)
            throws IOException {
        this.limits = limits;
        this.meters = meters;
        this.connections = new ConnectionLimit(limits.connectionsPerAddress(), meters);
        this.plain = bind(loops, http, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(connections);
                addHttp1(channel.pipeline(), false);
            }
        });
        try {
            this.secure = bind(loops, https, new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline()
                            .addLast(connections)
                            .addLast(new PortUnifier(ctx -> addTls(ctx, tls), () -> media.get()));
                }
            });
        } catch (IOException e) {
            plain.close().syncUninterruptibly();
            throw e;
        }
    }

    public int httpPort() {
        return ((InetSocketAddress) plain.localAddress()).getPort();
    }

    public int httpsPort() {
        return ((InetSocketAddress) secure.localAddress()).getPort();
    }

    /** @param mediaHandlers makes the handler of each connection that is not TLS */
    public void serve(Handler served, Supplier<ChannelHandler> mediaHandlers) {
        handler = served;
        media = mediaHandlers;
        plain.config().setAutoRead(true);
        secure.config().setAutoRead(true);
    }

    /** Accepts no more; what is open stays until its loops end. */
    @Override
    public void close() {
        plain.close().syncUninterruptibly();
        secure.close().syncUninterruptibly();
    }

    private static Channel bind(EventLoopGroup loops, InetSocketAddress address, ChannelHandler initializer)
            throws IOException {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + address.getHostString() + ":" + address.getPort() + " ("
                    + bound.cause().getMessage() + ")");
        }
        return bound.channel();
    }

    private void addTls(ChannelHandlerContext ctx, SslContext tls) {
        SslHandler ssl = tls.newHandler(ctx.alloc());
        ssl.setHandshakeTimeoutMillis(TLS_HANDSHAKE_MS);
        ssl.setWrapDataSize(RECORD_BYTES);
        ctx.pipeline().addLast(ssl);
        ctx.pipeline().addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext inner, String protocol) {
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                    addHttp2(inner.pipeline());
                } else {
                    addHttp1(inner.pipeline(), true);
                }
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext inner, Throwable cause) {
                inner.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext inner, Throwable cause) {
                inner.close();
            }
        });
    }

    private void addHttp1(ChannelPipeline pipeline, boolean overTls) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpLimits.LINE_BYTES)
                .setMaxHeaderSize(HttpLimits.HEADER_BYTES)));
        pipeline.addLast(new RequestDeadline(limits.requestTimeout(), limits.bodyBytes()));
        pipeline.addLast(new FormCollector(handler, limits.formBytes(), forms, RequestHandler.Wire.HTTP_1, overTls));
        pipeline.addLast(new BodyCollector(limits.bodyBytes(), RequestHandler.Wire.HTTP_1));
        pipeline.addLast(SocketHandshake.compression());
        pipeline.addLast(new RequestHandler(handler, meters, RequestHandler.Wire.HTTP_1, overTls));
    }

    private void addHttp2(ChannelPipeline pipeline) {
        pipeline.addLast(new IdleStateHandler(0, 0, limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        pipeline.addLast(new ClosingHandler.OnIdle());
        pipeline.addLast(Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(HttpLimits.STREAMS)
                        .maxHeaderListSize(HttpLimits.HEADER_BYTES)
                        // WebSockets on the connection that is there already (RFC 8441).
                        .connectProtocolEnabled(true))
                .build());
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline()
                        .addLast(new SocketStream(handler, meters))
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                        .addLast(new RequestDeadline(limits.requestTimeout(), limits.bodyBytes()))
                        .addLast(new FormCollector(
                                handler, limits.formBytes(), forms, RequestHandler.Wire.HTTP_2_STREAM, true))
                        .addLast(new BodyCollector(limits.bodyBytes(), RequestHandler.Wire.HTTP_2_STREAM))
                        .addLast(new RequestHandler(handler, meters, RequestHandler.Wire.HTTP_2_STREAM, true));
            }
        }));
        pipeline.addLast(new ClosingHandler());
    }

    /** Before {@link #serve} nothing is accepted, so this is never asked. */
    private static final class NotReady implements Handler {
        @Override
        public java.util.concurrent.CompletionStage<Response> handle(Request request) {
            return java.util.concurrent.CompletableFuture.completedFuture(Problem.DRAINING.response());
        }

        @Override
        public java.util.concurrent.CompletionStage<Upgrade> upgrade(Request request) {
            return java.util.concurrent.CompletableFuture.completedFuture(
                    new Upgrade.Refused(Problem.DRAINING.response()));
        }
    }
}
