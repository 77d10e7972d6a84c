package org.raabta.signaling.consult;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallControl;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.RelayControl;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.Transfers;

/** A relay that only writes down what it is told; the test says what happens there. */
final class RecordingRelay implements RelayControl {
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> profiles = new CopyOnWriteArrayList<>();
    final List<CallEvents> events = new CopyOnWriteArrayList<>();
    volatile CallSnapshot snapshot = new CallSnapshot(List.of(), List.of(), Map.of());

    CallEvents newest() {
        return events.get(events.size() - 1);
    }

    @Override
    public Fingerprint fingerprint() {
        return new Fingerprint("ab".repeat(32));
    }

    @Override
    public String run() {
        return "run1";
    }

    @Override
    public MediaAddress addressOf(CallId id) {
        return new MediaAddress("203.0.113.5", 9000, OptionalInt.empty());
    }

    @Override
    public CallControl create(CallId id, Profile profile, CallEvents callEvents) {
        events.add(callEvents);
        told.add("create");
        profiles.add(profile.name());
        return new RecordingCall();
    }

    private final class RecordingCall implements CallControl {
        @Override
        public MediaAddress address() {
            return new MediaAddress("203.0.113.5", 9000, OptionalInt.empty());
        }

        @Override
        public void addLeg(LegSpec leg) {
            told.add("addLeg " + leg.role().label());
        }

        @Override
        public void setTransport(LegId leg, RemoteTransport transport) {
            told.add("setTransport " + transport.ufrag());
        }

        @Override
        public void setMedia(LegId leg, MediaDescription media) {
            told.add("setMedia");
        }

        @Override
        public void setCamera(LegId leg, boolean on) {
            told.add("setCamera " + on);
        }

        @Override
        public void setVoiceOnly(LegId leg, boolean voiceOnly) {
            told.add("setVoiceOnly " + voiceOnly);
        }

        @Override
        public void setHint(LegId leg, LinkHint hint) {
            told.add("setHint " + hint.downKbps());
        }

        @Override
        public void setThrift(LegId leg, boolean batteryLow, OptionalDouble budgetMb) {
            told.add("setThrift " + batteryLow + " " + budgetMb);
        }

        @Override
        public void onPageReport(LegId leg, PageReport report) {
            told.add("onPageReport " + report.packets());
        }

        @Override
        public void onBrake(LegId leg) {
            told.add("onBrake");
        }

        @Override
        public void onSocketBytes(LegId leg, SocketBytes bytes) {
            told.add("onSocketBytes");
        }

        @Override
        public void setTransfers(LegId leg, Transfers transfers) {
            told.add("setTransfers " + transfers.up() + " " + transfers.down());
        }

        @Override
        public void setFloor(Optional<LegId> holder) {
            told.add("setFloor " + holder.map(LegId::value).orElse("nobody"));
        }

        @Override
        public void pin(Direction direction, Optional<Rung> rung) {
            told.add("pin " + rung.map(Rung::label).orElse("none"));
        }

        @Override
        public void admit() {
            told.add("admit");
        }

        @Override
        public void removeLeg(LegId leg) {
            told.add("removeLeg");
        }

        @Override
        public void end() {
            told.add("end");
        }

        @Override
        public CompletionStage<CallSnapshot> snapshot() {
            return CompletableFuture.completedFuture(snapshot);
        }
    }
}
