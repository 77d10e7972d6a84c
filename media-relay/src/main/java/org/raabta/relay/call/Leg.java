package org.raabta.relay.call;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.SocketBytes;

/** One leg: who it is, what it wants, and its two directions. Only {@link Call} holds legs. */
final class Leg {
    /** What GPRS gives where nothing is known but that it is GPRS. */
    private static final double THIN_RADIO_KBPS = 20;

    /** Uplinks of 2G are not much thinner than their downlinks, those of 3G and DSL are (design, section 2). */
    private static final double THIN_DOWNLINK_KBPS = 80;

    private static final double THIN_UPLINK_SHARE = 0.6;
    private static final double UPLINK_SHARE = 0.3;
    /** From here on a part of it is no guess: no access network has so fat a downlink and an uplink below it. */
    private static final double FAT_DOWNLINK_KBPS = 1000;

    private static final int TICKS_PER_MS = 48;

    final LegId id;
    final Person person;
    final Uplink uplink;
    final Downlink downlink;
    final RoundTrip roundTrip = new RoundTrip();
    final EstimateRelay estimates = new EstimateRelay();
    final UplinkSense up;
    final DownlinkSense down;
    final Commander commander = new Commander();
    final CodecRate codec = new CodecRate();
    final LegThrift thrift;
    final TransferBudget transfers;
    final KeyFrames keyFrames = new KeyFrames();
    final RtcpSchedule rtcp;
    boolean camera;
    boolean voiceOnly;
    private long thinSinceNanos = Deadlines.NONE;

    Leg(
            LegId id,
            Person person,
            CallOutput out,
            Drops drops,
            SplittableRandom random,
            WallClock wallClock,
            Profile profile,
            long nowNanos) {
        this.id = id;
        this.person = person;
        this.uplink = new Uplink(drops, wallClock, nowNanos);
        this.up = new UplinkSense(profile.estimator(), nowNanos);
        this.uplink.setCalm(() -> !up.estimator().queueStands());
        this.down = new DownlinkSense(profile.estimator(), nowNanos);
        this.downlink = new Downlink(id, out, drops, random, wallClock, down);
        this.downlink.setGate(down.estimator()::mayTransmit);
        this.transfers = new TransferBudget(up, down, profile.growth());
        this.thrift = new LegThrift(uplink.rate(), downlink.rate());
        this.rtcp = new RtcpSchedule(this, wallClock, nowNanos);
    }

    void onBytes(int linkBytes, long nowNanos) {
        uplink.rate().add(linkBytes, nowNanos);
        up.onBytes(linkBytes, nowNanos);
        down.estimator().onSign(nowNanos); // whoever speaks to us is there; whether it hears us, its feedback tells
    }

    /** The control socket moved bytes on this leg's link: they shared its queue, and what came through proves what it carries. */
    void onSocketBytes(SocketBytes bytes, long nowNanos) {
        transfers.onSocketBytes(bytes.up(), bytes.down(), nowNanos);
        if (bytes.heard()) {
            onBytes(bytes.up(), nowNanos);
            up.onOther(nowNanos);
        } else {
            uplink.rate().add(bytes.up(), nowNanos);
            up.onReckoned(bytes.up());
        }
        if (bytes.down() > 0) {
            downlink.onBeside(bytes.down(), nowNanos);
        }
    }

    void onMedia(MediaPacket media, long nowNanos) {
        if (media.stream().kind() != StreamKind.AUDIO) {
            up.onOther(nowNanos);
            return;
        }
        int ticks = media.speechTicks();
        if (ticks == 0) {
            up.onOther(nowNanos);
            return;
        }
        up.onAudio(media.stream(), media.timestamp(), ticks, nowNanos);
        commander.onAudio(ticks / TICKS_PER_MS);
        codec.add(media.red() == null ? media.payloadLength() : media.red().primaryLength(), ticks);
    }

    void onRoundTrip(long sampleNanos, long nowNanos) {
        roundTrip.onSample(sampleNanos);
        up.estimator().onRoundTrip(sampleNanos, nowNanos);
        down.estimator().onRoundTrip(sampleNanos, nowNanos);
    }

    /** What the receiver says its link carries (REMB): believed where there is nothing better. */
    void onReceiverEstimate(long bitsPerSecond) {
        if (downlink.sent().figures() == null) {
            down.hint(bitsPerSecond / 1000.0, Confidence.MEDIUM);
        }
    }

    /** Time passes for both estimates. */
    void sense(long nowNanos) {
        boolean expected = downlink.connected() && downlink.media() != null;
        up.estimator().expectSigns(expected, nowNanos);
        down.estimator().expectSigns(expected, nowNanos);
        up.estimator().onTick(nowNanos);
        down.estimator().onTick(nowNanos);
    }

    /** What is known of the link from elsewhere; an uplink that nobody measured is taken for a part of the downlink. */
    void onHint(LinkHint hint) {
        double downKbps = hint.downKbps() > 0 ? hint.downKbps() : hint.thinRadio() ? THIN_RADIO_KBPS : 0;
        boolean measured = hint.measured() && hint.downKbps() > 0;
        if (downKbps > 0) {
            down.hint(downKbps, measured ? Confidence.MEDIUM : Confidence.LOW);
        }
        if (hint.upKbps() > 0) {
            up.hint(hint.upKbps(), hint.measured() ? Confidence.MEDIUM : Confidence.LOW);
        } else if (downKbps > 0) {
            boolean fat = measured && downKbps >= FAT_DOWNLINK_KBPS;
            double share = downKbps < THIN_DOWNLINK_KBPS ? THIN_UPLINK_SHARE : UPLINK_SHARE;
            up.hint(share * downKbps, fat ? Confidence.MEDIUM : Confidence.LOW);
        }
    }

    /** Whether the thinnest voice has been all that this leg carries for {@code leastNanos}, or is meant to be. */
    boolean staysThin(boolean thin, boolean pinned, long leastNanos, long nowNanos) {
        if (!thin) {
            thinSinceNanos = Deadlines.NONE;
        } else if (thinSinceNanos == Deadlines.NONE) {
            thinSinceNanos = nowNanos;
        }
        return thin && (pinned || nowNanos - thinSinceNanos >= leastNanos);
    }

    CallSnapshot.LegSnapshot snapshot(long nowNanos) {
        return new CallSnapshot.LegSnapshot(
                id,
                person.role(),
                person.kind(),
                downlink.connected(),
                roundTrip.known() ? OptionalDouble.of(roundTrip.nanos() / 1e6) : OptionalDouble.empty(),
                uplink.rate().kbps(nowNanos),
                downlink.rate().kbps(nowNanos),
                rtcp.uplinkExpected() > 0
                        ? OptionalDouble.of((double) rtcp.uplinkLost() / rtcp.uplinkExpected())
                        : OptionalDouble.empty(),
                downlink.loss(),
                uplink.rate().totalBytes() + downlink.rate().totalBytes(),
                up.estimate(),
                down.estimate());
    }
}
