package org.raabta.bench.sim.model;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.TransferRoom;

/**
 * What is transferred beside the call in one way of one leg's control socket, as docs/protocol.md paces it: one chunk at a time, at the
 * rate that the relay leaves, and no more unacknowledged than a window. A photo goes before a picture of the camera, of which only the
 * newest is sent.
 */
final class SideLane {
    /** Frame header, WebSocket, TLS, TCP and IP. */
    private static final int CHUNK_COST = 75;

    private static final int LEAST_CHUNK = 60;
    private static final int MOST_CHUNK = 400;
    private static final double CHUNK_MS = 250;
    private static final int LEAST_WINDOW = 1200;
    private static final double WINDOW_MS = 1000;

    /** A frame that acknowledges, every third chunk; the others are acknowledged by TCP alone. */
    private static final int ACK_FRAME = 80;

    private static final int TCP_ACK = 52;
    private static final int ACK_EVERY = 3;
    private static final long ASK_NANOS = 50_000_000L;
    private static final long RESEND_NANOS = 1_000_000_000L;

    private final Simulation simulation;
    private final Cable cable;
    private final Way way;
    private final Supplier<TransferRoom> room;
    private final Consumer<SocketBytes> moved;
    private @Nullable Item photo;
    private @Nullable Item still;
    private boolean running;
    private int unacknowledged;
    private int chunks;

    /** A thing on its way. */
    static final class Item {
        final int bytes;
        private final Runnable whole;
        private int sent;
        private int arrived;

        Item(int bytes, Runnable whole) {
            this.bytes = bytes;
            this.whole = whole;
        }
    }

    /**
     * @param room  what the sending side knows of what it may use
     * @param moved is told what the relay sees of it on the link
     */
    SideLane(Simulation simulation, Cable cable, Way way, Supplier<TransferRoom> room, Consumer<SocketBytes> moved) {
        this.simulation = simulation;
        this.cable = cable;
        this.way = way;
        this.room = room;
        this.moved = moved;
    }

    boolean busy() {
        return photo != null || still != null;
    }

    boolean sendsStill() {
        return still != null;
    }

    void photo(Item item) {
        photo = item;
        start();
    }

    void still(Item item) {
        still = item;
        start();
    }

    private void start() {
        if (!running) {
            running = true;
            step();
        }
    }

    private void step() {
        Item item = photo != null ? photo : still;
        if (item == null) {
            running = false;
            return;
        }
        TransferRoom now = room.get();
        TransferRoom.Way open = way == Way.UP ? now.up() : now.down();
        double windowBytes = Math.max(LEAST_WINDOW, open.kbps() * (now.rttMs() + WINDOW_MS) / 8);
        if (open.paused() || unacknowledged >= windowBytes) {
            simulation.after(ASK_NANOS, this::step);
            return;
        }
        int most = (int) Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, open.kbps() * CHUNK_MS / 8 - CHUNK_COST));
        int bytes = Math.min(most, item.bytes - item.sent);
        item.sent += bytes;
        if (item.sent == item.bytes) {
            photo = photo == item ? null : photo;
            still = still == item ? null : still;
        }
        unacknowledged += bytes;
        if (way == Way.DOWN) {
            moved.accept(new SocketBytes(0, bytes + CHUNK_COST, false));
        }
        carry(item, bytes);
        simulation.after((long) ((bytes + CHUNK_COST) * 8e6 / open.kbps()), this::step);
    }

    private void carry(Item item, int bytes) {
        long atNanos = cable.arrivalNanos(way, Transport.TCP, bytes + CHUNK_COST, simulation.nowNanos());
        if (atNanos == Cable.NEVER) {
            simulation.after(RESEND_NANOS, () -> carry(item, bytes));
            return;
        }
        simulation.at(atNanos, () -> arrive(item, bytes));
    }

    private void arrive(Item item, int bytes) {
        int ackBytes = ++chunks % ACK_EVERY == 0 || item.arrived + bytes == item.bytes ? ACK_FRAME : TCP_ACK;
        if (way == Way.UP) {
            moved.accept(new SocketBytes(bytes + CHUNK_COST, ackBytes, true));
        }
        Way back = way == Way.UP ? Way.DOWN : Way.UP;
        long ackNanos = cable.arrivalNanos(back, Transport.TCP, ackBytes, simulation.nowNanos());
        long knownNanos = ackNanos == Cable.NEVER ? simulation.nowNanos() + RESEND_NANOS : ackNanos;
        simulation.at(knownNanos, () -> {
            unacknowledged -= bytes;
            if (way == Way.DOWN) {
                moved.accept(new SocketBytes(ackBytes, 0, ackBytes == ACK_FRAME));
            }
        });
        item.arrived += bytes;
        if (item.arrived == item.bytes) {
            item.whole.run();
        }
    }
}
