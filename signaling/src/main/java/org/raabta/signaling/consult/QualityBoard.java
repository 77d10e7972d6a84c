package org.raabta.signaling.consult;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.raabta.relay.control.LegId;

/**
 * What each person was last told of the call's quality. Looks come every two seconds; a word changes when the new one has
 * held for some looks, so that it does not flicker. Owned by the room.
 */
final class QualityBoard {
    /** Poor is said at once: who is not heard should know it. */
    private static final int LOOKS_TO_FAIR = 2;

    private static final int LOOKS_TO_BETTER = 3;

    private final Map<LegId, Standing> standings = new HashMap<>();

    /** What to tell the page of {@code leg}, if it is news. */
    Optional<CallQuality> look(LegId leg, CallQuality seen) {
        Standing known = standings.get(leg);
        if (known == null) {
            standings.put(leg, new Standing(seen, seen, 0));
            return Optional.of(seen);
        }
        if (seen == known.told) {
            standings.put(leg, new Standing(seen, seen, 0));
            return Optional.empty();
        }
        int looks = seen == known.coming ? known.looks + 1 : 1;
        boolean tell = looks >= needed(known.told, seen);
        standings.put(leg, tell ? new Standing(seen, seen, 0) : new Standing(known.told, seen, looks));
        return tell ? Optional.of(seen) : Optional.empty();
    }

    /** The page knows nothing, or is gone. */
    void forget(LegId leg) {
        standings.remove(leg);
    }

    private static int needed(CallQuality from, CallQuality to) {
        if (to == CallQuality.POOR) {
            return 1;
        }
        return to.compareTo(from) > 0 ? LOOKS_TO_FAIR : LOOKS_TO_BETTER;
    }

    private record Standing(CallQuality told, CallQuality coming, int looks) {}
}
