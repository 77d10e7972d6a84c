package org.raabta.relay.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Decision;
import org.raabta.relay.call.TestProfiles;
import org.raabta.relay.call.TranscoderPool;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.ice.ClientStun;
import org.raabta.relay.ice.Path;
import org.raabta.relay.secure.DtlsIdentity;

/** Any bytes into a loop with a live call, from a stranger and from the leg's own address: only counts change. */
class MediaLoopFuzzTest {
    private static final Path STRANGER = new Path(new InetSocketAddress("192.0.2.1", 1), false);
    private static final Path OWN = new Path(new InetSocketAddress("192.0.2.2", 2), false);

    private static final LocalIce ICE = new LocalIce() {
        @Override
        public String ufragBase() {
            return "fuzzed00";
        }

        @Override
        public String password(int generation) {
            return "a-password-of-22-chars-" + generation;
        }
    };

    /** One for all inputs, as a fuzzer runs millions of them. */
    private static final class Fixture {
        final List<Throwable> bugs = new ArrayList<>();
        final EventLoop eventLoop = new DefaultEventLoop();
        final RelayContext relay;
        final MediaLoop loop;

        Fixture() throws IOException {
            // No workers: a handshake is the TLS library's affair and has its own tests.
            relay = new RelayContext(System::nanoTime, DtlsIdentity.generate(), task -> {}, TranscoderPool.none());
            loop = new MediaLoop(eventLoop, relay);
            CallOwner call = new CallOwner(
                    new CallId(1),
                    TestProfiles.shipped("default"),
                    new Bugs(),
                    loop,
                    relay,
                    new MediaAddress("192.0.2.9", 9, OptionalInt.empty()),
                    gone -> {});
            call.addLeg(new LegSpec(new LegId("leg"), Role.PATIENT, LegKind.WEB, ICE));
            feed(ClientStun.check(new byte[12], ICE.ufrag(0) + ":them", ICE.password(0), true), OWN);
        }

        void feed(byte[] datagram, Path from) {
            eventLoop
                    .submit(() -> loop.receive(Unpooled.wrappedBuffer(datagram), from))
                    .awaitUninterruptibly(10, TimeUnit.SECONDS);
        }

        private final class Bugs implements CallEvents {
            @Override
            public void legConnected(LegId leg) {}

            @Override
            public void legDisconnected(LegId leg, DisconnectReason reason) {}

            @Override
            public void command(LegId leg, SendCommand command) {}

            @Override
            public void decided(Direction direction, Decision decision) {}

            @Override
            public void transferRoom(LegId leg, TransferRoom room) {}

            @Override
            public void still(Direction direction, StillPicture picture) {}

            @Override
            public void failed(Throwable bug) {
                bugs.add(bug);
            }
        }
    }

    private static final class Shared {
        static final Fixture FIXTURE = make();

        private static Fixture make() {
            try {
                return new Fixture();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @FuzzTest
    void anyBytesAreOnlyCounted(byte[] datagram) {
        Fixture fixture = Shared.FIXTURE;
        fixture.feed(datagram, STRANGER);
        fixture.feed(datagram, OWN);
        assertThat(fixture.bugs).isEmpty();
    }

    @Test
    void everyKindOfRubbishHasItsCount() throws IOException {
        long seed = 99;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        for (int i = 0; i < 3_000; i++) {
            byte[] datagram = new byte[random.nextInt(64)];
            random.nextBytes(datagram);
            if (datagram.length > 0) {
                datagram[0] = (byte) new int[] {0, 22, 21, 128, 144, 200, 64}[random.nextInt(7)];
            }
            if (datagram.length > 13 && random.nextBoolean()) {
                System.arraycopy(HexFormat.of().parseHex("fefd000000000000000000"), 0, datagram, 1, 10);
                datagram[11] = 0;
                datagram[12] = (byte) (datagram.length - 13);
            }
            fixture.feed(datagram, random.nextBoolean() ? OWN : STRANGER);
        }
        assertThat(fixture.bugs).as("seed %d", seed).isEmpty();
        assertThat(fixture.relay.drops().snapshot())
                .as("seed %d", seed)
                .containsKeys("junk", "stun_malformed", "unknown_sender", "dtls_malformed", "dtls_stray", "keys_inert");
    }

    @Test
    void tellsProtocolsApart() {
        assertThat(of("0001000021 12a442000000000000000000000000")).isEqualTo(Demux.STUN);
        assertThat(of("16fefd0000000000000000000100")).isEqualTo(Demux.DTLS);
        assertThat(of("806f00010000000100000001")).isEqualTo(Demux.RTP);
        assertThat(of("80c8000100000001")).isEqualTo(Demux.RTCP);
        assertThat(of("80c9000100000001")).isEqualTo(Demux.RTCP);
        assertThat(of("806f000100000001")).as("shorter than its header").isEqualTo(Demux.JUNK);
        assertThat(of("40c8000100000001")).isEqualTo(Demux.JUNK);
        assertThat(of("ffc8000100000001")).isEqualTo(Demux.JUNK);
        assertThat(of("")).isEqualTo(Demux.JUNK);
        assertThat(Demux.of(Unpooled.wrappedBuffer(new byte[Demux.MAX_DATAGRAM_BYTES + 1])))
                .isEqualTo(Demux.JUNK);
    }

    private static Demux of(String hex) {
        return Demux.of(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
