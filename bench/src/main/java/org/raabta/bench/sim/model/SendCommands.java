package org.raabta.bench.sim.model;

import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.SendCommand;

/** What our pages make of a command ({@code client-web/src/shared/sender.ts}). */
final class SendCommands {
    /** Until the first one. */
    static final SendCommand FIRST =
            new SendCommand(new AudioPlan(12_000, 60, false, false), VideoPlan.OFF, true, 0, 0);

    private static final int VIDEO_HEADER_BYTES = 60;
    private static final int VIDEO_PAYLOAD_BYTES = 1150;
    private static final double LEAST_VIDEO_BPS = 6_000;

    private SendCommands() {}

    /** What is left for the encoder of a command's wire bits: a picture is a packet at least. */
    static double videoPayloadBps(VideoPlan video) {
        double packets = Math.max(video.maxFps(), video.maxKbps() * 125 / (VIDEO_PAYLOAD_BYTES + VIDEO_HEADER_BYTES));
        return Math.max(LEAST_VIDEO_BPS, video.maxKbps() * 1000 - packets * VIDEO_HEADER_BYTES * 8);
    }

    /** What the browser's estimate starts from when video begins. */
    static double startBps(SendCommand command) {
        return (command.video().maxKbps() + command.audio().wireKbps()) * 1000;
    }

    /** What the browser takes the voice and its headers for when it shares out its estimate. */
    static double voiceBps(AudioPlan audio) {
        return audio.bitrateBps() * (audio.red() ? 2 : 1) + 48 * 8 * 1000.0 / audio.packetMs();
    }
}
