package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.ReceiverEstimate;
import org.raabta.relay.rtp.ReceiverReport;
import org.raabta.relay.rtp.RedPayload;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.RtcpCompound;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.RtpPacket;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.TransportFeedback;
import org.raabta.relay.rtp.Vp8Descriptor;

/**
 * One of our pages in a browser, as the relay meets it.
 *
 * <pre>
 *   Microphone, Camera -> Outgoing (stamps) -> cable        cable -> Ear, Screen (NACK, PLI), Arrivals (feedback)
 *        SendEstimate <- DelayTrend <- feedback             Reports both ways; consent checks
 * </pre>
 */
final class Browser {
    private static final long CHECK_NANOS = 2_500_000_000L;
    /** What the page takes for the headers of a packet that it got. */
    private static final int HEADER_BYTES = 50;

    private static final long WATCH_NANOS = 250_000_000L;

    private final Simulation simulation;
    private final SendEstimate estimate = new SendEstimate();
    private final Outgoing outgoing;
    private final Microphone microphone;
    private final Camera camera;
    private final Arrivals arrivals;
    private final Reports reports;
    private final Ear ear;
    private final Screen screen;
    /** What a page speaks under its brake ({@code client-web/src/shared/sender.ts}). */
    private static final AudioPlan BRAKED_VOICE = new AudioPlan(6_000, 120, false, false);

    private final LocalBrake brake = new LocalBrake();
    private final ControlSocket socket;
    private SendCommand command = SendCommands.FIRST;
    private boolean watching;
    private int statsRound;
    private boolean called;
    private long heardBytes;
    private long heardRtpBytes;
    private long checkMeasured;
    private double checkMs;
    private Heard told = new Heard(0, 0, 0, 0, 0);

    /** What single pictures of the camera may cost now; 0 is none. */
    double stillKbps() {
        return called ? command.still().kbps() : 0;
    }

    /** What the page says on its socket. */
    interface ControlSocket {
        void stats(PageReport report);

        void brake();
    }

    /** Counters of what has come, as the page reads them. */
    private record Heard(long packets, long lost, long linkBytes, long waitedNanos, long waitedPieces) {}

    Browser(
            Simulation simulation,
            Cable cable,
            Consumer<ByteBuf> rtpAtRelay,
            Consumer<ByteBuf> rtcpAtRelay,
            ControlSocket socket,
            SpeechActivity speech,
            SplittableRandom random) {
        this.simulation = simulation;
        this.socket = socket;
        outgoing = new Outgoing(simulation, cable, estimate, rtpAtRelay, rtcpAtRelay);
        microphone = new Microphone(simulation, outgoing, speech, random.split());
        camera = new Camera(simulation, outgoing, estimate, random.split());
        arrivals = new Arrivals(simulation, outgoing, estimate);
        reports = new Reports(simulation, outgoing, random.split());
        ear = new Ear(simulation);
        screen = new Screen(simulation, outgoing);
    }

    /** The transport is there, as it is from the waiting room on; nothing but checks is sent yet. */
    void connect() {
        checks();
        reports.start(
                new Reports.Sent(
                        Media.AUDIO_SSRC,
                        microphone::on,
                        microphone::packets,
                        microphone::octets,
                        microphone::timestamp),
                new Reports.Sent(Media.VIDEO_SSRC, camera::on, camera::packets, camera::octets, camera::timestamp));
    }

    private void checks() {
        long fromNanos = simulation.nowNanos();
        outgoing.check(() -> {
            checkMs = (simulation.nowNanos() - fromNanos) / 1e6;
            checkMeasured++;
            heardBytes += Wire.CHECK_ANSWER;
        });
        simulation.after(CHECK_NANOS, this::checks);
    }

    // ---- the control socket

    /** The call is on: the page has been told how to send before, and begins. */
    void onCall() {
        called = true;
        microphone.start();
        apply();
    }

    /** The latest command releases the brake. */
    void onCommand(SendCommand latest) {
        boolean began = !camera.on();
        boolean othersStats = latest.statsSeconds() != command.statsSeconds();
        command = latest;
        double kbps = latest.video().maxKbps() + latest.audio().wireKbps();
        if (latest.video().active() && began) {
            estimate.restart(SendCommands.startBps(latest));
            brake.begin(kbps);
        } else if (latest.video().active()) {
            brake.want(kbps);
        }
        ear.setLeastTarget(latest.jitterTargetMs());
        arrivals.setOn(latest.transportCc());
        outgoing.setStamps(latest.transportCc());
        apply();
        if (othersStats) {
            told = heard();
            stats(++statsRound);
        }
    }

    private void apply() {
        microphone.obey(command.audio(), command.speech());
        boolean video = called && command.video().active();
        double leastVideo = video ? Math.min(Media.VIDEO_LEAST_BPS, SendCommands.videoPayloadBps(command.video())) : 0;
        estimate.setLeast(SendCommands.voiceBps(command.audio()) + leastVideo);
        camera.obey(video ? command.video() : VideoPlan.OFF, command.audio());
        if (video && !watching) {
            watching = true;
            simulation.after(WATCH_NANOS, this::watch);
        }
    }

    private void watch() {
        watching = command.video().active();
        if (!watching) {
            return;
        }
        if (camera.on() && brake.stops(sample(), simulation.nowNanos() / 1e6)) {
            camera.stop();
            microphone.obey(BRAKED_VOICE, command.speech());
            socket.brake();
        }
        simulation.after(WATCH_NANOS, this::watch);
    }

    private LocalBrake.Sample sample() {
        List<LocalBrake.Trip> trips = new ArrayList<>(reports.trips());
        trips.add(new LocalBrake.Trip("path", checkMs, (int) checkMeasured));
        return new LocalBrake.Sample(
                heardBytes,
                reports.audio().received(),
                ear.playedSamples(),
                ear.concealedSamples(),
                trips,
                estimate.bitsPerSecond() / 1000);
    }

    private void stats(int round) {
        if (round != statsRound || command.statsSeconds() == 0) {
            return;
        }
        simulation.after(command.statsSeconds() * 1_000_000_000L, () -> {
            if (round == statsRound) {
                Heard before = told;
                told = heard();
                socket.stats(since(before, told));
                stats(round);
            }
        });
    }

    private Heard heard() {
        return new Heard(
                reports.audio().received(),
                reports.audio().lost(),
                heardRtpBytes,
                ear.waitedNanos(),
                ear.waitedPieces());
    }

    private static PageReport since(Heard before, Heard now) {
        long pieces = now.waitedPieces - before.waitedPieces;
        return new PageReport(
                (int) (now.packets - before.packets),
                (int) Math.max(0, now.lost - before.lost),
                (int) (now.linkBytes - before.linkBytes),
                pieces == 0 ? 0 : (now.waitedNanos - before.waitedNanos) / 1e6 / pieces);
    }

    // ---- media

    /** Borrows {@code packet}. */
    void onRtp(ByteBuf packet) {
        RtpPacket rtp = RtpPacket.tryParse(packet);
        if (rtp == null) {
            throw new IllegalStateException("the relay sent what is not RTP");
        }
        heardBytes += Wire.ofRtp(packet.readableBytes());
        int stamp = rtp.extensionIndex(Media.STAMP_ID, 2);
        if (stamp >= 0) {
            arrivals.onStamp(packet.getUnsignedShort(stamp));
        }
        int at = rtp.payloadIndex();
        heardRtpBytes += rtp.payloadLength() + HEADER_BYTES;
        if (rtp.ssrc() == DownlinkSsrcs.audio(0)) {
            reports.audio().onPacket(rtp.sequenceNumber());
            onVoice(rtp, at);
        } else if (rtp.ssrc() == DownlinkSsrcs.video(0)) {
            reports.video().onPacket(rtp.sequenceNumber());
            onPicture(rtp, rtp.sequenceNumber(), at, rtp.payloadLength());
        } else if (rtp.ssrc() == DownlinkSsrcs.videoRtx(0)) {
            onPicture(rtp, packet.getUnsignedShort(at), at + 2, rtp.payloadLength() - 2);
        }
    }

    private void onVoice(RtpPacket rtp, int at) {
        @Nullable
        RedPayload red = rtp.payloadType() == Media.RED
                ? RedPayload.tryParse(rtp.buffer(), at, rtp.payloadLength(), Media.OPUS)
                : null;
        if (rtp.payloadType() != Media.OPUS && red == null) {
            throw new IllegalStateException("the relay sent what is neither Opus nor RED");
        }
        ear.onPacket(rtp.timestamp(), rtp.buffer(), at, rtp.payloadLength(), red);
    }

    private void onPicture(RtpPacket rtp, int sequence, int at, int length) {
        @Nullable Vp8Descriptor vp8 = Vp8Descriptor.tryParse(rtp.buffer(), at, length);
        if (vp8 == null) {
            throw new IllegalStateException("the relay sent what is not VP8");
        }
        int number = rtp.buffer().getInt(at + Camera.DESCRIPTOR_BYTES);
        screen.setRoundTrip(reports.roundTripNanos());
        screen.onPiece(sequence, new Screen.Piece(vp8.startOfFrame(), vp8.keyFrame(), rtp.marker(), number, length));
    }

    /** Borrows {@code packet}. */
    void onRtcp(ByteBuf packet) {
        RtcpCompound compound = RtcpCompound.tryParse(packet);
        if (compound == null || compound.malformed() > 0) {
            throw new IllegalStateException("the relay sent what is not RTCP");
        }
        heardBytes += Wire.ofRtcp(packet.readableBytes());
        for (RtcpMessage message : compound.messages()) {
            onMessage(message);
        }
    }

    private void onMessage(RtcpMessage message) {
        if (message instanceof TransportFeedback feedback) {
            outgoing.onFeedback(feedback);
        } else if (message instanceof SenderReport report) {
            reports.onSenderReport(report);
            onBlocks(report.blocks());
        } else if (message instanceof ReceiverReport report) {
            onBlocks(report.blocks());
        } else if (message instanceof Nack nack) {
            camera.onNack(nack.sequences());
        } else if (message instanceof PictureLossIndication) {
            camera.onKeyFrameRequest();
        } else if (message instanceof ReceiverEstimate said) {
            estimate.setCap((double) said.bitsPerSecond());
        }
    }

    private void onBlocks(List<ReportBlock> blocks) {
        reports.onBlocks(blocks);
        for (ReportBlock block : blocks) {
            if (block.ssrc() == Media.AUDIO_SSRC) {
                microphone.setLoss(block.fractionLost() / 256.0);
            }
        }
    }

    SendEstimate estimate() {
        return estimate;
    }

    Ear ear() {
        return ear;
    }

    Screen screen() {
        return screen;
    }
}
