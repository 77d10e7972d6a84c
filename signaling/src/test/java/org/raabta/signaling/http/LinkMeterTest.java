package org.raabta.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkMeterTest {
    private final List<Handler.SocketMoved> seen = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new LinkMeter(0), new ChannelInboundHandlerAdapter() {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Handler.SocketMoved moved) {
                seen.add(moved);
            }
        }
    });

    @Test
    void whatComesIsCountedWithItsHeadersAndAcknowledgement() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[300]));
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).up()).isEqualTo(352);
        assertThat(seen.get(0).down()).isEqualTo(52);
        assertThat(seen.get(0).heard()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // an embedded channel keeps what is written
    void whatGoesIsCountedOnceForAllThatIsFlushedTogether() {
        channel.write(Unpooled.wrappedBuffer(new byte[1000]));
        channel.write(Unpooled.wrappedBuffer(new byte[2000]));
        assertThat(seen).isEmpty();
        channel.flush();
        channel.flush();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).down()).as("three segments").isEqualTo(3000 + 3 * 52);
        assertThat(seen.get(0).up()).as("acknowledged twice").isEqualTo(2 * 52);
        assertThat(seen.get(0).heard()).as("reckoned only").isFalse();
        channel.finishAndReleaseAll();
    }
}
