package org.raabta.signaling.consult;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.SendCommand;

/** The latest command of every leg, and which of them its page has not been told. Owned by the room. */
final class CommandBoard {
    private final Map<LegId, Notice.Send> latest = new HashMap<>();
    private final Set<LegId> unsaid = new LinkedHashSet<>();

    /** A later one replaces an earlier one, said or not. True if nothing was unsaid before. */
    boolean commanded(LegId leg, SendCommand command) {
        boolean first = unsaid.isEmpty();
        Notice.Send before = latest.get(leg);
        int number = before == null ? 1 : unsaid.contains(leg) ? before.number() : before.number() + 1;
        latest.put(leg, new Notice.Send(number, command));
        unsaid.add(leg);
        return first;
    }

    /** What is unsaid, by leg; it counts as said from now on. */
    Map<LegId, Notice.Send> takeUnsaid() {
        Map<LegId, Notice.Send> news = new LinkedHashMap<>();
        unsaid.forEach(leg -> latest(leg).ifPresent(send -> news.put(leg, send)));
        unsaid.clear();
        return news;
    }

    Optional<Notice.Send> latest(LegId leg) {
        return Optional.ofNullable(latest.get(leg));
    }

    void forget(LegId leg) {
        latest.remove(leg);
        unsaid.remove(leg);
    }
}
