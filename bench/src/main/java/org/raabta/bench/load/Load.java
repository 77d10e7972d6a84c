package org.raabta.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.raabta.bench.legs.ClinicClient;

/**
 * Holds audio-only consultations through a running server, 50 packets a second each way, and prints one JSON line: how
 * old packets were at arrival through the relay, and how old they are between the same sockets without it. Sender and
 * receiver are one thread with one clock, so the difference is what the relay (and one more pass through the kernel)
 * adds. Arguments: server URL, clinic key, consultations, seconds. Prints {@code {"t":"flowing"}} when all of them
 * flow, so that whoever started it can read the server's CPU time over the same span.
 */
public final class Load {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PACKET_NANOS = 20_000_000;
    private static final int WARM_UP_SECONDS = 5;

    private Load() {}

    public static void main(String[] args) throws Exception {
        URI server = URI.create(args[0]);
        ClinicClient clinic = new ClinicClient(server, args[1]);
        int consultations = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);

        ClientIdentity identity = ClientIdentity.make();
        List<ClinicClient.Consultation> open = new ArrayList<>();
        List<LoadClient> clients = new ArrayList<>();
        for (int i = 0; i < consultations; i++) {
            ClinicClient.Consultation consultation = clinic.create();
            open.add(consultation);
            clients.add(LoadClient.connect(server, consultation.doctorToken(), identity));
            clients.add(LoadClient.connect(server, consultation.patientToken(), identity));
            clinic.admit(consultation);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        Ages relayed = new Ages();
        exchange(clients, WARM_UP_SECONDS, relayed);
        relayed.clear();
        say(Map.of("t", "flowing"));
        int sent = exchange(clients, seconds, relayed);
        say(Map.of("t", "measured"));
        Ages direct = direct(seconds);
        result.put("t", "result");
        result.put("consultations", consultations);
        result.put("packetsSent", sent);
        result.put("packetsReceived", relayed.count());
        result.put("relayedP50Us", relayed.percentileUs(0.5));
        result.put("relayedP99Us", relayed.percentileUs(0.99));
        result.put("directP50Us", direct.percentileUs(0.5));
        result.put("directP99Us", direct.percentileUs(0.99));
        say(result);
        for (LoadClient client : clients) {
            client.close();
        }
        for (ClinicClient.Consultation consultation : open) {
            clinic.end(consultation);
        }
    }

    private static void say(Map<String, Object> line) throws IOException {
        System.out.println(JSON.writeValueAsString(line));
        System.out.flush();
    }

    /** Every client sends each 20 ms, spread evenly over them; returns how many packets were sent. */
    private static int exchange(List<LoadClient> clients, int seconds, Ages ages) throws IOException {
        int sent = 0;
        try (Selector selector = Selector.open()) {
            for (LoadClient client : clients) {
                client.channel().register(selector, SelectionKey.OP_READ, client);
            }
            long beginNanos = System.nanoTime();
            long stepNanos = PACKET_NANOS / clients.size();
            long packets = seconds * 1_000_000_000L / stepNanos;
            for (long packet = 0; packet < packets; packet++) {
                clients.get((int) (packet % clients.size())).send(System.nanoTime());
                sent++;
                receiveUntil(beginNanos + (packet + 1) * stepNanos, selector, ages);
            }
            receiveUntil(System.nanoTime() + 200_000_000, selector, ages);
        }
        return sent;
    }

    /** Polls instead of blocking: waking up is what a measurement of microseconds would otherwise show. */
    private static void receiveUntil(long untilNanos, Selector selector, Ages ages) throws IOException {
        while (System.nanoTime() - untilNanos < 0) {
            if (selector.selectNow() == 0) {
                LockSupport.parkNanos(1_000);
                continue;
            }
            for (SelectionKey key : selector.selectedKeys()) {
                ((LoadClient) key.attachment()).receive(ages);
            }
            selector.selectedKeys().clear();
        }
    }

    /** The same clock, the same kind of loop, one socket to another: what a packet costs without any relay. */
    private static Ages direct(int seconds) throws IOException {
        Ages ages = new Ages();
        try (DatagramChannel from = DatagramChannel.open();
                DatagramChannel to = DatagramChannel.open();
                Selector selector = Selector.open()) {
            to.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
            to.register(selector, SelectionKey.OP_READ);
            from.connect(to.getLocalAddress());
            ByteBuffer out = ByteBuffer.allocate(102);
            ByteBuffer in = ByteBuffer.allocate(1500);
            long beginNanos = System.nanoTime();
            for (long packet = 0; packet < seconds * 1_000_000_000L / PACKET_NANOS; packet++) {
                out.clear().putLong(0, System.nanoTime());
                from.write(out);
                long untilNanos = beginNanos + (packet + 1) * PACKET_NANOS;
                while (System.nanoTime() - untilNanos < 0) {
                    if (selector.selectNow() == 0) {
                        LockSupport.parkNanos(1_000);
                        continue;
                    }
                    selector.selectedKeys().clear();
                    in.clear();
                    if (to.receive(in) != null) {
                        ages.add(System.nanoTime() - in.getLong(0));
                    }
                }
            }
        }
        return ages;
    }
}
