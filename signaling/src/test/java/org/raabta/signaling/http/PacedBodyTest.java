package org.raabta.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedBodyTest {
    private static final int HEADER_BYTES = 83;
    private static final int ACK_BYTES = 52;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ByteArrayOutputStream came = new ByteArrayOutputStream();
    private final List<Integer> pieces = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private boolean ended;
    private int toldUp;
    private int toldDown;
    private double kbps = 16;

    @BeforeEach
    void timeStandsStill() {
        channel.freezeTime();
    }

    @AfterEach
    void nothingLeaks() {
        channel.finishAndReleaseAll();
    }

    private byte[] begin(int bytes) {
        byte[] body = new byte[bytes];
        new Random(7).nextBytes(body);
        ChannelHandlerContext ctx = channel.pipeline().firstContext();
        new PacedBody(ctx, body, new Link(), done::incrementAndGet).begin();
        return body;
    }

    private final class Link implements BodyPace {
        @Override
        public double kbps() {
            return kbps;
        }

        @Override
        public void moved(int up, int down) {
            toldUp += up;
            toldDown += down;
        }
    }

    private void pass(int seconds) {
        for (int tick = 0; tick < 20 * seconds; tick++) {
            channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            for (HttpContent content = channel.readOutbound(); content != null; content = channel.readOutbound()) {
                ByteBuf piece = content.content();
                pieces.add(piece.readableBytes());
                byte[] bytes = new byte[piece.readableBytes()];
                piece.readBytes(bytes);
                came.writeBytes(bytes);
                ended |= content instanceof LastHttpContent;
                content.release();
            }
        }
    }

    @Test
    void aSecondCarriesWhatIsAllowedHeadersCounted() {
        byte[] body = begin(20_000);
        pass(5);
        int linkBytes = came.size() + HEADER_BYTES * pieces.size();
        assertThat(linkBytes).isBetween(9_000, 10_000);
        assertThat(toldDown).isEqualTo(linkBytes);
        assertThat(toldUp).isEqualTo(ACK_BYTES * pieces.size());
        assertThat(pieces).allMatch(bytes -> bytes <= 450);
        assertThat(ended).isFalse();
        pass(10);
        assertThat(came.toByteArray()).isEqualTo(body);
        assertThat(ended).isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void nothingGoesOutWhileNothingMayAndNothingIsMadeUpForLater() {
        begin(20_000);
        kbps = 0;
        pass(60);
        assertThat(pieces).isEmpty();
        kbps = 8;
        pass(2);
        assertThat(came.size()).isLessThan(2_000);
    }

    @Test
    void afterTheConnectionClosedNothingIsWritten() {
        begin(20_000);
        pass(1);
        int before = came.size();
        channel.close().syncUninterruptibly();
        pass(5);
        assertThat(came.size()).isEqualTo(before);
        assertThat(done).hasValue(0);
    }
}
