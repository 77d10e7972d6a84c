package org.raabta.signaling.consult;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.records.QualityRecord;

/** Adds up what the quality record at the end of a consultation says. Owned by the room. */
final class QualityLog {
    /** A patient reloading for an hour must not grow the record without bound. */
    private static final int MAX_LEGS = 50;

    private final ConsultRow row;
    private final Map<ConsultState, Duration> stateTimes = new EnumMap<>(ConsultState.class);
    private final Map<LegId, LegLog> legs = new LinkedHashMap<>();
    private final RungTimes rungs;
    private Optional<Instant> admittedAt;
    private ConsultView last;
    private Instant lastAt;

    QualityLog(ConsultRow row, ConsultView first, Instant now) {
        this.row = row;
        this.admittedAt = row.admittedAt();
        this.last = first;
        this.lastAt = now;
        this.rungs = new RungTimes(now);
    }

    void decided(RungChange change) {
        rungs.decided(change.name(), change.decision().rung(), change.at());
    }

    void admitted(Instant now) {
        admittedAt = Optional.of(now);
    }

    void changed(ConsultView view, Instant now) {
        Duration passed = Duration.between(lastAt, now);
        if (!passed.isNegative()) {
            stateTimes.merge(last.state(), passed, Duration::plus);
            for (ConsultView.LegView leg : last.legs()) {
                LegLog log = legs.get(leg.id());
                if (log != null && leg.connected()) {
                    log.connected = log.connected.plus(passed);
                }
            }
        }
        for (ConsultView.LegView leg : view.legs()) {
            if (legs.size() < MAX_LEGS) {
                legs.computeIfAbsent(leg.id(), id -> new LegLog(leg, now));
            }
        }
        rungs.inCall(view.state() == ConsultState.CALL, now);
        last = view;
        lastAt = now;
    }

    void connected(LegId leg) {
        LegLog log = legs.get(leg);
        if (log != null) {
            log.connects++;
        }
    }

    void figures(CallSnapshot snapshot) {
        for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
            LegLog log = legs.get(leg.id());
            if (log != null && leg.connected()) {
                log.add("rttMs", leg.rttMs());
                log.add("uplinkKbps", leg.uplinkKbps());
                log.add("downlinkKbps", leg.downlinkKbps());
                log.add("lossUp", leg.lossUp());
                log.add("lossDown", leg.lossDown());
            }
        }
    }

    QualityRecord record(EndedBy by, Instant now) {
        List<QualityRecord.Leg> records = new ArrayList<>();
        legs.forEach((id, log) -> records.add(new QualityRecord.Leg(
                id.value(),
                log.view.role().label(),
                log.view.kind().label(),
                log.firstSeenAt,
                log.connects,
                seconds(log.connected),
                log.summary())));
        boolean restarted = row.admittedAt().isPresent();
        return new QualityRecord(
                row.id(),
                row.createdAt(),
                admittedAt,
                now,
                by.label(),
                seconds(stateTimes.get(ConsultState.WAITING)),
                seconds(stateTimes.get(ConsultState.CALL)),
                seconds(stateTimes.get(ConsultState.RECONNECTING)),
                restarted,
                records,
                rungs.seconds());
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toMillis() / 1000.0;
    }

    private static final class LegLog {
        final ConsultView.LegView view;
        final Instant firstSeenAt;
        final Map<String, Sum> sums = new TreeMap<>();
        Duration connected = Duration.ZERO;
        int connects;

        LegLog(ConsultView.LegView view, Instant firstSeenAt) {
            this.view = view;
            this.firstSeenAt = firstSeenAt;
        }

        void add(String name, OptionalDouble figure) {
            if (figure.isPresent()) {
                sums.computeIfAbsent(name, key -> new Sum()).add(figure.getAsDouble());
            }
        }

        Map<String, QualityRecord.Figure> summary() {
            Map<String, QualityRecord.Figure> figures = new TreeMap<>();
            sums.forEach((name, sum) ->
                    figures.put(name, new QualityRecord.Figure(sum.least, sum.total / sum.count, sum.most)));
            return figures;
        }
    }

    private static final class Sum {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double total;
        int count;

        void add(double figure) {
            least = Math.min(least, figure);
            most = Math.max(most, figure);
            total += figure;
            count++;
        }
    }
}
