package org.raabta.signaling;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** WebSockets as extended CONNECT over HTTP/2 (RFC 8441), without compression: bytes of frames as they are. */
@SuppressWarnings("FutureReturnValueIgnored") // a test that fails says why by what it does not hear
final class StreamClient implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel connection;

    StreamClient(int port) throws Exception {
        var tls = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2))
                .build();
        this.connection = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(Http2FrameCodecBuilder.forClient()
                                        .initialSettings(Http2Settings.defaultSettings())
                                        .build())
                                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect("127.0.0.1", port)
                .sync()
                .channel();
    }

    /** Asks for a WebSocket; {@code more} are headers beside those that every browser sends. */
    Stream open(String path, Map<String, String> more) throws Exception {
        Stream stream = new Stream();
        stream.channel = new Http2StreamChannelBootstrap(connection)
                .handler(stream)
                .open()
                .sync()
                .getNow();
        Http2Headers headers = new DefaultHttp2Headers()
                .method("CONNECT")
                .scheme("https")
                .authority("localhost")
                .path(path)
                .set(":protocol", "websocket")
                .set("sec-websocket-version", "13");
        more.forEach(headers::set);
        Objects.requireNonNull(stream.channel)
                .writeAndFlush(new DefaultHttp2HeadersFrame(headers, false))
                .sync();
        return stream;
    }

    @Override
    public void close() {
        connection.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** What came on it, in order. */
    static final class Stream extends ChannelInboundHandlerAdapter {
        private static final byte[] END = new byte[0];

        private final BlockingQueue<Http2Headers> answers = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        @org.jspecify.annotations.Nullable
        private Http2StreamChannel channel;

        Http2Headers answer() throws InterruptedException {
            Http2Headers answer = answers.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer");
            }
            return answer;
        }

        /** Everything so far, once {@code text} is in it. */
        String until(String text) throws InterruptedException {
            while (!seen.toString(StandardCharsets.UTF_8).contains(text)) {
                byte[] chunk = chunks.poll(WAIT_SECONDS, TimeUnit.SECONDS);
                if (chunk == null || chunk == END) {
                    throw new AssertionError("no " + text + " in " + seen.toString(StandardCharsets.UTF_8));
                }
                seen.writeBytes(chunk);
            }
            return seen.toString(StandardCharsets.UTF_8);
        }

        /** The last bytes before the server ended its side. */
        byte[] untilEnd() throws InterruptedException {
            for (byte[] chunk; (chunk = chunks.poll(WAIT_SECONDS, TimeUnit.SECONDS)) != END; ) {
                if (chunk == null) {
                    throw new AssertionError("the stream does not end");
                }
                seen.writeBytes(chunk);
            }
            return seen.toByteArray();
        }

        /** One text frame, masked with zeros (RFC 6455, section 5.3). */
        void say(String json) throws InterruptedException {
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            ByteBuf frame = Unpooled.buffer();
            frame.writeByte(0x81);
            if (text.length < 126) {
                frame.writeByte(0x80 | text.length);
            } else {
                frame.writeByte(0x80 | 126).writeShort(text.length);
            }
            frame.writeInt(0).writeBytes(text);
            Objects.requireNonNull(channel)
                    .writeAndFlush(new DefaultHttp2DataFrame(frame))
                    .sync();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http2HeadersFrame headers) {
                answers.add(headers.headers());
                end(headers.isEndStream());
            } else if (message instanceof Http2DataFrame data) {
                chunks.add(ByteBufUtil.getBytes(data.content()));
                end(data.isEndStream());
            }
            ReferenceCountUtil.release(message);
        }

        private void end(boolean last) {
            if (last) {
                chunks.add(END);
            }
        }
    }
}
