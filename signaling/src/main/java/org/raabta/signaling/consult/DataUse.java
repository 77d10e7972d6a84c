package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.signaling.http.Json;

/** What the consultation has cost its patient's data plan so far, and the most that it may. Owned by the room. */
public final class DataUse {
    /** Said anew when so much more has passed: 60 bytes for each. */
    private static final long NEWS_BYTES = 100_000;

    private final Seats seats;
    private final RelayLink relay;
    private final OptionalDouble pricePerMb;
    private final Map<LegId, Long> bytes = new HashMap<>();
    private OptionalDouble mostMb = OptionalDouble.empty();
    private long toldBytes = -NEWS_BYTES;

    DataUse(Seats seats, RelayLink relay, OptionalDouble pricePerMb) {
        this.seats = seats;
        this.relay = relay;
        this.pricePerMb = pricePerMb;
    }

    /** What the relay counted on the patient's links, those of earlier pages included. */
    void looked(CallSnapshot snapshot) {
        for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
            if (leg.role() == Role.PATIENT) {
                bytes.merge(leg.id(), leg.linkBytes(), Math::max);
            }
        }
        if (total() - toldBytes >= NEWS_BYTES) {
            toldBytes = total();
            bytes.keySet().forEach(this::tell);
        }
    }

    /** A page is new and knows nothing. */
    void opened(LegId leg, Role role) {
        if (role == Role.PATIENT) {
            tell(leg);
        }
    }

    /** The person's own ceiling for the whole consultation; empty takes it away. */
    public void ceiling(LegId leg, OptionalDouble megabytes) {
        mostMb = megabytes;
        relay.thrift(leg, within(new Thrift(relay.batteryLow(leg), OptionalDouble.empty())));
        tell(leg);
    }

    /** What a page says can be spared, and what is left below the ceiling. */
    Thrift within(Thrift said) {
        if (mostMb.isEmpty()) {
            return said;
        }
        double left = Math.max(0, mostMb.getAsDouble() - total() / 1e6);
        return new Thrift(
                said.batteryLow(),
                OptionalDouble.of(Math.min(left, said.budgetMb().orElse(left))));
    }

    private long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void tell(LegId leg) {
        ObjectNode used = Json.object().put("t", "used").put("kb", Math.round(total() / 1000.0));
        pricePerMb.ifPresent(price -> used.put("p", price));
        mostMb.ifPresent(most -> used.put("max", most));
        seats.send(leg, new Notice.Beside(used));
    }
}
