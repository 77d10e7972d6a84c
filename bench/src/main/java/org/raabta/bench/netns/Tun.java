package org.raabta.bench.netns;

import com.sun.jna.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.Inet4Address;

/** One TUN device: what the kernel routes into it is read here, what is written here arrives there. For one thread at a time. */
final class Tun implements AutoCloseable {
    /** What a handset's packet data context carries, and no more than an Ethernet behind it does. */
    static final int MTU_BYTES = 1500;

    private static final String DEVICE = "/dev/net/tun";
    private static final int IFREQ_BYTES = 40;
    private static final int NAME_BYTES = 16;
    private static final int RTENTRY_BYTES = 120;

    private final int fd;

    private Tun(int fd) {
        this.fd = fd;
    }

    /** Makes the device in the network namespace of the calling thread and brings it and the loopback up. */
    static Tun open(String name, Inet4Address address, int prefixBits) throws IOException {
        int fd = Linux.open(DEVICE, Linux.O_RDWR | Linux.O_NONBLOCK | Linux.O_CLOEXEC);
        if (fd < 0) {
            throw new LabUnavailable(
                    "cannot open " + DEVICE + " (errno " + Linux.errno() + "): it must exist and be readable and"
                            + " writable here (modprobe tun; in a container, --device " + DEVICE + ")");
        }
        Tun tun = new Tun(fd);
        try {
            Memory request = named(name);
            request.setShort(NAME_BYTES, (short) (Linux.IFF_TUN | Linux.IFF_NO_PI));
            if (Linux.ioctl(fd, Linux.TUNSETIFF, request) < 0) {
                throw new LabUnavailable("TUNSETIFF on " + DEVICE + " failed (errno " + Linux.errno()
                        + "): needs CAP_NET_ADMIN in the new namespace and no seccomp rule against it");
            }
            configure(name, address, prefixBits);
            return tun;
        } catch (IOException e) {
            tun.close();
            throw e;
        }
    }

    private static void configure(String name, Inet4Address address, int prefixBits) throws IOException {
        int socket = Linux.check(Linux.socket(Linux.AF_INET, Linux.SOCK_DGRAM | Linux.O_CLOEXEC, 0), "socket");
        try {
            up(socket, "lo");
            byte[] mask = mask(prefixBits);
            ioctl(socket, Linux.SIOCSIFADDR, withAddress(name, address.getAddress()), "address of " + name);
            ioctl(socket, Linux.SIOCSIFNETMASK, withAddress(name, mask), "netmask of " + name);
            Memory mtu = named(name);
            mtu.setInt(NAME_BYTES, MTU_BYTES);
            ioctl(socket, Linux.SIOCSIFMTU, mtu, "MTU of " + name);
            up(socket, name);
            // Browsers ask for the source address towards the whole world to find their own: it must exist.
            defaultRoute(socket, name);
        } finally {
            Linux.close(socket);
        }
    }

    private static void up(int socket, String name) throws IOException {
        Memory request = named(name);
        ioctl(socket, Linux.SIOCGIFFLAGS, request, "flags of " + name);
        request.setShort(NAME_BYTES, (short) (request.getShort(NAME_BYTES) | Linux.IFF_UP));
        ioctl(socket, Linux.SIOCSIFFLAGS, request, "bringing up " + name);
    }

    /** {@code struct rtentry}: destination, gateway and mask are zero, so this is the default route on the device. */
    private static void defaultRoute(int socket, String name) throws IOException {
        Memory device = new Memory(NAME_BYTES);
        device.clear();
        device.setString(0, name);
        Memory route = new Memory(RTENTRY_BYTES);
        route.clear();
        int destination = 8;
        int gateway = destination + 16;
        int mask = gateway + 16;
        int flags = mask + 16;
        int deviceName = 88;
        route.setShort(destination, (short) Linux.AF_INET);
        route.setShort(gateway, (short) Linux.AF_INET);
        route.setShort(mask, (short) Linux.AF_INET);
        route.setShort(flags, (short) 1);
        route.setPointer(deviceName, device);
        try {
            ioctl(socket, Linux.SIOCADDRT, route, "default route through " + name);
        } finally {
            Reference.reachabilityFence(device);
        }
    }

    private static void ioctl(int socket, long request, Memory argument, String what) throws IOException {
        Linux.check(Linux.ioctl(socket, request, argument), what);
    }

    private static Memory named(String name) {
        Memory request = new Memory(IFREQ_BYTES);
        request.clear();
        request.setString(0, name);
        return request;
    }

    private static Memory withAddress(String name, byte[] address) {
        Memory request = named(name);
        request.setShort(NAME_BYTES, (short) Linux.AF_INET);
        request.write(NAME_BYTES + 4L, address, 0, address.length);
        return request;
    }

    private static byte[] mask(int prefixBits) {
        int bits = prefixBits == 0 ? 0 : -1 << (32 - prefixBits);
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    int fd() {
        return fd;
    }

    /** Reads one packet into {@code buffer}; its length, or -1 when none waits. */
    int read(Memory buffer) {
        return (int) Linux.read(fd, buffer, buffer.size());
    }

    /** Whether the kernel took the packet. */
    boolean write(Memory buffer, int bytes) {
        return Linux.write(fd, buffer, bytes) == bytes;
    }

    /** The device is not persistent: it goes with its descriptor. */
    @Override
    public void close() {
        Linux.close(fd);
    }
}
