package org.raabta.signaling.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at the first byte of a connection on the HTTPS port: TLS, or else framed media (RFC 4571, RFC 6544). */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class PortUnifier extends ByteToMessageDecoder {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final long FIRST_BYTE_MS = 15_000;

    private final Consumer<ChannelHandlerContext> tls;
    private final Supplier<ChannelHandler> media;
    private @Nullable Future<?> timer;

    /** @param tls adds its handlers behind the given context */
    PortUnifier(Consumer<ChannelHandlerContext> tls, Supplier<ChannelHandler> media) {
        this.tls = tls;
        this.media = media;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> ctx.close(), FIRST_BYTE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!in.isReadable()) {
            return;
        }
        if (in.getUnsignedByte(in.readerIndex()) == TLS_HANDSHAKE) {
            tls.accept(ctx);
        } else {
            ctx.pipeline().addLast(media.get());
        }
        // What was read is handed on by the decoder when it is removed.
        ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
