package org.raabta.relay.ice;

import java.net.InetSocketAddress;

/**
 * A way to a leg: its address as we see it, over UDP or over one TCP connection (which its remote address names while it
 * lives). Our own side of the pair is always the one port of the call's loop.
 */
public record Path(InetSocketAddress remote, boolean tcp) {}
