package org.raabta.bench.emulator;

import java.util.PriorityQueue;

/** Virtual time: one clock, one queue, and what falls on one moment happens in the order of scheduling. */
public final class Simulation {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;

    private record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** The one clock: it stands at the moment of the action that is running. */
    public long nowNanos() {
        return nowNanos;
    }

    /** @param atNanos not before now */
    public void at(long atNanos, Runnable action) {
        if (atNanos < nowNanos) {
            throw new IllegalArgumentException("scheduled " + (nowNanos - atNanos) + " ns in the past");
        }
        queue.add(new Event(atNanos, scheduled++, action));
    }

    public void after(long delayNanos, Runnable action) {
        at(nowNanos + delayNanos, action);
    }

    /** Runs what is due by {@code untilNanos}, also what is scheduled meanwhile, and leaves the clock there. */
    public void runUntil(long untilNanos) {
        for (Event next = queue.peek(); next != null && next.atNanos <= untilNanos; next = queue.peek()) {
            queue.poll();
            nowNanos = next.atNanos;
            next.action.run();
        }
        nowNanos = Math.max(nowNanos, untilNanos);
    }
}
