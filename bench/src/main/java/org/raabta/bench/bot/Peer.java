package org.raabta.bench.bot;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.onvoid.webrtc.media.audio.AudioTrackSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.raabta.bench.legs.LegsClient;

/** One peer connection with one audio track, its negotiation turned into calls that wait (10 s at most). */
final class Peer {
    private static final int PATIENCE_SECONDS = 10;

    private final Lines lines;
    private final RTCRtpTransceiverDirection direction;
    private final RTCPeerConnection connection;
    private final CompletableFuture<Void> gathered = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    /**
     * @param direction of the audio, as this side sees it
     * @param source    what is sent
     * @param heard     takes the far end's sound
     */
    Peer(
            PeerConnectionFactory factory,
            RTCRtpTransceiverDirection direction,
            AudioTrackSource source,
            AudioTrackSink heard,
            Lines lines) {
        this.lines = lines;
        this.direction = direction;
        connection = factory.createPeerConnection(new RTCConfiguration(), new Observer(heard));
        connection.addTrack(factory.createAudioTrack("bot", source), List.of("bot"));
    }

    /** Offers over HTTP and joins, or, told no server, offers to another bot over standard output. */
    Runnable offer(BotOptions options) throws Exception {
        applyDirection();
        String offer = localDescription(this::createOffer);
        if (options.legs().isEmpty()) {
            lines.say(Map.of("t", "offer", "sdp", offer));
            setRemote(RTCSdpType.ANSWER, lines.readSdp());
            return connection::close;
        }
        BotOptions.Legs legs = options.legs().get();
        LegsClient client = new LegsClient(legs.server(), legs.token());
        LegsClient.Joined joined = client.join(offer);
        setRemote(RTCSdpType.ANSWER, joined.answer());
        lines.say(Map.of("t", "joined", "location", joined.location().toString()));
        return () -> leave(client, joined);
    }

    /** Answers the offer that another bot's line on standard input carries. */
    Runnable answer() throws Exception {
        setRemote(RTCSdpType.OFFER, lines.readSdp());
        applyDirection();
        lines.say(Map.of("t", "answer", "sdp", localDescription(this::createAnswer)));
        return connection::close;
    }

    void awaitConnected() throws Exception {
        connected.get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void leave(LegsClient client, LegsClient.Joined joined) {
        connection.close();
        try {
            client.leave(joined.location());
            lines.say(Map.of("t", "left"));
        } catch (Exception e) {
            lines.say(Map.of("t", "failed", "why", String.valueOf(e.getMessage())));
        }
    }

    private void applyDirection() {
        for (RTCRtpTransceiver transceiver : connection.getTransceivers()) {
            transceiver.setDirection(direction);
        }
    }

    private void createOffer(CreateSessionDescriptionObserver observer) {
        connection.createOffer(new RTCOfferOptions(), observer);
    }

    private void createAnswer(CreateSessionDescriptionObserver observer) {
        connection.createAnswer(new RTCAnswerOptions(), observer);
    }

    /** Sets what {@code create} makes and waits for its candidates: the server wants them complete. */
    private String localDescription(Consumer<CreateSessionDescriptionObserver> create) throws Exception {
        Created created = new Created(new CompletableFuture<>());
        create.accept(created);
        RTCSessionDescription description = created.description.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Done set = new Done(new CompletableFuture<>());
        connection.setLocalDescription(description, set);
        set.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        gathered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return connection.getLocalDescription().sdp;
    }

    private void setRemote(RTCSdpType type, String sdp) throws Exception {
        Done set = new Done(new CompletableFuture<>());
        connection.setRemoteDescription(new RTCSessionDescription(type, sdp), set);
        set.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private record Created(CompletableFuture<RTCSessionDescription> description)
            implements CreateSessionDescriptionObserver {
        @Override
        public void onSuccess(RTCSessionDescription made) {
            description.complete(made);
        }

        @Override
        public void onFailure(String error) {
            description.completeExceptionally(new IllegalStateException(error));
        }
    }

    private record Done(CompletableFuture<Void> done) implements SetSessionDescriptionObserver {
        @Override
        public void onSuccess() {
            done.complete(null);
        }

        @Override
        public void onFailure(String error) {
            done.completeExceptionally(new IllegalStateException(error));
        }
    }

    private final class Observer implements PeerConnectionObserver {
        private final AudioTrackSink heard;

        private Observer(AudioTrackSink heard) {
            this.heard = heard;
        }

        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {}

        @Override
        public void onIceGatheringChange(RTCIceGatheringState state) {
            if (state == RTCIceGatheringState.COMPLETE) {
                gathered.complete(null);
            }
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState state) {
            lines.say(Map.of("t", "connection", "state", state.name().toLowerCase(Locale.ROOT)));
            if (state == RTCPeerConnectionState.CONNECTED) {
                connected.complete(null);
            } else if (state == RTCPeerConnectionState.FAILED) {
                connected.completeExceptionally(new IllegalStateException("the connection failed"));
            }
        }

        @Override
        public void onTrack(RTCRtpTransceiver transceiver) {
            if (transceiver.getReceiver().getTrack() instanceof AudioTrack track) {
                track.addSink(heard);
            }
        }
    }
}
