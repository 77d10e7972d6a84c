package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Rung;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.ReceiverEstimate;
import org.raabta.relay.rtp.ReceiverReport;
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

    private final Simulation simulation;
    private final SendEstimate estimate = new SendEstimate();
    private final Outgoing outgoing;
    private final Microphone microphone;
    private final Camera camera;
    private final Arrivals arrivals;
    private final Reports reports;
    private final Ear ear;
    private final Screen screen;

    Browser(
            Simulation simulation,
            Cable cable,
            Consumer<ByteBuf> rtpAtRelay,
            Consumer<ByteBuf> rtcpAtRelay,
            SpeechActivity speech,
            SplittableRandom random) {
        this.simulation = simulation;
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
                new Reports.Sent(Media.AUDIO_SSRC, microphone::packets, microphone::octets, microphone::timestamp),
                new Reports.Sent(Media.VIDEO_SSRC, camera::packets, camera::octets, camera::timestamp));
    }

    private void checks() {
        outgoing.check();
        simulation.after(CHECK_NANOS, this::checks);
    }

    /** The server's word for what this page sends; the first one says that the call is on. */
    void onRung(Rung rung) {
        boolean video = rung.carriesVideo();
        estimate.setLeast(Media.AUDIO_WITH_HEADERS_BPS + (video ? Media.VIDEO_LEAST_BPS : 0));
        microphone.start();
        camera.set(video);
    }

    /** Borrows {@code packet}. */
    void onRtp(ByteBuf packet) {
        RtpPacket rtp = RtpPacket.tryParse(packet);
        if (rtp == null) {
            throw new IllegalStateException("the relay sent what is not RTP");
        }
        int stamp = rtp.extensionIndex(Media.STAMP_ID, 2);
        if (stamp >= 0) {
            arrivals.onStamp(packet.getUnsignedShort(stamp));
        }
        int at = rtp.payloadIndex();
        if (rtp.ssrc() == DownlinkSsrcs.audio(0)) {
            reports.audio().onPacket(rtp.sequenceNumber());
            ear.onFrame(rtp.sequenceNumber(), packet.getLong(at), packet.getByte(at + Long.BYTES), rtp.payloadLength());
        } else if (rtp.ssrc() == DownlinkSsrcs.video(0)) {
            reports.video().onPacket(rtp.sequenceNumber());
            onPicture(rtp, rtp.sequenceNumber(), at, rtp.payloadLength());
        } else {
            onPicture(rtp, packet.getUnsignedShort(at), at + 2, rtp.payloadLength() - 2);
        }
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
