package org.raabta.signaling.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Who counts as one address: an IPv4 address, or an IPv6 network of 64 bits, as one subscriber gets. */
record AddressKey(String value) {
    static AddressKey of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new AddressKey(
                HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes));
    }
}
