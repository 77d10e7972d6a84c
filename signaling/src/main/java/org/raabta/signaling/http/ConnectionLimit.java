package org.raabta.signaling.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.raabta.signaling.metrics.Meters;

/** First in every accepted connection: closes those over the limit of their address. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private final int perAddress;
    private final Meters meters;
    private final Map<AddressKey, Integer> open = new ConcurrentHashMap<>();

    ConnectionLimit(int perAddress, Meters meters) {
        this.perAddress = perAddress;
        this.meters = meters;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress remote)) {
            ctx.close();
            return;
        }
        AddressKey key = AddressKey.of(remote.getAddress());
        int count = open.merge(key, 1, Integer::sum);
        meters.add(Meters.Gauge.CONNECTIONS, 1);
        ctx.channel().closeFuture().addListener(closed -> {
            open.computeIfPresent(key, (same, now) -> now == 1 ? null : now - 1);
            meters.add(Meters.Gauge.CONNECTIONS, -1);
        });
        if (count > perAddress) {
            meters.count(Meters.Counter.CONNECTIONS_REFUSED);
            ctx.close();
            return;
        }
        ctx.fireChannelActive();
    }
}
