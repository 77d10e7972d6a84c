package org.raabta.bench.emulator;

import java.util.TreeMap;

/**
 * A bulk transfer as TCP with selective acknowledgements does it: slow start, one more packet per round trip, half after
 * a loss. Small enough to be read, greedy enough to keep a queue busy.
 */
final class Transfer {
    static final int PACKET_BYTES = 1500;
    static final int PAYLOAD_BYTES = 1448;
    private static final int ACK_BYTES = 52;
    private static final int LATER_ACKS = 3;
    private static final long TIMEOUT_NANOS = 12 * VirtualLink.S;

    private final VirtualLink run;
    private final Way way;
    private final Way back;
    /** Numbers of packets in flight, each with its time of sending. */
    private final TreeMap<Integer, Long> flight = new TreeMap<>();

    private double window = 10;
    private double threshold = Double.MAX_VALUE;
    private int next;
    private int halvedAt = -1;
    private long delivered;

    Transfer(VirtualLink run, Way way) {
        this.run = run;
        this.way = way;
        back = way == Way.DOWN ? Way.UP : Way.DOWN;
    }

    void start() {
        fill();
        watch();
    }

    /** Every packet counts once: a lost one's data goes again under a new number. */
    long deliveredBytes() {
        return delivered * PAYLOAD_BYTES;
    }

    private void fill() {
        while (flight.size() < window) {
            int number = next++;
            flight.put(number, run.time.nowNanos());
            if (run.link.offer(way, Transport.TCP, PACKET_BYTES, run.time.nowNanos()) instanceof Fate.Delivered out) {
                run.time.at(out.atNanos(), () -> received(number));
            }
        }
    }

    private void received(int number) {
        delivered++;
        if (run.link.offer(back, Transport.TCP, ACK_BYTES, run.time.nowNanos()) instanceof Fate.Delivered out) {
            run.time.at(out.atNanos(), () -> acknowledged(number));
        }
    }

    private void acknowledged(int number) {
        if (flight.remove(number) == null) {
            return;
        }
        window += window < threshold ? 1 : 1 / window;
        while (!flight.isEmpty() && flight.firstKey() < number - LATER_ACKS) {
            lost(flight.firstKey());
        }
        fill();
    }

    private void lost(int number) {
        flight.remove(number);
        if (number > halvedAt) {
            threshold = Math.max(2, window / 2);
            window = threshold;
            halvedAt = next;
        }
    }

    /** When nothing is acknowledged any more. */
    private void watch() {
        while (!flight.isEmpty() && run.time.nowNanos() - flight.firstEntry().getValue() > TIMEOUT_NANOS) {
            lost(flight.firstKey());
        }
        fill();
        run.time.after(VirtualLink.S, this::watch);
    }
}
