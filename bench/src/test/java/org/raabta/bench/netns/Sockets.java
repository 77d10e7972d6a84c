package org.raabta.bench.netns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Numbered datagrams from one side of a laboratory to the other. */
final class Sockets implements AutoCloseable {
    static final int HEADERS_BYTES = 28;

    private final DatagramChannel sender;
    private final DatagramChannel receiver;
    private final InetSocketAddress destination;
    private final List<Datagram> received = new ArrayList<>();
    private final Thread thread = new Thread(this::receive, "receiver");
    private int sent;

    record Datagram(int number, int ipBytes, long sentNanos, long atNanos) {}

    Sockets(Namespace from, Namespace to, String toAddress) throws IOException {
        sender = from.call(() -> DatagramChannel.open(StandardProtocolFamily.INET));
        receiver = to.call(
                () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(toAddress, 0)));
        destination = (InetSocketAddress) receiver.getLocalAddress();
        thread.start();
    }

    /** Sends {@code count} packets at one rate; a sender that was held up catches up. */
    void send(int count, int ipBytes, long everyNanos) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(ipBytes - HEADERS_BYTES);
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            while (System.nanoTime() - startNanos < i * everyNanos) {
                LockSupport.parkNanos(i * everyNanos - (System.nanoTime() - startNanos));
            }
            packet.clear().putInt(sent++).putLong(System.nanoTime()).rewind();
            sender.send(packet, destination);
        }
    }

    private void receive() {
        // What is measured is the link and not how busy the machine is.
        Pump.beOnTime();
        ByteBuffer packet = ByteBuffer.allocate(2000);
        try {
            while (true) {
                packet.clear();
                receiver.receive(packet);
                long atNanos = System.nanoTime();
                packet.flip();
                int ipBytes = packet.remaining() + HEADERS_BYTES;
                synchronized (received) {
                    received.add(new Datagram(packet.getInt(), ipBytes, packet.getLong(), atNanos));
                }
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Datagram> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    @Override
    public void close() throws IOException {
        sender.close();
        receiver.close();
    }
}
