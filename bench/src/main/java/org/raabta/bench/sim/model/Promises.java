package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;

/** What a call never does, whatever the links: each breach ends the simulation and says when and what. */
final class Promises {
    private static final int SLOT = 16;
    private static final int SSRC_INDEX = 8;

    /** The plan was made up to this long before the estimates that it is held against, and rates are rounded. */
    private static final double SLACK = 1.1;
    /** So little is always let through: the call began, or the estimate has just moved. */
    private static final double ROOM_KBPS = 6;

    /** What transfers may have is said anew four times a second at most: in between an estimate may fall by a little. */
    private static final long ROOM_NANOS = 500_000_000L;

    private static final long ROUND_NANOS = 1_000_000;
    private static final int MOST_WAKE_UPS = 200;

    private final Profile profile;
    private final Map<Direction, Decision> decided = new HashMap<>();
    private final Map<String, Long> overSince = new HashMap<>();
    private long roundNanos;
    private int wakeUps;

    Promises(Profile profile) {
        this.profile = profile;
    }

    /** A deadline lies ahead: a loop that waits for it moves on. */
    void onDeadline(long nextNanos, long nowNanos) {
        if (nextNanos <= nowNanos) {
            throw broken(nowNanos, "a deadline " + (nowNanos - nextNanos) + " ns in the past");
        }
    }

    /** The loop's timer has fired: it may not do so again and again while nothing happens. */
    void onWakeUp(long nowNanos) {
        if (nowNanos - roundNanos >= ROUND_NANOS) {
            roundNanos = nowNanos;
            wakeUps = 0;
        }
        if (++wakeUps > MOST_WAKE_UPS) {
            throw broken(nowNanos, "the loop spins on a deadline that stays overdue");
        }
    }

    /** Every change is one, and says why not a better rung. */
    void onDecided(Direction direction, Decision decision, long nowNanos) {
        Decision before = decided.put(direction, decision);
        if (decision.equals(before)) {
            throw broken(nowNanos, "a change to what was before: " + decision);
        }
        Rung best = profile.rungs().get(0).rung();
        if (decision.reason() == Reason.UNCONSTRAINED && decision.rung() != best) {
            throw broken(nowNanos, decision.rung().label() + " without a reason");
        }
    }

    /** Audio first: nobody gets a picture while no direction to him has any. */
    void onSent(LegId to, ByteBuf packet, long nowNanos) {
        int stream = Math.floorMod(packet.getInt(packet.readerIndex() + SSRC_INDEX), SLOT);
        boolean video = stream == DownlinkSsrcs.video(0) % SLOT || stream == DownlinkSsrcs.videoRtx(0) % SLOT;
        if (!video) {
            return;
        }
        for (Map.Entry<Direction, Decision> each : decided.entrySet()) {
            if (each.getKey().receiver().equals(to) && each.getValue().rung().carriesVideo()) {
                return;
            }
        }
        throw broken(nowNanos, "a picture to " + to.value() + ", who is to get none");
    }

    /** Single pictures are made for nobody who is not to get any. */
    void onStill(Direction direction, long nowNanos) {
        Decision decision = decided.get(direction);
        if (decision == null || decision.rung() != Rung.STILLS) {
            throw broken(nowNanos, "a single picture to " + direction.receiver().value() + ", who is to get none");
        }
    }

    /** Audio first: what is left for transfers is what the plans of the call leave. */
    void onRoom(CallSnapshot snapshot, LegId id, TransferRoom room, long nowNanos) {
        double sentKbps = 0;
        double receivedKbps = 0;
        for (CallSnapshot.DirectionSnapshot each : snapshot.directions()) {
            boolean speaks = each.plan().decision().rung().carriesVoice();
            double kbps = speaks ? each.plan().audio().wireKbps() : 0;
            if (each.direction().sender().equals(id)) {
                sentKbps = Math.max(sentKbps, kbps);
            } else if (each.direction().receiver().equals(id)) {
                receivedKbps += kbps;
            }
        }
        for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
            if (leg.id().equals(id)) {
                check("from", id, room.up(), leg.up(), sentKbps, nowNanos);
                check("to", id, room.down(), leg.down(), receivedKbps, nowNanos);
            }
        }
    }

    private void check(
            String way, LegId id, TransferRoom.Way room, Estimate estimate, double voiceKbps, long nowNanos) {
        boolean known = estimate.confidence() != Confidence.NONE;
        boolean over =
                known && !room.paused() && room.kbps() > ROOM_KBPS && room.kbps() + voiceKbps > SLACK * estimate.kbps();
        String key = way + " " + id.value();
        if (!over) {
            overSince.remove(key);
        } else if (nowNanos - overSince.computeIfAbsent(key, any -> nowNanos) >= ROOM_NANOS) {
            throw broken(
                    nowNanos,
                    String.format(
                            Locale.ROOT,
                            "%.1f kbps for transfers %s %s beside voice of %.1f where %.1f are believed",
                            room.kbps(),
                            way,
                            id.value(),
                            voiceKbps,
                            estimate.kbps()));
        }
    }

    /** A rung is held for what it costs; more is planned only where the links have proven it. */
    void onSnapshot(CallSnapshot snapshot, long nowNanos) {
        Map<LegId, CallSnapshot.LegSnapshot> legs = new HashMap<>();
        snapshot.legs().forEach(leg -> legs.put(leg.id(), leg));
        for (CallSnapshot.DirectionSnapshot each : snapshot.directions()) {
            CallSnapshot.LegSnapshot sender = legs.get(each.direction().sender());
            CallSnapshot.LegSnapshot receiver = legs.get(each.direction().receiver());
            if (sender != null && receiver != null) {
                check(each.plan(), sender, receiver, nowNanos);
            }
        }
    }

    private void check(Plan plan, CallSnapshot.LegSnapshot sender, CallSnapshot.LegSnapshot receiver, long nowNanos) {
        Rung rung = plan.decision().rung();
        if (rung.compareTo(Rung.PUSH_TO_TALK) >= 0) {
            if (plan.video().active() || plan.still().active()) {
                throw broken(nowNanos, rung.label() + " with pictures");
            }
            return;
        }
        @Nullable RungSettings settings = settings(rung);
        if (settings == null) {
            throw broken(nowNanos, rung.label() + " is not in the profile");
        }
        if (plan.video().active() != rung.carriesVideo()) {
            throw broken(nowNanos, rung.label() + " with " + plan.video());
        }
        double leastPicture = settings.leastPictureKbps();
        double leastKbps = settings.audio().get(0).wireKbps() + leastPicture + settings.overheadKbps();
        if (leastKbps > settings.leaveKbps()) {
            throw broken(nowNanos, rung.label() + " costs more than its leave point");
        }
        boolean known =
                sender.up().confidence() != Confidence.NONE && receiver.down().confidence() != Confidence.NONE;
        double pictureKbps = plan.video().maxKbps() + plan.still().kbps();
        double costKbps = plan.audio().wireKbps() + pictureKbps + settings.overheadKbps();
        double capacityKbps = Math.min(sender.up().kbps(), receiver.down().kbps());
        if (known && costKbps > SLACK * Math.max(settings.leaveKbps(), capacityKbps)) {
            throw broken(
                    nowNanos,
                    String.format(
                            Locale.ROOT, "%s for %.1f kbps where %.1f are believed", plan, costKbps, capacityKbps));
        }
    }

    private @Nullable RungSettings settings(Rung rung) {
        Optional<RungSettings> found =
                profile.rungs().stream().filter(each -> each.rung() == rung).findFirst();
        return found.orElse(null);
    }

    private static IllegalStateException broken(long nowNanos, String what) {
        return new IllegalStateException(String.format(Locale.ROOT, "at %.3f s: %s", nowNanos / 1e9, what));
    }
}
