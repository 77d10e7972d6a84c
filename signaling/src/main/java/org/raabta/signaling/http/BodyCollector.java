package org.raabta.signaling.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Netty's aggregator, but what is too large gets problem details. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class BodyCollector extends HttpObjectAggregator {
    private final RequestHandler.Wire wire;

    BodyCollector(int maxBytes, RequestHandler.Wire wire) {
        super(maxBytes);
        this.wire = wire;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        Response problem = Problem.TOO_LARGE.response();
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status()),
                Unpooled.wrappedBuffer(problem.body()));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, problem.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, problem.body().length);
        if (wire == RequestHandler.Wire.HTTP_1) {
            answer.headers().set(HttpHeaderNames.CONNECTION, "close");
            ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        } else {
            // The rest of the body is dropped as it comes, within the stream's deadline: clients take a reset of the
            // stream for a failure and never look at the answer.
            ctx.writeAndFlush(answer);
        }
    }
}
