package org.raabta.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.call.TestProfiles;
import org.raabta.relay.control.CallControl;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.Role;
import org.raabta.relay.secure.SrtpProfile;

/** A relay with one call: real sockets, real DTLS and SRTP; only its clock can be pushed on. */
abstract class RunningRelay {
    static final Profile PROFILE = TestProfiles.shipped("default");

    static final int PATIENT_SSRC = 0x1111;
    static final int DOCTOR_SSRC = 0x2222;
    static final LegId PATIENT = new LegId("p-1");
    static final LegId DOCTOR = new LegId("d-1");
    static final MediaDescription MEDIA = new MediaDescription(
            new MediaDescription.Audio(111, MediaDescription.NONE),
            Optional.empty(),
            new MediaDescription.Extensions(MediaDescription.NONE, MediaDescription.NONE));

    final AtomicLong pushedNanos = new AtomicLong();
    final EventLog events = new EventLog();

    @TempDir
    Path directory;

    Relay relay;
    CallControl call;

    @BeforeEach
    void start() throws IOException {
        RelaySettings settings =
                new RelaySettings("127.0.0.1", "127.0.0.1", 0, 1, OptionalInt.empty(), directory.resolve("dtls.pem"));
        relay = Relay.start(settings, () -> System.nanoTime() + pushedNanos.get());
        call = relay.create(new CallId(7), PROFILE, events);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    InetSocketAddress udp() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), call.address().udpPort());
    }

    TestPeer peer(String name) throws IOException {
        return new TestPeer(name, Wire.udp(udp()));
    }

    void join(TestPeer peer, LegId id, Role role) {
        addLeg(peer, id, role);
        call.setTransport(id, peer.remote());
    }

    void addLeg(TestPeer peer, LegId id, Role role) {
        call.addLeg(peer.spec(id.value(), role));
        call.setMedia(id, MEDIA);
    }

    void push(long seconds) {
        pushedNanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        snapshot(call); // a command, so that what is due is done
    }

    static CallSnapshot snapshot(CallControl of) {
        try {
            return of.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no snapshot", e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waiting in vain: " + what).isNegative();
            Thread.onSpinWait();
        }
    }

    long dropped(String reason) {
        return snapshot(call).drops().getOrDefault(reason, 0L);
    }

    /** Speaks until the other side hears it: the first packets may come before what makes them welcome. */
    static ByteBuf talk(TestPeer from, int ssrc, TestPeer to) throws Exception {
        to.rtp.clear();
        for (int i = 0; i < 150; i++) {
            from.sendAudio(ssrc);
            ByteBuf heard = to.rtp.poll(100, TimeUnit.MILLISECONDS);
            if (heard != null) {
                return heard;
            }
        }
        throw new AssertionError("nothing was heard");
    }

    /** Patient and doctor, connected and admitted. */
    void establish(TestPeer patient, TestPeer doctor, SrtpProfile... offered) throws Exception {
        join(patient, PATIENT, Role.PATIENT);
        join(doctor, DOCTOR, Role.DOCTOR);
        patient.connect(offered);
        doctor.connect();
        events.await("connected p-1", "connected d-1");
        call.admit();
    }
}
