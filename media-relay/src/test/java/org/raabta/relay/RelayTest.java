package org.raabta.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raabta.relay.control.CallControl;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.Role;
import org.raabta.relay.ice.ClientStun;
import org.raabta.relay.secure.SrtpProfile;

/** What a call's legs get and lose. */
class RelayTest extends RunningRelay {
    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void twoPeersHearEachOther(SrtpProfile profile) throws Exception {
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor, profile);

            ByteBuf heard = talk(patient, PATIENT_SSRC, doctor);
            assertThat(heard.getInt(8)).isEqualTo(DownlinkSsrcs.audio(0));
            assertThat(heard.getByte(12) & 0xF8)
                    .as("Opus frames as they were sent")
                    .isEqualTo(0x78);
            talk(doctor, DOCTOR_SSRC, patient);
            assertThat(snapshot(call).legs()).allMatch(CallSnapshot.LegSnapshot::connected);
        }
    }

    @Test
    void prefersTheProfileWithSmallerPackets() throws Exception {
        try (TestPeer patient = peer("patient")) {
            join(patient, PATIENT, Role.PATIENT);
            patient.check(0, true);
            var client = patient.shakeHands(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80);
            assertThat(client.keys().profile()).isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
            assertThat(client.serverFingerprint()).isEqualTo(relay.fingerprint());
        }
    }

    @Test
    void joinsOverTcp() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(relay.tcpHandler());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        try (TestPeer patient = new TestPeer("patient", Wire.tcp((InetSocketAddress) server.localAddress()));
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            talk(patient, PATIENT_SSRC, doctor);
            talk(doctor, DOCTOR_SSRC, patient);

            patient.sendRaw(new byte[1700]);
            await("an oversized frame is counted", () -> relay.drops().containsKey("tcp_junk"));
        } finally {
            server.close().sync();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void followsALegToItsNewPort() throws Exception {
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            talk(patient, PATIENT_SSRC, doctor);
            talk(doctor, DOCTOR_SSRC, patient);
            long strangers = relay.drops().getOrDefault("unknown_sender", 0L);

            patient.answersChecks = false;
            patient.moveTo(Wire.udp(udp()));
            doctor.rtp.clear();
            patient.sendAudio(PATIENT_SSRC);
            assertThat(doctor.rtp.poll(10, TimeUnit.SECONDS))
                    .as("the very first packet")
                    .isNotNull();
            assertThat(relay.drops().getOrDefault("unknown_sender", 0L)).isEqualTo(strangers);

            talk(doctor, DOCTOR_SSRC, patient);
            assertThat(patient.rtpOnCurrentWire)
                    .as("not before our check is answered")
                    .hasValue(0);

            // The relay repeats its check; once that is answered, what the doctor says arrives at the new port.
            int before = patient.checksAnswered.get();
            patient.answersChecks = true;
            await("our check is answered", () -> patient.checksAnswered.get() > before);
            for (int i = 0; i < 150 && patient.rtpOnCurrentWire.get() == 0; i++) {
                talk(doctor, DOCTOR_SSRC, patient);
            }
            assertThat(patient.rtpOnCurrentWire).as("the downlink follows").hasPositiveValue();
            assertThat(snapshot(call).legs().get(0).rttMs()).isPresent();
        }
    }

    @Test
    void consentExpiresAndHeals() throws Exception {
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            talk(doctor, DOCTOR_SSRC, patient);
            patient.answersChecks = false;
            doctor.check(0, true);
            push(20);
            doctor.check(0, true);
            push(11);
            events.await("disconnected p-1 CONSENT_EXPIRED");
            patient.rtp.clear();
            doctor.check(0, true);
            doctor.sendAudio(DOCTOR_SSRC);
            assertThat(snapshot(call).legs().get(0).connected()).isFalse();

            push(300);
            events.await("disconnected d-1 CONSENT_EXPIRED");
            doctor.check(0, true);
            patient.check(0, true);
            events.await("connected d-1", "connected p-1");
            talk(doctor, DOCTOR_SSRC, patient);
        }
    }

    @Test
    void rubbishDisturbsNobodyAndIsCounted() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor");
                TestPeer stranger = peer("stranger")) {
            establish(patient, doctor);
            talk(patient, PATIENT_SSRC, doctor);
            byte[] replayed = patient.sendAudio(PATIENT_SSRC);
            for (int i = 0; i < 2_000; i++) {
                byte[] bytes = new byte[1 + random.nextInt(200)];
                random.nextBytes(bytes);
                bytes[0] = (byte) new int[] {0, 1, 22, 23, 20, 128, 144, 255}[random.nextInt(8)];
                (random.nextBoolean() ? stranger : patient).sendRaw(bytes);
            }
            byte[] check = ClientStun.check(
                    new byte[12], patient.serverIce.ufrag(0) + ":them", patient.serverIce.password(0), true);
            for (int length = 1; length < check.length; length++) {
                stranger.sendRaw(java.util.Arrays.copyOf(check, length));
            }
            patient.sendRaw(replayed);

            await("a replay is counted", () -> dropped("srtp_replayed") > 0);
            talk(patient, PATIENT_SSRC, doctor);
            talk(doctor, DOCTOR_SSRC, patient);
            Map<String, Long> drops = relay.drops();
            assertThat(drops)
                    .as("seed %d", seed)
                    .containsKeys(
                            "junk", "stun_malformed", "unknown_sender", "dtls_malformed", "srtp_authentication_failed");
            assertThat(events.failures).isEmpty();
            assertThat(events.seen).as("nothing ended").isEmpty();
        }
    }

    @Test
    void answersAWrongPasswordWith401AndAHandshakeNeedsACheckFirst() throws Exception {
        try (TestPeer patient = peer("patient")) {
            join(patient, PATIENT, Role.PATIENT);
            snapshot(call);
            var refused = patient.ask(
                    id -> ClientStun.check(id, patient.serverIce.ufrag(0) + ":them", "not the password at all", true));
            assertThat(refused.errorCode()).isEqualTo(401);
            assertThat(dropped("stun_wrong_integrity")).isPositive();

            byte[] hello = new byte[100];
            hello[0] = 22;
            hello[1] = (byte) 0xFE;
            hello[2] = (byte) 0xFD;
            hello[12] = 87;
            hello[13] = 1;
            patient.sendRaw(hello);
            await("counted", () -> relay.drops().containsKey("unknown_sender"));
        }
    }

    @Test
    void aBugEndsItsOwnCallOnly() throws Exception {
        EventLog others = new EventLog();
        CallControl broken = relay.create(new CallId(8), PROFILE, others);
        LocalIce bug = new LocalIce() {
            @Override
            public String ufragBase() {
                return "buggyleg";
            }

            @Override
            public String password(int generation) {
                throw new IllegalStateException("a bug");
            }
        };
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            broken.addLeg(new LegSpec(new LegId("x"), Role.GUEST, LegKind.WEB, bug));
            snapshot(broken);
            patient.sendRaw(ClientStun.check(new byte[12], "buggyleg00:them", "whatever it would be", true));

            await("the bug is told", () -> !others.failures.isEmpty());
            assertThatThrownBy(() -> broken.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("gone");
            assertThat(relay.callCount()).isOne();
            talk(patient, PATIENT_SSRC, doctor);
            assertThat(events.failures).isEmpty();
            relay.create(new CallId(8), PROFILE, others); // the id is free again
        }
    }

    @Test
    void aClosingPeerIsHeardAndClosingIsTold() throws Exception {
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            patient.sayGoodbye();
            events.await("disconnected p-1 CLOSED_BY_PEER");

            relay.close();
            assertThat(doctor.hearsGoodbye()).isTrue();
            assertThatThrownBy(() -> relay.create(new CallId(9), PROFILE, events))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCallIsMadeOnceAndItsIdComesFreeAtItsEnd() {
        assertThatThrownBy(() -> relay.create(new CallId(7), PROFILE, events))
                .isInstanceOf(IllegalStateException.class);
        call.end();
        CallControl second = relay.create(new CallId(7), PROFILE, events);
        assertThat(snapshot(second).legs()).isEmpty();
        assertThat(second.address()).isEqualTo(relay.addressOf(new CallId(7)));
    }

    @Test
    void aNewerLegOfTheSameRoleTakesOverAndAFifthIsRefused() throws Exception {
        try (TestPeer first = peer("first");
                TestPeer second = peer("second")) {
            join(first, PATIENT, Role.PATIENT);
            first.connect();
            events.await("connected p-1");
            join(second, new LegId("p-2"), Role.PATIENT);
            assertThat(first.hearsGoodbye()).isTrue();
            second.connect();
            events.await("connected p-2");

            int n = 0;
            for (LegKind kind : LegKind.values()) {
                for (Role role : Role.values()) {
                    call.addLeg(new LegSpec(
                            new LegId("x-" + n), role, kind, new TestPeer("leg" + n++, Wire.udp(udp())).serverIce));
                }
            }
            assertThat(snapshot(call).legs()).hasSize(4);
            assertThat(dropped("too_many_legs")).isPositive();
        }
    }
}
