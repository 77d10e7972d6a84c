package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.events.EventFiles;
import org.raabta.signaling.http.Json;

/** One consultation's event log, as docs/operations.md describes it: no names, no addresses, no tokens. Owned by the room. */
final class EventLog {
    /** From here on the file is for what happens, and not for samples. */
    private static final long SAMPLES_UNTIL_BYTES = EventFiles.MOST_BYTES * 3 / 4;

    private static final int FLUSH_AT_CHARS = 16 * 1024;

    private final long consult;
    private final EventFiles files;
    private final StringBuilder pending = new StringBuilder();
    private long written;

    EventLog(long consult, EventFiles files) {
        this.consult = consult;
        this.files = files;
    }

    void opened(String profile, String run, Instant now) {
        add(line("open", now).put("profile", profile).put("run", run));
    }

    /** Whose state, and which legs, are different. */
    void changed(ConsultView before, ConsultView now, Instant at) {
        for (ConsultView.LegView leg : before.legs()) {
            if (now.leg(leg.id()).isEmpty()) {
                leg(leg, "gone", "", at);
            }
        }
        for (ConsultView.LegView leg : now.legs()) {
            Optional<ConsultView.LegView> was = before.leg(leg.id());
            if (was.isEmpty()) {
                leg(leg, "came", "", at);
            } else if (was.get().socket() != leg.socket()) {
                leg(leg, leg.socket() ? "socket" : "socket-lost", "", at);
            }
        }
        if (before.state() != now.state()) {
            add(line("state", at).put("state", now.state().label()));
        }
    }

    /** @param what such as {@code came}, {@code connected}; {@code why} may be empty */
    void leg(ConsultView.LegView leg, String what, String why, Instant now) {
        ObjectNode line = leg(line("leg", now), leg).put("what", what);
        if (!why.isEmpty()) {
            line.put("why", why);
        }
        add(line);
    }

    void brake(LegId leg, String why, Instant now) {
        ObjectNode line = line("brake", now).put("leg", leg.value());
        if (!why.isEmpty()) {
            line.put("why", why);
        }
        add(line);
    }

    void command(LegId leg, Notice.Send send, Instant now) {
        ObjectNode line = line("send", now).put("leg", leg.value()).put("n", send.number());
        add(LadderJson.command(line, send.command()));
    }

    /** @param snapshot taken just after, for the estimates */
    void rung(RungChange change, CallSnapshot snapshot) {
        ObjectNode line = line("rung", change.at())
                .put("from", change.from().label())
                .put("to", change.to().label());
        change.before().ifPresent(decided -> line.put("was", decided.rung().label()));
        line.put("rung", change.decision().rung().label())
                .put("reason", change.decision().reason().label());
        for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
            if (leg.id().equals(change.direction().sender())) {
                LadderJson.estimate(line.putObject("up"), leg.up());
            } else if (leg.id().equals(change.direction().receiver())) {
                LadderJson.estimate(line.putObject("down"), leg.down());
            }
        }
        add(line);
    }

    /** What the relay measures, every two seconds while somebody is connected; also writes what is pending. */
    void sample(List<Notice.DirectionFigures> directions, CallSnapshot snapshot, Instant now) {
        if (written < SAMPLES_UNTIL_BYTES && snapshot.legs().stream().anyMatch(CallSnapshot.LegSnapshot::connected)) {
            ObjectNode line = line("sample", now);
            ArrayNode legs = line.putArray("legs");
            for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
                ObjectNode entry = legs.addObject()
                        .put("leg", leg.id().value())
                        .put("role", leg.role().label());
                LadderJson.figures(entry, leg);
                LadderJson.estimates(entry, leg);
            }
            ArrayNode dirs = line.putArray("dirs");
            directions.forEach(direction -> LadderJson.direction(dirs.addObject(), direction));
            add(line);
        }
        flush();
    }

    void flush() {
        if (!pending.isEmpty()) {
            written += pending.length();
            files.append(consult, pending.toString());
            pending.setLength(0);
        }
    }

    private static ObjectNode line(String event, Instant now) {
        return Json.object().put("at", now.toEpochMilli()).put("e", event);
    }

    private static ObjectNode leg(ObjectNode line, ConsultView.LegView leg) {
        return line.put("leg", leg.id().value())
                .put("role", leg.role().label())
                .put("kind", leg.kind().label());
    }

    private void add(ObjectNode line) {
        pending.append(Json.text(line)).append('\n');
        if (pending.length() > FLUSH_AT_CHARS) {
            flush();
        }
    }
}
