package org.raabta.signaling.consult;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;

/** How a call is for one person, in three words; in falling order. */
public enum CallQuality {
    /** What is wanted is carried. */
    GOOD,
    /** Less than is wanted, or a queue: words come late. */
    FAIR,
    /** Hardly speech, or nothing for now. */
    POOR;

    /** A queue that over-use begins at (design/links-and-ladder.md, section 6): below it nobody hears a difference. */
    private static final double QUEUE_MS = 150;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CallQuality worse(CallQuality a, CallQuality b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Of what {@code leg} sends and receives; empty where it does neither. With several people the best pair counts. */
    static Optional<CallQuality> of(LegId leg, List<Notice.DirectionFigures> directions, CallSnapshot snapshot) {
        Optional<CallQuality> up = Optional.empty();
        Optional<CallQuality> down = Optional.empty();
        for (Notice.DirectionFigures direction : directions) {
            LegId sender = direction.figures().direction().sender();
            LegId receiver = direction.figures().direction().receiver();
            if (sender.equals(leg)) {
                up = Optional.of(better(up, of(direction, snapshot)));
            } else if (receiver.equals(leg)) {
                down = Optional.of(better(down, of(direction, snapshot)));
            }
        }
        if (up.isPresent() && down.isPresent()) {
            return Optional.of(worse(up.get(), down.get()));
        }
        return up.isPresent() ? up : down;
    }

    private static CallQuality better(Optional<CallQuality> a, CallQuality b) {
        return a.isPresent() && a.get().compareTo(b) < 0 ? a.get() : b;
    }

    private static CallQuality of(Notice.DirectionFigures direction, CallSnapshot snapshot) {
        CallQuality quality = GOOD;
        for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
            if (leg.id().equals(direction.figures().direction().sender())) {
                quality = worse(quality, of(leg.up()));
            } else if (leg.id().equals(direction.figures().direction().receiver())) {
                quality = worse(quality, of(leg.down()));
            }
        }
        if (direction.figures().plan().decision().rung().compareTo(Rung.THIN_VOICE) >= 0) {
            return POOR;
        }
        return worse(quality, wanted(direction) ? GOOD : FAIR);
    }

    private static CallQuality of(Estimate link) {
        return switch (link.state()) {
            case SEVERE, SILENT -> POOR;
            case OVERUSED, DRAINING -> FAIR;
            case CLEAN -> link.queueMs() > QUEUE_MS ? FAIR : GOOD;
        };
    }

    /** Whether people, and not the link, are why it is no better rung. */
    private static boolean wanted(Notice.DirectionFigures direction) {
        return switch (direction.figures().plan().decision().reason()) {
            case UNCONSTRAINED, CAMERA_OFF, VOICE_ONLY_CHOSEN, PINNED, PROFILE_CEILING, DATA_BUDGET, BATTERY_LOW ->
                true;
            case STARTING,
                    UPLINK_THIN,
                    DOWNLINK_THIN,
                    UPLINK_QUEUE,
                    DOWNLINK_QUEUE,
                    UPLINK_SILENT,
                    DOWNLINK_SILENT,
                    PROVING,
                    HELD_AFTER_FAILED_CLIMB -> false;
        };
    }
}
