package org.raabta.bench.bot;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins as a standard client and says, five times a second, which tone it hears, until its standard input ends.
 *
 * <p>Uses {@link HeadlessAudioDeviceModule}, which pulls and so decodes what arrives. Found with
 * webrtc-java 0.14.0: pushing sound of one's own through that module aborts the process, so the sender is another
 * program; and while it also sends (silence), it pulls sound 1.75 times as fast as time passes, so that the jitter
 * buffer stretches what it has: receive-only it keeps within a few percent of real time. "VM attach current thread
 * failed" on standard output at the end is its threads meeting a Java that is gone.
 */
public final class ReceiverBot {
    private ReceiverBot() {}

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
        HeadlessAudioDeviceModule audio = new HeadlessAudioDeviceModule();
        PeerConnectionFactory factory = new PeerConnectionFactory(audio);
        Peer peer = new Peer(
                factory,
                RTCRtpTransceiverDirection.RECV_ONLY,
                factory.createAudioSource(new AudioOptions()),
                new Ear(lines),
                lines);
        Runnable leave = options.legs().isPresent() ? peer.offer(options) : peer.answer();
        peer.awaitConnected();
        lines.awaitEnd();
        leave.run();
    }

    /** Called by libwebrtc's audio thread, 10 ms of 16 bit little-endian sound at a time. */
    private static final class Ear implements AudioTrackSink {
        private final Lines lines;
        private @Nullable ToneMeter meter;

        private Ear(Lines lines) {
            this.lines = lines;
        }

        @Override
        public void onData(byte[] data, int bits, int rate, int channels, int frames) {
            ToneMeter current = meter;
            if (current == null || current.sampleRate() != rate) {
                current = new ToneMeter(rate);
                meter = current;
            }
            for (int frame = 0; frame < frames; frame++) {
                int at = 2 * channels * frame; // the first channel is enough
                short sample = (short) ((data[at] & 0xff) | (data[at + 1] << 8));
                if (current.take(sample / (double) Short.MAX_VALUE)) {
                    report(current);
                }
            }
        }

        private void report(ToneMeter window) {
            lines.say(window.heard()
                    .<Map<String, Object>>map(tone -> Map.of("t", "heard", "hz", tone.hz(), "share", tone.share()))
                    .orElseGet(() -> Map.of("t", "silence")));
        }
    }
}
