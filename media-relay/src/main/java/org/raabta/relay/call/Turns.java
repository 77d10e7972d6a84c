package org.raabta.relay.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.ladder.PushToTalk;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;

/**
 * Push-to-talk: two people who cannot speak at once speak in turns. Both directions of a pair share the rung, whichever of them is
 * the thin one; who may speak is said from outside.
 */
final class Turns {
    /** Two people, in the order in which they were first looked at. */
    private record Couple(Person one, Person other) {}

    private final Map<Couple, PushToTalk> couples = new HashMap<>();
    private @Nullable LegId floor;

    void setFloor(Optional<LegId> holder) {
        floor = holder.orElse(null);
    }

    boolean hasFloor(Leg leg) {
        return leg.id.equals(floor);
    }

    /** On push-to-talk only who has the floor is heard; a client that is none of our pages cannot ask for it. */
    boolean maySpeak(Leg sender, Plan plan) {
        return plan.decision().rung() != Rung.PUSH_TO_TALK || sender.person.kind() != LegKind.WEB || hasFloor(sender);
    }

    /** Whether the two are to speak in turns. Somebody who is reached by no command can not. */
    boolean between(Leg one, Leg other, Planner there, Planner back, PushToTalkMaker maker, long nowNanos) {
        boolean pinned = turns(there.plan()) || turns(back.plan());
        if (one.person.kind() != LegKind.WEB || other.person.kind() != LegKind.WEB) {
            return pinned;
        }
        PushToTalk talk = couples.computeIfAbsent(new Couple(one.person, other.person), couple -> maker.make());
        return talk.update(there.sharedKbps(), back.sharedKbps(), false, nowNanos) || pinned;
    }

    /** Makes what decides for one couple. */
    interface PushToTalkMaker {
        PushToTalk make();
    }

    private static boolean turns(Plan plan) {
        return plan.decision().rung() == Rung.PUSH_TO_TALK;
    }

    /** The plan of one direction while they speak in turns, with the reason of the thin one. */
    static Plan shared(Plan own, Plan other) {
        Rung rung = Rung.lower(own.decision().rung(), Rung.PUSH_TO_TALK);
        if (rung == own.decision().rung()) {
            return own;
        }
        Reason reason = isTrouble(own.decision().reason())
                ? own.decision().reason()
                : mirrored(other.decision().reason());
        return new Plan(new Decision(rung, reason), own.audio(), VideoPlan.OFF, StillPlan.OFF, own.nextNeedsKbps());
    }

    private static boolean isTrouble(Reason reason) {
        return mirrored(reason) != reason;
    }

    /** What troubles one direction at its sender's link troubles the other at its receiver's. */
    private static Reason mirrored(Reason reason) {
        return switch (reason) {
            case UPLINK_THIN -> Reason.DOWNLINK_THIN;
            case DOWNLINK_THIN -> Reason.UPLINK_THIN;
            case UPLINK_QUEUE -> Reason.DOWNLINK_QUEUE;
            case DOWNLINK_QUEUE -> Reason.UPLINK_QUEUE;
            case UPLINK_SILENT -> Reason.DOWNLINK_SILENT;
            case DOWNLINK_SILENT -> Reason.UPLINK_SILENT;
            default -> reason;
        };
    }

    void forget(Person person) {
        couples.keySet().removeIf(couple -> couple.one.equals(person) || couple.other.equals(person));
    }

    void clear() {
        couples.clear();
    }
}
