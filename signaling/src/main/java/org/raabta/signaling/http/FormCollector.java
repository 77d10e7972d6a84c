package org.raabta.signaling.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Collects forms that bring a file, which are larger than other bodies: from whom the handler knows, and so many at once, for each
 * is in memory until it is whole. What is not taken is dropped as it comes, to its end: browsers look at an answer only then.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class FormCollector extends HttpObjectAggregator {
    private final Handler handler;
    private final Semaphore places;
    private final RequestHandler.Wire wire;
    private final boolean secure;
    /** The request that is coming is for this collector. */
    private boolean ours;

    private boolean placed;
    private boolean dropping;

    /** @param places shared by all connections */
    FormCollector(Handler handler, int mostBytes, Semaphore places, RequestHandler.Wire wire, boolean secure) {
        super(mostBytes);
        this.handler = handler;
        this.places = places;
        this.wire = wire;
        this.secure = secure;
    }

    @Override
    public boolean acceptInboundMessage(Object message) throws Exception {
        if (message instanceof HttpRequest head) {
            ours = head.decoderResult().isSuccess() && bringsFile(head);
        }
        return ours && (dropping ? message instanceof HttpObject : super.acceptInboundMessage(message));
    }

    private boolean bringsFile(HttpRequest head) {
        try {
            return handler.bringsFile(Request.head(head, RequestHandler.remote(ctx()), secure));
        } catch (IllegalArgumentException e) {
            return false; // an address that cannot be read: the handler of whole requests says so
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, HttpObject message, List<Object> out) throws Exception {
        if (message instanceof HttpRequest head) {
            placed = places.tryAcquire();
            if (!placed) {
                refuse(ctx, head, Problem.TOO_MANY_TRANSFERS);
            }
        }
        if (!dropping) {
            super.decode(ctx, message, out);
        }
        if (!out.isEmpty()) {
            leave();
        }
        if (dropping && message instanceof LastHttpContent) {
            dropping = false;
            if (wire == RequestHandler.Wire.HTTP_1) {
                ctx.close();
            }
        }
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        leave();
        refuse(ctx, (HttpRequest) oversized, Problem.TOO_LARGE);
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest head, Problem why) {
        dropping = true;
        Response answer = handler.refused(Request.head(head, RequestHandler.remote(ctx), secure), why);
        DefaultFullHttpResponse out = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        RequestHandler.addHeaders(out, answer);
        if (wire == RequestHandler.Wire.HTTP_1) {
            out.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        ctx.writeAndFlush(out);
    }

    private void leave() {
        if (placed) {
            placed = false;
            places.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        leave();
        super.channelInactive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
        leave();
        super.handlerRemoved(ctx);
    }
}
