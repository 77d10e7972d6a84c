package org.raabta.relay.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The codec against RFC 5769's vectors, against itself, and against rubbish. */
class StunMessageTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    /** RFC 5769, section 2.1. */
    private static final String REQUEST = "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e"
            + "207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5"
            + "b2d3f249c1b571a280280004e57a3bcf";

    /** RFC 5769, section 2.2. */
    private static final String IPV4_RESPONSE = "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563"
            + "746f7220002000080001a147e112a643000800142b91f599fd9e90c38c7489f9"
            + "2af9ba53f06be7d780280004c07d4c96";

    /** RFC 5769, section 2.3. */
    private static final String IPV6_RESPONSE = "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563"
            + "746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014"
            + "a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    private static StunMessage parse(byte[] bytes) {
        return Objects.requireNonNull(StunMessage.tryParse(bytes), "the message did not parse");
    }

    private static StunMessage parse(String hex) {
        return parse(HexFormat.of().parseHex(hex));
    }

    @Test
    void readsTheSampleRequest() {
        StunMessage request = parse(REQUEST);

        assertThat(request.kind()).isEqualTo(StunMessage.Kind.REQUEST);
        assertThat(request.username()).isEqualTo("evtj:h6vY");
        assertThat(request.localUfrag()).isEqualTo("evtj");
        assertThat(request.controlled()).isTrue();
        assertThat(request.useCandidate()).isFalse();
        assertThat(request.unknownRequired()).isEmpty();
        assertThat(request.integrityMatches(PASSWORD)).isTrue();
        assertThat(request.integrityMatches("VOkJxbRl1RmTxUk/WvJxBs")).isFalse();
    }

    @Test
    void readsTheSampleResponses() {
        StunMessage ipv4 = parse(IPV4_RESPONSE);
        StunMessage ipv6 = parse(IPV6_RESPONSE);

        assertThat(ipv4.kind()).isEqualTo(StunMessage.Kind.SUCCESS);
        assertThat(ipv4.mapped()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(ipv4.integrityMatches(PASSWORD)).isTrue();
        assertThat(ipv6.mapped()).isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(ipv6.integrityMatches(PASSWORD)).isTrue();
    }

    @Test
    void readsWhatItWrites() {
        byte[] id = HexFormat.of().parseHex("0102030405060708090a0b0c");
        InetSocketAddress from = new InetSocketAddress("2001:db8::7", 4711);

        StunMessage success = parse(Stun.success(id, from, PASSWORD));
        StunMessage error = parse(Stun.error(id, 420, List.of(0x0014, 0x0015), PASSWORD));
        StunMessage check = parse(Stun.check(id, "theirs:ours", PASSWORD, 7));

        assertThat(success.mapped()).isEqualTo(from);
        assertThat(success.transactionId()).isEqualTo(id);
        assertThat(success.integrityMatches(PASSWORD)).isTrue();
        assertThat(error.kind()).isEqualTo(StunMessage.Kind.ERROR);
        assertThat(error.errorCode()).isEqualTo(420);
        assertThat(error.integrityMatches(PASSWORD)).isTrue();
        assertThat(parse(Stun.error(id, 400, List.of(), null)).hasIntegrity()).isFalse();
        assertThat(check.username()).isEqualTo("theirs:ours");
        assertThat(check.integrityMatches(PASSWORD)).isTrue();
    }

    @Test
    void listsRequiredAttributesItDoesNotKnow() {
        StunMessage message = parse(ClientStun.request(new byte[12])
                .username("a:b")
                .add(0x0014, new byte[5])
                .add(0xC057, new byte[4])
                .finish(PASSWORD));

        assertThat(message.unknownRequired()).containsExactly(0x0014);
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedBit() {
        byte[] whole = HexFormat.of().parseHex(REQUEST);
        for (int length = 0; length < whole.length; length++) {
            assertThat(StunMessage.tryParse(Arrays.copyOf(whole, length))).isNull();
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(StunMessage.tryParse(flipped)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void ignoresWhatIntegrityDoesNotCover() {
        ClientStun request = ClientStun.request(new byte[12]).username("a:b");
        byte[] sealed = request.finish(PASSWORD);
        // The same message with USE-CANDIDATE pushed in between MESSAGE-INTEGRITY and FINGERPRINT.
        byte[] integrity = Arrays.copyOfRange(sealed, sealed.length - 28, sealed.length - 8);
        byte[] smuggled = ClientStun.request(new byte[12])
                .username("a:b")
                .add(Stun.MESSAGE_INTEGRITY, integrity)
                .add(Stun.USE_CANDIDATE, new byte[0])
                .finish(null);

        StunMessage message = parse(smuggled);

        assertThat(message.integrityMatches(PASSWORD)).isTrue();
        assertThat(message.useCandidate()).isFalse();
    }

    @Test
    void survivesRubbish() {
        long seed = 20261123;
        Random random = new Random(seed);
        byte[] whole = HexFormat.of().parseHex(REQUEST);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, 20 + 4 * random.nextInt(30));
            for (int flips = random.nextInt(12); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            bytes[0] = 0;
            bytes[1] = 1;
            repairSums(bytes);
            StunMessage message = StunMessage.tryParse(bytes);
            if (message != null) {
                parsed++;
                assertThat(message.integrityMatches(PASSWORD + i))
                        .as("seed %d", seed)
                        .isFalse();
            }
        }
        assertThat(parsed).as("some got past the sums, seed %d", seed).isPositive();
    }

    /** Gives length, cookie and FINGERPRINT their right values, so that the attributes in between are what is tried. */
    private static void repairSums(byte[] bytes) {
        int length = bytes.length - 20;
        bytes[2] = (byte) (length >> 8);
        bytes[3] = (byte) length;
        System.arraycopy(HexFormat.of().parseHex("2112a442"), 0, bytes, 4, 4);
        if (length >= 8) {
            System.arraycopy(HexFormat.of().parseHex("80280004"), 0, bytes, bytes.length - 8, 4);
            int crc = Stun.fingerprint(bytes, bytes.length - 8);
            for (int i = 0; i < 4; i++) {
                bytes[bytes.length - 4 + i] = (byte) (crc >>> (24 - 8 * i));
            }
        }
    }

    @FuzzTest
    void neverThrows(byte[] bytes) {
        byte[] repaired = bytes.clone();
        if (repaired.length >= 28) {
            repairSums(repaired);
        }
        for (byte[] candidate : List.of(bytes, repaired)) {
            StunMessage message = StunMessage.tryParse(candidate);
            if (message != null) {
                assertThat(message.transactionId()).hasSize(12);
                assertThat(message.hasIntegrity() || !message.integrityMatches("x"))
                        .isTrue();
            }
        }
    }
}
