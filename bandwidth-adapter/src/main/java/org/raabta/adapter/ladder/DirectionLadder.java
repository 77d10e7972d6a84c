package org.raabta.adapter.ladder;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;

/**
 * The ladder of one media direction, sender to receiver. docs/ladder.md draws it:
 * <pre>
 * up, down ──> Path ──> Ceiling ──> Climb ──> AudioSteps ──> Picture ──> Plan
 *              (least)  (wishes)    (rung)    (audio first)  (the rest)
 * </pre>
 */
public final class DirectionLadder {
    /** A step of speech is answered after a round trip, and read from what comes in the next. */
    private static final double ANSWER_ROUNDS = 2.5;
    /** Until it is known: a link that was slow to tell is slow. */
    private static final double UNKNOWN_RTT_MS = 1_000;
    /** A queue of so much is heard; from here on it is what matters, and no longer how good the speech is. */
    private static final double DRAIN_MS = 300;

    private static final double DRAIN_AT_ONCE_MS = 600;
    /** Of its leave point, where the sender's picture leaves most of its bits unused. */
    private static final double IDLE_ENTER = 1.15;

    /** What speech keeps of a link on which something is transferred, where that is more than its rung needs. */
    private static final double YIELDED = 0.25;

    private final Profile profile;
    private List<Rung> usable;
    private List<Rung> live;
    private final Climb climb;
    private final AudioSteps audio;
    private final Picture picture;
    private final LiveVoice liveVoice;
    private final Losses losses;
    private final StartPhase start;
    private final Stills stills;

    private double picturesKbps = Double.NaN;
    private boolean picked;
    private Rung rung;
    private Ceiling ceiling;
    private double capacityKbps;
    private boolean telling;
    private boolean copies = true;
    private Beside beside = Beside.NONE;
    private StillPlan still = StillPlan.OFF;
    private Plan plan;
    private long deadlineNanos = Long.MAX_VALUE;

    /** Until the first {@link #update} speech is sent as thinly as it can be. */
    public DirectionLadder(Profile profile, long nowNanos) {
        this.profile = profile;
        this.usable = profile.allowed();
        this.live = live(usable);
        this.rung = lowest();
        this.ceiling = new Ceiling(rung, Reason.STARTING);
        RungSettings settings = profile.rung(rung);
        this.climb = new Climb(profile);
        this.start = new StartPhase(profile.start().phaseMs());
        this.audio = new AudioSteps(profile, settings, nowNanos);
        this.picture = new Picture(profile.preference(), profile.pictureBitsPerPixel(), nowNanos);
        this.liveVoice = new LiveVoice(profile.notes(), settings.leaveKbps());
        this.losses = new Losses(profile.redundancy());
        this.stills = new Stills(profile);
        this.plan = new Plan(new Decision(rung, Reason.STARTING), audio.plan(), VideoPlan.OFF, 0);
    }

    /** What comes of the pictures that were planned (link kbps): a still face leaves room for a larger one. */
    public void onPictures(double kbps) {
        picturesKbps = kbps;
    }

    /**
     * What to do from now on.
     *
     * @param up   the sender's uplink
     * @param down the receiver's downlink
     */
    public Plan update(Estimate up, Estimate down, Wishes wishes, Thrift thrift, long nowNanos) {
        return update(up, down, wishes, thrift, Beside.NONE, nowNanos);
    }

    /** As the other one, while {@code transfers} share the two links. */
    public Plan update(Estimate up, Estimate down, Wishes wishes, Thrift thrift, Beside transfers, long nowNanos) {
        beside = transfers;
        copies = wishes.copies();
        Path path = Path.of(up, down, thrift, profile.start().lowShare());
        capacityKbps = path.kbps();
        start.observe(path, nowNanos);
        telling = path.believable() && path.state() != Estimate.State.SILENT && path.lossy();
        Ceiling before = ceiling;
        List<Rung> now = usable(wishes);
        if (!now.equals(usable)) {
            usable = now;
            live = live(now);
        }
        ceiling = Ceiling.of(usable, wishes, thrift);
        // Who pins the thinnest voice wants it thin: copies would nearly double it.
        boolean lossy = losses.lossy(path.loss(), nowNanos) && ceiling.rung() != Rung.THIN_VOICE;
        boolean voice = !profile.allowed().contains(Rung.NOTES) || liveVoice.possible(path, nowNanos);
        choose(path, before, lossy, nowNanos);
        AudioSteps.Room room = room(path, thrift, lossy, nowNanos);
        AudioPlan speech = speech(path, room, thrift, nowNanos);
        VideoPlan moving = moving(path, speech, nowNanos);
        still = still(path, up, thrift, speech);
        Rung shown = voice ? Rung.lower(rung, ceiling.rung()) : Rung.lower(Rung.NOTES, ceiling.rung());
        plan = new Plan(
                new Decision(shown, reason(path, shown)),
                speech,
                shown.carriesVideo() ? moving : VideoPlan.OFF,
                shown == Rung.STILLS ? still : StillPlan.OFF,
                nextNeedsKbps());
        deadlineNanos = deadline(path, room, lossy, nowNanos);
        return plan;
    }

    public Plan plan() {
        return plan;
    }

    /** What the direction carries, of both links the lesser, as far as it is believed. */
    public double capacityKbps() {
        return capacityKbps;
    }

    /**
     * The same for {@link PushToTalk}: without a bound while nothing is proven, nothing comes through, or speech does come through
     * whatever the estimate says.
     */
    public double sharedKbps() {
        return telling ? capacityKbps : Double.POSITIVE_INFINITY;
    }

    /** When {@link #update} is worth calling without news; later than the last one, {@link Long#MAX_VALUE} if never. */
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    // ---- the rung

    /** A doctor may pin single pictures even where they are never chosen. */
    private List<Rung> usable(Wishes wishes) {
        boolean pinned = wishes.pinned().filter(Rung.STILLS::equals).isPresent();
        return pinned && !profile.allowed().contains(Rung.STILLS)
                ? Stream.concat(profile.allowed().stream(), Stream.of(Rung.STILLS))
                        .sorted()
                        .toList()
                : profile.allowed();
    }

    private static List<Rung> live(List<Rung> usable) {
        return usable.stream()
                .filter(each -> each.compareTo(Rung.PUSH_TO_TALK) < 0)
                .toList();
    }

    private void choose(Path path, Ceiling before, boolean lossy, long nowNanos) {
        Rung best = bestWanted();
        if (rung.compareTo(best) < 0) {
            move(best, path, lossy, nowNanos); // wished: neither a fall nor a failure
        }
        boolean wantsMore = bestWanted().compareTo(rung) < 0;
        if (!picked || (wantsMore && ceiling.rung().compareTo(before.rung()) < 0)) {
            pick(path, nowNanos);
        }
        if (!live.contains(rung)) {
            move(withoutPictures(rung), path, lossy, nowNanos); // the pin that allowed it is gone
        }
        Rung held = held(path);
        if (held != rung) {
            climb.fell(start.running(), path.queued(), path.kbps(), path.rttMs(), nowNanos);
            move(held, path, lossy, nowNanos);
        }
        Rung next = next();
        boolean headroom = next != null && path.clean() && path.believable() && path.kbps() >= climbKbps(next);
        boolean sameLink = !climb.anotherLink();
        climb.observe(headroom, path.kbps(), path.rttMs(), nowNanos);
        if (sameLink && climb.anotherLink()) {
            audio.forgetFailures(); // what failed on the way here is no reason to wait
        }
        if (next != null
                && proven(next, path, nowNanos)
                && climb.allowed(next, start.running(), path.kbps(), nowNanos)) {
            climb.climbed(next, path.kbps(), nowNanos);
            move(next, path, lossy, nowNanos);
        }
    }

    /** The first rung comes from what is known; so does the rung after a wish was lifted. Without a proof no video. */
    private void pick(Path path, long nowNanos) {
        if (path.confidence() == Confidence.NONE || path.blocked()) {
            return;
        }
        picked = true;
        for (Rung candidate : live) {
            boolean wanted = candidate.compareTo(bestWanted()) >= 0 && candidate.compareTo(rung) < 0;
            boolean proven = path.believable() || !candidate.carriesPictures();
            if (wanted && proven && path.kbps() >= enterKbps(candidate)) {
                rung = candidate;
                RungSettings settings = profile.rung(rung);
                audio.begin(settings, plannable(path) - others(settings), nowNanos);
                return;
            }
        }
    }

    /** The best rung not above the present one that the path still holds: down at once, skipping what it cannot carry. */
    private Rung held(Path path) {
        if (path.confidence() == Confidence.NONE) {
            return path.blocked() ? withoutPictures(rung) : lowest();
        }
        if (path.blocked()) {
            Rung voice = withoutPictures(rung);
            return path.state() == Estimate.State.SILENT ? voice : holding(voice, path);
        }
        return holding(rung, path);
    }

    private Rung holding(Rung from, Path path) {
        for (Rung candidate : live) {
            if (candidate.compareTo(from) >= 0
                    && path.kbps() >= profile.rung(candidate).leaveKbps()) {
                return candidate;
            }
        }
        return lowest();
    }

    private Rung withoutPictures(Rung from) {
        for (Rung candidate : live) {
            if (candidate.compareTo(from) >= 0 && !candidate.carriesPictures()) {
                return candidate;
            }
        }
        return lowest();
    }

    private void move(Rung to, Path path, boolean lossy, long nowNanos) {
        boolean down = to.compareTo(rung) > 0;
        rung = to;
        RungSettings settings = profile.rung(to);
        double kbps = down ? path.kbps() * profile.budget().afterFall() : plannable(path);
        audio.enter(settings, kbps - others(settings), lossy, nowNanos);
    }

    /**
     * Whether the bits of {@code next} flow already, as redundant speech: then the climb adds nothing that could fail. In the start
     * the estimate alone decides.
     */
    private boolean proven(Rung next, Path path, long nowNanos) {
        if (start.running()) {
            return true;
        }
        if (audio.pausing(nowNanos) || audio.unproven()) {
            return false;
        }
        RungSettings settings = profile.rung(rung);
        double sentKbps = audio.plan().wireKbps() + picturesKbps() + settings.overheadKbps() + beside.flowKbps();
        return sentKbps >= profile.rung(next).leastKbps() || audio.grown(plannable(path) - keptBeside(settings));
    }

    private Rung bestWanted() {
        return ceiling.rung().compareTo(Rung.PUSH_TO_TALK) >= 0 ? rung : ceiling.rung();
    }

    private @Nullable Rung next() {
        int at = live.indexOf(rung);
        if (at <= 0 || live.get(at - 1).compareTo(bestWanted()) < 0) {
            return null;
        }
        Rung next = live.get(at - 1);
        boolean further = next == Rung.STILLS && at > 1 && live.get(at - 2).compareTo(bestWanted()) >= 0;
        // Single pictures are no step on the way to moving ones: a climb by way of them would only take longer.
        return further && capacityKbps >= enterKbps(live.get(at - 2)) ? live.get(at - 2) : next;
    }

    private Rung lowest() {
        return live.get(live.size() - 1);
    }

    /** A face that sits still takes little more on the better rung than it takes here: room to hold that rung is enough. */
    private double climbKbps(Rung next) {
        double enterKbps = enterKbps(next);
        boolean idle = picture.idle() && next.carriesVideo();
        return idle ? Math.min(enterKbps, IDLE_ENTER * profile.rung(next).leaveKbps()) : enterKbps;
    }

    private double enterKbps(Rung of) {
        return profile.rung(of).enterKbps();
    }

    // ---- audio, then the rest

    private double plannable(Path path) {
        return path.kbps() * (1 - profile.budget().margin());
    }

    private static double others(RungSettings settings) {
        return settings.overheadKbps() + settings.leastPictureKbps();
    }

    private static double keptBeside(RungSettings settings) {
        return settings.overheadKbps()
                + settings.picture().keptKbps()
                + settings.still().leastKbps();
    }

    private AudioSteps.Room room(Path path, Thrift thrift, boolean lossy, long nowNanos) {
        RungSettings settings = profile.rung(rung);
        double holdMs = start.running() || climb.anotherLink()
                ? profile.start().holdMs() / 2
                : profile.growth().holdMs();
        return new AudioSteps.Room(
                path.kbps() - others(settings),
                plannable(path) - keptBeside(settings),
                settings.overheadKbps() + picturesKbps(),
                next() != null && !beside.waiting(),
                lossy,
                copies,
                beside.waiting(),
                climb.walks(nowNanos),
                Math.max(thrift.batteryLow() ? 2 * holdMs : holdMs, ANSWER_ROUNDS * answerMs(path)));
    }

    private static double answerMs(Path path) {
        return path.rttMs() > 0 ? path.rttMs() : UNKNOWN_RTT_MS;
    }

    private AudioPlan speech(Path path, AudioSteps.Room room, Thrift thrift, long nowNanos) {
        RungSettings settings = profile.rung(rung);
        boolean standing = !path.clean() && path.queueMs() > DRAIN_MS;
        if (path.blocked() || standing) {
            audio.shrink(settings, room, nowNanos);
            boolean thinnest = path.blocked() || path.queueMs() > DRAIN_AT_ONCE_MS;
            return thinnest ? profile.rung(lowest()).audio().get(0) : audio.plan();
        }
        if (thrift.unwatched()) {
            audio.calm(settings, room, nowNanos);
        } else if (beside.waiting()) {
            audio.makeWay(settings, YIELDED * plannable(path), room, nowNanos);
        }
        return audio.advance(settings, path, room, nowNanos);
    }

    private double picturesKbps() {
        return picture.plan().maxKbps() + (rung == Rung.STILLS ? still.kbps() : 0);
    }

    private StillPlan still(Path path, Estimate up, Thrift thrift, AudioPlan speech) {
        if (rung != Rung.STILLS || path.blocked() || beside.waiting()) {
            return stills.off();
        }
        double leftKbps =
                plannable(path) - speech.wireKbps() - profile.rung(rung).overheadKbps();
        return stills.fill(leftKbps, path, up, thrift);
    }

    private VideoPlan moving(Path path, AudioPlan speech, long nowNanos) {
        RungSettings settings = profile.rung(rung);
        if (!rung.carriesVideo()) {
            return picture.off();
        }
        double leftKbps = plannable(path) - speech.wireKbps() - settings.overheadKbps();
        return picture.fill(
                settings.picture(),
                beside.waiting() ? settings.picture().leastKbps() : leftKbps,
                picturesKbps,
                nowNanos);
    }

    // ---- why, and when again

    private Reason reason(Path path, Rung shown) {
        if (shown == ceiling.rung()) {
            return ceiling.reason();
        }
        if (!path.clean()) {
            return path.trouble();
        }
        if (!path.believable()) {
            return start.running() || path.confidence() == Confidence.NONE ? Reason.STARTING : path.limit();
        }
        Rung next = next();
        if (next != null && path.kbps() >= climbKbps(next)) {
            return climb.held(next) ? Reason.HELD_AFTER_FAILED_CLIMB : Reason.PROVING;
        }
        return start.running() && path.confidence() != Confidence.HIGH ? Reason.STARTING : path.limit();
    }

    private double nextNeedsKbps() {
        Rung next = next();
        return next == null ? 0 : climbKbps(next);
    }

    private long deadline(Path path, AudioSteps.Room room, boolean lossy, long nowNanos) {
        long soonest = Long.MAX_VALUE;
        soonest = sooner(soonest, climb.readyNanos(next(), start.running(), path.kbps()), nowNanos);
        soonest = sooner(soonest, audio.readyNanos(room), nowNanos);
        soonest = sooner(
                soonest, profile.allowed().contains(Rung.NOTES) ? liveVoice.nextNanos() : Long.MAX_VALUE, nowNanos);
        soonest = sooner(soonest, lossy ? losses.nextNanos() : Long.MAX_VALUE, nowNanos);
        return start.running() ? sooner(soonest, start.endNanos(), nowNanos) : soonest;
    }

    private static long sooner(long best, long candidate, long nowNanos) {
        if (candidate == Long.MAX_VALUE || candidate - nowNanos <= 0) {
            return best;
        }
        return best == Long.MAX_VALUE || candidate - best < 0 ? candidate : best;
    }
}
