package org.raabta.bench.bot;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Joins as a standard client and sends a tone until its standard input ends.
 *
 * <p>Uses {@link AudioLayer#kDummyAudio}: with it {@link CustomAudioSource} sends, and nothing is ever decoded.
 */
public final class SenderBot {
    private SenderBot() {}

    public static void main(String[] args) {
        Lines lines = new Lines();
        try {
            run(args, lines);
        } catch (Exception e) {
            lines.say(Map.of("t", "failed", "why", String.valueOf(e.getMessage())));
            System.exit(1);
        }
        System.exit(0); // libwebrtc keeps threads of its own
    }

    private static void run(String[] args, Lines lines) throws Exception {
        BotOptions options = BotOptions.parse(args);
        PeerConnectionFactory factory = new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
        CustomAudioSource source = new CustomAudioSource();
        Peer peer = new Peer(
                factory,
                RTCRtpTransceiverDirection.SEND_RECV,
                source,
                (data, bits, rate, channels, frames) -> {},
                lines);
        Runnable leave = peer.offer(options);

        Tone tone = new Tone(options.hz());
        ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor();
        var unused = pacer.scheduleAtFixedRate(
                () -> source.pushAudio(tone.nextFrame(), 16, Tone.SAMPLE_RATE, 1, Tone.FRAME_SAMPLES),
                0,
                10,
                TimeUnit.MILLISECONDS);
        peer.awaitConnected();
        lines.say(Map.of("t", "sending", "hz", options.hz()));
        lines.awaitEnd();
        pacer.shutdownNow();
        leave.run();
    }
}
