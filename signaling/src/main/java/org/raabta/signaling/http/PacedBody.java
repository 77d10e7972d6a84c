package org.raabta.signaling.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import java.util.concurrent.TimeUnit;

/**
 * A body that is written no faster than somebody allows, in pieces so small that none of them keeps a packet of speech waiting.
 * Runs on its channel's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
final class PacedBody {
    private static final int PIECE_BYTES = 450;
    /** What a piece costs beside itself. */
    private static final int HEADER_BYTES = LinkMeter.withHeaders(LinkMeter.STREAM_BYTES);

    private static final long TICK_MS = 100;
    /** What may be made up for after a loop that was late. */
    private static final double MOST_TICKS = 3;

    private final ChannelHandlerContext ctx;
    private final byte[] body;
    private final BodyPace pace;
    private final Runnable done;
    private int at;
    private double creditBytes;
    private long lookedNanos;

    /**
     * @param done run once, when the last byte is written; not if the channel closes before
     */
    PacedBody(ChannelHandlerContext ctx, byte[] body, BodyPace pace, Runnable done) {
        this.ctx = ctx;
        this.body = body;
        this.pace = pace;
        this.done = done;
    }

    void begin() {
        lookedNanos = ctx.executor().ticker().nanoTime();
        again();
    }

    private void again() {
        ctx.executor().schedule(this::look, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!ctx.channel().isActive()) {
            return;
        }
        long nowNanos = ctx.executor().ticker().nanoTime();
        double ticks = Math.min(MOST_TICKS, (nowNanos - lookedNanos) / 1e6 / TICK_MS);
        lookedNanos = nowNanos;
        double rate = pace.kbps();
        int piece = Math.min(PIECE_BYTES, body.length - at);
        double tickBytes = rate * TICK_MS / 8;
        creditBytes = Math.min(creditBytes + ticks * tickBytes, tickBytes + piece + HEADER_BYTES);
        int pieces = (int) (creditBytes / (PIECE_BYTES + HEADER_BYTES));
        if (pieces > 0) {
            creditBytes -= pieces * (double) (PIECE_BYTES + HEADER_BYTES);
            write(Math.min(pieces * PIECE_BYTES, body.length - at));
        } else if (creditBytes >= piece + HEADER_BYTES) {
            creditBytes -= piece + HEADER_BYTES;
            write(piece);
        } else {
            again();
        }
    }

    /** The next piece waits until this one has left: what stands in a socket's buffer cannot be held back any more. */
    private void write(int bytes) {
        var piece = Unpooled.wrappedBuffer(body, at, bytes);
        at += bytes;
        boolean last = at == body.length;
        int wrapped = bytes + LinkMeter.STREAM_BYTES;
        pace.moved(LinkMeter.acknowledgements(wrapped), LinkMeter.withHeaders(wrapped));
        ChannelFuture written =
                ctx.writeAndFlush(last ? new DefaultLastHttpContent(piece) : new DefaultHttpContent(piece));
        written.addListener(sent -> {
            if (!sent.isSuccess()) {
                ctx.close();
            } else if (last) {
                done.run();
            } else {
                again();
            }
        });
    }
}
