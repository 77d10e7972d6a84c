package org.raabta.signaling.settings;

/**
 * Where to listen.
 *
 * @param host an address or a name, IPv6 without brackets
 * @param port 0 means any free one
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public HostPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("needs HOST:PORT, the host is empty");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("the port must be 0 to 65535");
        }
    }

    /** From {@code host:port} or {@code [v6]:port}. @throws IllegalArgumentException saying what is wrong */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("needs HOST:PORT");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address needs brackets");
        }
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("the port must be 0 to 65535");
        }
        return new HostPort(host, Integer.parseInt(port));
    }

    /** As in a URL: with brackets around IPv6. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
