package org.raabta.signaling;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What this machine is called by others. */
final class OwnAddress {
    private static final String LOOPBACK = "127.0.0.1";

    private OwnAddress() {}

    /**
     * The address that clients are told where the settings leave it to us: the first IPv4 address of the first interface
     * that others can reach, else loopback. Not loopback where there is anything else: Firefox never tries it, and phones
     * beside this machine could not.
     */
    static String reachable() throws IOException {
        List<NetworkInterface> interfaces = Collections.list(NetworkInterface.getNetworkInterfaces());
        interfaces.sort(Comparator.comparingInt(NetworkInterface::getIndex));
        for (NetworkInterface one : interfaces) {
            if (!one.isUp() || one.isLoopback() || one.isPointToPoint()) {
                continue;
            }
            for (InetAddress address : Collections.list(one.getInetAddresses())) {
                if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
                    return address.getHostAddress();
                }
            }
        }
        return LOOPBACK;
    }

    /** Whether {@code host} is an address of this machine; behind an address translation, what clients are told is not. */
    static boolean is(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }
}
