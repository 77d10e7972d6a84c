package org.raabta.relay.call;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.ladder.Beside;
import org.raabta.adapter.ladder.Thrift;
import org.raabta.relay.call.TransferBudget.Planned;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.TransferRoom;

/**
 * Chooses what every direction carries, and sees to it.
 *
 * <pre>
 * Leg.up, Leg.down (estimates) + wishes -> Planner, one per direction -> Plan
 *    -> the receiver's Forwarder: what is relayed, how packets are joined, how pictures are paced
 *    -> the sender's Commander:   the best of its directions' plans, as a command to its page
 *    -> CallOutput.decided:       the rung and why, for people
 * </pre>
 */
final class Adaptation {
    /** Packets come more often than anything worth deciding. */
    private static final long INTERVAL_NANOS = 50_000_000L;

    /** Without transport-wide feedback the page says so often what it received. */
    private static final int PAGE_REPORT_SECONDS = 3;
    /** Where the thinnest voice is pinned nothing follows from it but figures: 0.2 kbps of the uplink. */
    private static final int PINNED_REPORT_SECONDS = 10;
    /** And so often where it sends no speech that would show that it lives. */
    private static final int SILENT_REPORT_SECONDS = 1;

    /** From here on feedback on every packet costs less than what it tells is worth. */
    private static final double AMPLE_KBPS = 60;

    /**
     * So long a rung without feedback has to be stood on before feedback is given up: without it an estimate cannot tell a link that
     * has become longer from one that is full, and a rung that a fall passed by is not what the link carries.
     */
    private static final long THIN_NANOS = 15_000_000_000L;

    private record Pair(Person sender, Person receiver) {
        /** Written out, as {@link Person}'s. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair that && sender.equals(that.sender) && receiver.equals(that.receiver);
        }

        @Override
        public int hashCode() {
            return 31 * sender.hashCode() + receiver.hashCode();
        }
    }

    private final CallOutput out;
    private final Planner.Maker planners;
    private final Turns.PushToTalkMaker talks;
    private final TranscoderPool transcoders;
    private final Map<Pair, Rung> pins = new LinkedHashMap<>();
    private final Map<Pair, Planner> ladders = new HashMap<>();
    private final Turns turns = new Turns();
    private final Map<Pair, Plan> plans = new HashMap<>();
    /** What was last said of each direction; empty before the doctor admits. */
    private final Map<Direction, Decision> decided = new LinkedHashMap<>();

    private boolean admitted;
    private long lastRunNanos;

    Adaptation(
            CallOutput out,
            Planner.Maker planners,
            Turns.PushToTalkMaker talks,
            TranscoderPool transcoders,
            long nowNanos) {
        this.talks = talks;
        this.transcoders = transcoders;
        this.out = out;
        this.planners = planners;
        this.lastRunNanos = nowNanos;
    }

    /**
     * The leg is gone: whoever comes after it comes on a link of its own, and begins anew; and the deadline of a ladder that
     * nobody asks any more would be overdue for ever. Pins stay.
     */
    void forget(Leg leg) {
        decided.keySet()
                .removeIf(direction -> direction.sender().equals(leg.id)
                        || direction.receiver().equals(leg.id));
        ladders.keySet().removeIf(pair -> pair.sender.equals(leg.person) || pair.receiver.equals(leg.person));
        plans.keySet().removeIf(pair -> pair.sender.equals(leg.person) || pair.receiver.equals(leg.person));
        turns.forget(leg.person);
    }

    /** The call begins: what was planned while people waited was a preparation. */
    void admit() {
        admitted = true;
        ladders.clear();
        plans.clear();
        turns.clear();
    }

    boolean admitted() {
        return admitted;
    }

    /** Who may speak where only one can. */
    void setFloor(Optional<LegId> holder) {
        turns.setFloor(holder);
    }

    boolean mayHear(Leg sender, Leg receiver) {
        Plan plan = plan(sender, receiver);
        return plan == null || turns.maySpeak(sender, plan);
    }

    /** A pin is about persons: it stays when one of the legs is replaced. */
    void pin(Leg sender, Leg receiver, Optional<Rung> rung) {
        Pair pair = new Pair(sender.person, receiver.person);
        rung.ifPresentOrElse(wanted -> pins.put(pair, wanted), () -> pins.remove(pair));
    }

    /** The plan of a direction, or null before it was first looked at. */
    @Nullable
    Plan plan(Leg sender, Leg receiver) {
        return plans.get(new Pair(sender.person, receiver.person));
    }

    /** The plan of a direction as it stands; of one that was never looked at, the thinnest. */
    Plan planOf(Leg sender, Leg receiver, long nowNanos) {
        Plan plan = plan(sender, receiver);
        return plan == null
                ? planner(new Pair(sender.person, receiver.person), nowNanos).plan()
                : plan;
    }

    private Planner planner(Pair pair, long nowNanos) {
        return planners.make(pair.sender, pair.receiver, nowNanos);
    }

    boolean due(long nowNanos) {
        return nowNanos - lastRunNanos >= INTERVAL_NANOS;
    }

    /** Looks at every direction again, says what is new, and commands what follows. */
    void run(Collection<Leg> legs, long nowNanos) {
        lastRunNanos = nowNanos;
        for (Leg leg : legs) {
            leg.sense(nowNanos);
        }
        for (Leg sender : legs) {
            for (Leg receiver : legs) {
                if (sender != receiver) {
                    look(sender, receiver, nowNanos);
                }
            }
        }
        share(List.copyOf(legs), nowNanos);
        for (Leg sender : legs) {
            for (Leg receiver : legs) {
                if (sender != receiver) {
                    carryOut(sender, receiver, nowNanos);
                }
            }
        }
        for (Leg leg : legs) {
            serve(leg, legs, nowNanos);
            tellRoom(leg, legs, nowNanos);
        }
    }

    private void look(Leg sender, Leg receiver, long nowNanos) {
        Pair pair = new Pair(sender.person, receiver.person);
        Planner ladder = ladders.computeIfAbsent(pair, missing -> planner(missing, nowNanos));
        ladder.onPictures(sender.uplink.videoKbps(nowNanos));
        Plan plan = ladder.update(
                sender.up.estimate(),
                receiver.down.estimate(),
                wishes(sender, receiver),
                thrift(sender, receiver, nowNanos),
                beside(sender, receiver, nowNanos),
                nowNanos);
        plans.put(pair, plan);
    }

    private static Beside beside(Leg sender, Leg receiver, long nowNanos) {
        boolean waiting = sender.transfers.transfers().up().wantsRest()
                || receiver.transfers.transfers().down().wantsRest();
        double flowKbps = Math.max(sender.transfers.upFlowKbps(nowNanos), receiver.transfers.downFlowKbps(nowNanos));
        return waiting ? new Beside(true, flowKbps) : Beside.NONE;
    }

    /** Where two cannot live at once, both their directions stand on push-to-talk. */
    private void share(List<Leg> legs, long nowNanos) {
        for (int i = 0; admitted && i < legs.size(); i++) {
            for (int j = i + 1; j < legs.size(); j++) {
                Leg one = legs.get(i);
                Leg other = legs.get(j);
                Pair there = new Pair(one.person, other.person);
                Pair back = new Pair(other.person, one.person);
                Planner ladderThere = Objects.requireNonNull(ladders.get(there));
                Planner ladderBack = Objects.requireNonNull(ladders.get(back));
                if (turns.between(one, other, ladderThere, ladderBack, talks, nowNanos)) {
                    plans.put(there, Turns.shared(ladderThere.plan(), ladderBack.plan()));
                    plans.put(back, Turns.shared(ladderBack.plan(), ladderThere.plan()));
                }
            }
        }
    }

    private void carryOut(Leg sender, Leg receiver, long nowNanos) {
        Plan plan = planOf(sender, receiver, nowNanos);
        Forwarder forwarder = receiver.downlink.forwarderOf(sender.person);
        boolean watchedBefore = admitted && forwarder.watching();
        forwarder.setPlan(plan, nowNanos);
        if (!admitted) {
            return;
        }
        boolean fromVideo = receiver.person.kind() == LegKind.WEB && fromVideo(sender, plan);
        forwarder.setStillKbps(fromVideo ? plan.still().kbps() : 0);
        if (plan.decision().rung().carriesVoice()) {
            boolean beyondCommand = sender.person.kind() != LegKind.WEB || sender.commander.beyond(plan.audio());
            forwarder.voice().recode(beyondCommand, sender.codec, transcoders, nowNanos);
        }
        Direction direction = new Direction(sender.id, receiver.id);
        Decision before = decided.put(direction, plan.decision());
        if (!plan.decision().equals(before)) {
            out.decided(direction, plan.decision());
        }
        if (forwarder.watching() && (!watchedBefore || before == null)) {
            sender.uplink.wantKeyFrame();
        }
    }

    /**
     * The plan of a sender is the best that one of its receivers can have: the others are served less by the relay. A leg goes
     * without feedback where its own link is thin, not where that of the other end is.
     */
    private void serve(Leg leg, Collection<Leg> legs, long nowNanos) {
        AudioPlan audio = null;
        VideoPlan video = VideoPlan.OFF;
        StillPlan still = StillPlan.OFF;
        boolean speech = !admitted;
        boolean thin = false;
        boolean pinned = false;
        for (Leg other : legs) {
            if (other == leg) {
                continue;
            }
            Plan sends = plan(leg, other);
            Plan receives = plan(other, leg);
            if (sends != null) {
                audio = audio == null || sends.audio().wireKbps() > audio.wireKbps() ? sends.audio() : audio;
                video = best(best(video, sends.video()), sends.still().fromVideo());
                still = sends.still().kbps() > still.kbps() ? sends.still() : still;
                speech |= sends.decision().rung().carriesVoice() && turns.maySpeak(leg, sends);
                thin |= isThin(sends);
                pinned |= isThin(sends) && isPinned(sends);
            }
            thin |= receives != null && isThin(receives);
            pinned |= receives != null && isThin(receives) && isPinned(receives);
        }
        boolean pictures = video.active() || receivesVideo(leg, legs);
        thin = leg.staysThin(thin && !pictures && (pinned || !ample(leg)), pinned, THIN_NANOS, nowNanos);
        setMode(leg, mode(leg, thin, pictures));
        leg.uplink.setVideoKbps(video.maxKbps());
        leg.estimates.offer(
                video.active() && audio != null
                        ? Math.round((video.maxKbps() + audio.wireKbps()) * 1000)
                        : EstimateRelay.UNLIMITED);
        if (audio == null || leg.person.kind() != LegKind.WEB || leg.downlink.media() == null) {
            return;
        }
        // Who sends video need not make pictures as well: they are taken out of it.
        StillPlan made = video.active() ? StillPlan.OFF : still;
        int thinSeconds = pinned ? PINNED_REPORT_SECONDS : PAGE_REPORT_SECONDS;
        int statsSeconds = !speech ? SILENT_REPORT_SECONDS : thin ? thinSeconds : 0;
        SendCommand wanted = new SendCommand(audio, speech, video, made, !thin, 0, statsSeconds);
        double picturesKbps = leg.up.estimator().queueStands() ? Double.NaN : leg.uplink.videoKbps(nowNanos);
        SendCommand told = leg.commander.consider(wanted, picturesKbps, leg.roundTrip.nanos(), nowNanos);
        if (told != null) {
            out.command(leg.id, told);
        }
    }

    /** What the leg's transfers may have beside what is planned. */
    private void tellRoom(Leg leg, Collection<Leg> legs, long nowNanos) {
        if (leg.person.kind() != LegKind.WEB || !leg.downlink.connected()) {
            return;
        }
        double sentKbps = 0;
        double sentStillKbps = 0;
        double receivedKbps = 0;
        double receivedStillKbps = 0;
        boolean inTurns = false;
        for (Leg other : legs) {
            Plan sends = other == leg ? null : plan(leg, other);
            Plan receives = other == leg ? null : plan(other, leg);
            if (sends != null) {
                sentKbps = Math.max(sentKbps, flowKbps(sends, leg));
                sentStillKbps = Math.max(sentStillKbps, sends.still().kbps());
                inTurns |= sends.decision().rung() == Rung.PUSH_TO_TALK;
            }
            if (receives != null) {
                receivedKbps += flowKbps(receives, other);
                receivedStillKbps += receives.still().kbps();
            }
        }
        TransferRoom room = leg.transfers.consider(
                new Planned(sentKbps, sentStillKbps),
                new Planned(receivedKbps, receivedStillKbps),
                inTurns && turns.hasFloor(leg),
                leg.roundTrip.known() ? leg.roundTrip.nanos() / 1e6 : 0,
                nowNanos);
        if (room != null) {
            out.transferRoom(leg.id, room);
        }
    }

    private double flowKbps(Plan plan, Leg sender) {
        Rung rung = plan.decision().rung();
        boolean speaks = rung.carriesVoice() && turns.maySpeak(sender, plan);
        return admitted ? (speaks ? plan.audio().wireKbps() : 0) + plan.video().maxKbps() : 0;
    }

    private static VideoPlan best(VideoPlan a, VideoPlan b) {
        return b.maxKbps() > a.maxKbps() ? b : a;
    }

    /** Whether single pictures of the sender are taken out of its video: it sends some, or can send nothing else. */
    private boolean fromVideo(Leg sender, Plan plan) {
        return plan.still().active()
                && (plan.still().fromVideo().active() || sender.person.kind() != LegKind.WEB || sendsVideo(sender));
    }

    private boolean sendsVideo(Leg sender) {
        for (Map.Entry<Pair, Plan> each : plans.entrySet()) {
            Plan plan = each.getValue();
            boolean video = plan.video().active() || plan.still().fromVideo().active();
            if (each.getKey().sender.equals(sender.person) && video) {
                return true;
            }
        }
        return false;
    }

    private static DownlinkMode mode(Leg leg, boolean thin, boolean video) {
        if (thin) {
            return DownlinkMode.NEVER;
        }
        return video || ample(leg) ? DownlinkMode.ALWAYS : DownlinkMode.SPARSE;
    }

    private static boolean ample(Leg leg) {
        return Math.min(leg.up.estimate().kbps(), leg.down.estimate().kbps()) >= AMPLE_KBPS;
    }

    private static void setMode(Leg leg, DownlinkMode mode) {
        if (leg.downlink.thrift() != mode) {
            leg.downlink.setThrift(mode);
        }
    }

    private boolean receivesVideo(Leg leg, Collection<Leg> legs) {
        for (Leg other : legs) {
            Plan receives = other == leg ? null : plan(other, leg);
            if (receives != null && receives.video().active()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThin(Plan plan) {
        return plan.decision().rung().compareTo(Rung.THIN_VOICE) >= 0;
    }

    private static boolean isPinned(Plan plan) {
        return plan.decision().reason() == Reason.PINNED;
    }

    private Wishes wishes(Leg sender, Leg receiver) {
        return new Wishes(
                sender.camera && mayHaveVideo(sender),
                receiver.voiceOnly || !mayHaveVideo(receiver),
                Optional.ofNullable(pins.get(new Pair(sender.person, receiver.person))),
                knowsCopies(sender) && knowsCopies(receiver));
    }

    private static Thrift thrift(Leg sender, Leg receiver, long nowNanos) {
        double budget = Math.min(sender.thrift.budgetKbps(nowNanos), receiver.thrift.budgetKbps(nowNanos));
        return new Thrift(
                sender.thrift.batteryLow() || receiver.thrift.batteryLow(),
                budget == LegThrift.UNLIMITED_KBPS ? 0 : budget,
                receiver.downlink.thrift() == DownlinkMode.NEVER);
    }

    /** False only where negotiation said so. */
    private static boolean mayHaveVideo(Leg leg) {
        MediaDescription media = leg.downlink.media();
        return media == null || media.video().isPresent();
    }

    private static boolean knowsCopies(Leg leg) {
        MediaDescription media = leg.downlink.media();
        return media == null || media.audio().red() != MediaDescription.NONE;
    }

    long nextDeadlineNanos(Collection<Leg> legs) {
        long next = Deadlines.NONE;
        for (Leg leg : legs) {
            next = Deadlines.earlier(next, leg.up.estimator().nextDeadlineNanos());
            next = Deadlines.earlier(next, leg.down.estimator().nextDeadlineNanos());
        }
        for (Planner ladder : ladders.values()) {
            next = Deadlines.earlier(next, ladder.nextDeadlineNanos());
        }
        // Whatever somebody's deadline says: nothing here is worth looking at more often.
        long soonest = lastRunNanos + INTERVAL_NANOS;
        return next == Deadlines.NONE || next - soonest >= 0 ? next : soonest;
    }
}
