package org.raabta.signaling.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** All meters of one server. */
public final class Meters {
    /** What goes up and down. */
    public enum Gauge {
        CALLS("raabta_calls", "Consultations in the state call"),
        LEGS("raabta_legs", "Legs that are here or expected back"),
        SOCKETS("raabta_sockets", "Open control sockets"),
        CONNECTIONS("raabta_connections", "Open TCP connections");

        private final String name;
        private final String help;

        Gauge(String name, String help) {
            this.name = name;
            this.help = help;
        }
    }

    /** What only grows. */
    public enum Counter {
        CONSULTS_CREATED("raabta_consults_created_total", "Consultations created"),
        CONSULTS_ENDED("raabta_consults_ended_total", "Consultations ended or expired while somebody was there"),
        HANDSHAKES("raabta_handshakes_total", "Media transports that came up, or healed"),
        HANDSHAKES_FAILED("raabta_handshakes_failed_total", "Media transports that failed before media"),
        COMMANDS("raabta_commands_total", "Commands sent to pages: how to send from now on"),
        BRAKES("raabta_brakes_total", "Pages that paused their own video by themselves"),
        CALLS_FAILED("raabta_calls_failed_total", "Calls that the relay dropped for a bug"),
        BAD_TOKENS("raabta_bad_tokens_total", "Wrong tokens and keys presented"),
        CONNECTIONS_REFUSED("raabta_connections_refused_total", "Connections over the limit of one address"),
        BAD_HTTP("raabta_bad_http_total", "Requests that are not HTTP or over a limit"),
        SOCKET_ERRORS("raabta_socket_errors_total", "Control messages refused");

        private final String name;
        private final String help;

        Counter(String name, String help) {
            this.name = name;
            this.help = help;
        }
    }

    private final Map<Gauge, LongAdder> gauges = adders(Gauge.class);
    private final Map<Counter, LongAdder> counters = adders(Counter.class);
    private final LadderMeters ladder = new LadderMeters();

    public LadderMeters ladder() {
        return ladder;
    }

    public void add(Gauge gauge, long difference) {
        adder(gauges, gauge).add(difference);
    }

    public void count(Counter counter) {
        adder(counters, counter).increment();
    }

    public long value(Gauge gauge) {
        return adder(gauges, gauge).sum();
    }

    public long value(Counter counter) {
        return adder(counters, counter).sum();
    }

    /**
     * Prometheus text format 0.0.4.
     *
     * @param drops media packets dropped since the start, by the relay's reasons
     */
    public String text(Map<String, Long> drops) {
        StringBuilder out = new StringBuilder();
        for (Gauge gauge : Gauge.values()) {
            describe(out, gauge.name, gauge.help, "gauge");
            out.append(gauge.name).append(' ').append(value(gauge)).append('\n');
        }
        for (Counter counter : Counter.values()) {
            describe(out, counter.name, counter.help, "counter");
            out.append(counter.name).append(' ').append(value(counter)).append('\n');
        }
        ladder.write(out);
        describe(out, "raabta_drops_total", "Media packets dropped, by reason", "counter");
        new TreeMap<>(drops)
                .forEach((reason, packets) -> out.append("raabta_drops_total{reason=\"")
                        .append(reason.replaceAll("[^A-Za-z0-9_-]", "_"))
                        .append("\"} ")
                        .append(packets)
                        .append('\n'));
        return out.toString();
    }

    static void describe(StringBuilder out, String name, String help, String type) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static <E extends Enum<E>> LongAdder adder(Map<E, LongAdder> adders, E which) {
        return Objects.requireNonNull(adders.get(which));
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kind) {
        Map<E, LongAdder> adders = new EnumMap<>(kind);
        for (E one : Objects.requireNonNull(kind.getEnumConstants())) {
            adders.put(one, new LongAdder());
        }
        return adders;
    }
}
