package org.raabta.bench.netns;

import com.sun.jna.Memory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Fate;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;

/**
 * The one thread between two TUN devices: reads a packet, asks the link, writes it to the other device at the decided
 * time. It owns the link; other threads submit.
 */
final class Pump implements Runnable {
    private static final int MOST_READS_A_TURN = 64;
    private static final int POLLFD_BYTES = 8;
    private static final int REVENTS = 6;
    private static final int HEADER_BYTES = 20;
    private static final int PROTOCOL = 9;
    private static final long NANOS = 1_000_000_000L;

    private final EmulatedLink link;
    private final Map<Way, Port> ports = new EnumMap<>(Way.class);
    private final int wakeFd;
    private final Queue<Runnable> submitted = new ConcurrentLinkedQueue<>();
    private final Memory packet = new Memory(65_536);
    private final Memory polled = new Memory(3 * POLLFD_BYTES);
    private final Memory timeout = new Memory(16);
    private final Lateness lateness = new Lateness();
    private long otherThanIpv4;
    private long refused;
    private boolean stopping;

    /** One direction: where its packets come from and go to, and those on their way, first out first. */
    private record Port(Tun from, Tun to, Deque<Due> due) {}

    private static final class Due {
        final byte[] bytes;
        final long atNanos;

        Due(byte[] bytes, long atNanos) {
            this.bytes = bytes;
            this.atNanos = atNanos;
        }
    }

    /** @param wakeFd an event descriptor; written to when something was submitted */
    Pump(EmulatedLink link, Tun phone, Tun server, int wakeFd) {
        this.link = link;
        this.wakeFd = wakeFd;
        ports.put(Way.DOWN, new Port(server, phone, new ArrayDeque<>()));
        ports.put(Way.UP, new Port(phone, server, new ArrayDeque<>()));
    }

    /** From any thread: {@code command} runs on the pump's. */
    void submit(Runnable command) {
        submitted.add(command);
        Memory one = new Memory(8);
        one.setLong(0, 1);
        Linux.write(wakeFd, one, 8);
    }

    /** On the pump's thread: this turn is the last. */
    void stop() {
        stopping = true;
    }

    /** To be asked when the thread has ended: whether it was told to. */
    boolean wasStopped() {
        return stopping;
    }

    EmulatedLink link() {
        return link;
    }

    Lab.Precision precision() {
        return new Lab.Precision(
                lateness.count(),
                lateness.quantileNanos(0.5),
                lateness.quantileNanos(0.99),
                lateness.mostNanos(),
                otherThanIpv4,
                refused);
    }

    @Override
    public void run() {
        beOnTime();
        watch(0, port(Way.UP).from.fd());
        watch(1, port(Way.DOWN).from.fd());
        watch(2, wakeFd);
        while (!stopping) {
            await(deliverDue());
            if (ready(2)) {
                Linux.read(wakeFd, packet, 8);
            }
            for (Runnable command = submitted.poll(); command != null; command = submitted.poll()) {
                command.run();
            }
            long nowNanos = System.nanoTime();
            takeIn(Way.UP, 0, nowNanos);
            takeIn(Way.DOWN, 1, nowNanos);
        }
    }

    /**
     * Asks the kernel not to bundle timers (50 us by default) and to let this thread go first, as the browsers of a
     * bench keep every core busy. Only root is granted the latter; {@link Lab.Precision} shows what came of it.
     */
    static void beOnTime() {
        Linux.prctl(Linux.PR_SET_TIMERSLACK, 1, 0, 0, 0);
        Memory priority = new Memory(4);
        priority.setInt(0, 1);
        Linux.sched_setscheduler(0, Linux.SCHED_FIFO, priority);
    }

    private Port port(Way way) {
        return java.util.Objects.requireNonNull(ports.get(way));
    }

    private void watch(int index, int fd) {
        polled.setInt((long) index * POLLFD_BYTES, fd);
        polled.setShort((long) index * POLLFD_BYTES + 4, Linux.POLLIN);
        polled.setShort((long) index * POLLFD_BYTES + REVENTS, (short) 0);
    }

    private boolean ready(int index) {
        return polled.getShort((long) index * POLLFD_BYTES + REVENTS) != 0;
    }

    /** Writes what is due and says when the next is; {@link Long#MAX_VALUE} for nothing. */
    private long deliverDue() {
        long next = Long.MAX_VALUE;
        long nowNanos = System.nanoTime();
        for (Port port : ports.values()) {
            for (Due first = port.due.peekFirst(); first != null; first = port.due.peekFirst()) {
                if (nowNanos - first.atNanos < 0) {
                    next = Math.min(next, first.atNanos - nowNanos);
                    break;
                }
                port.due.removeFirst();
                packet.write(0, first.bytes, 0, first.bytes.length);
                if (!port.to.write(packet, first.bytes.length)) {
                    refused++;
                }
                lateness.add(nowNanos - first.atNanos);
            }
        }
        return next;
    }

    private void await(long forNanos) {
        if (forNanos != Long.MAX_VALUE) {
            timeout.setLong(0, forNanos / NANOS);
            timeout.setLong(8, forNanos % NANOS);
        }
        if (Linux.ppoll(polled, 3, forNanos == Long.MAX_VALUE ? null : timeout, null) < 0) {
            // A signal: nothing is known to be ready, the next turn asks again.
            for (int index = 0; index < 3; index++) {
                polled.setShort((long) index * POLLFD_BYTES + REVENTS, (short) 0);
            }
        }
    }

    private void takeIn(Way way, int index, long nowNanos) {
        if (!ready(index)) {
            return;
        }
        Port port = port(way);
        for (int reads = 0; reads < MOST_READS_A_TURN; reads++) {
            int length = port.from.read(packet);
            if (length < 0) {
                return;
            }
            // The laboratory has no IPv6: its neighbour and router discovery would only load thin links.
            if (length < HEADER_BYTES || packet.getByte(0) >> 4 != 4) {
                otherThanIpv4++;
            } else if (link.offer(way, transport(packet.getByte(PROTOCOL)), length, nowNanos)
                    instanceof Fate.Delivered delivered) {
                port.due.addLast(new Due(packet.getByteArray(0, length), delivered.atNanos()));
            }
        }
    }

    private static Transport transport(byte protocol) {
        return switch (protocol) {
            case 6 -> Transport.TCP;
            case 17 -> Transport.UDP;
            default -> Transport.OTHER;
        };
    }
}
