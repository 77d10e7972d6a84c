package org.raabta.signaling.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.Role;

class TokensTest {
    private static final Instant EXPIRES = Instant.ofEpochSecond(1_764_086_400L);
    private final Tokens tokens = new Tokens(new byte[32]);

    @Test
    void everyRoleComesBack() {
        for (Role role : Role.values()) {
            Token token = new Token(role, 0x1234_5678_9abc_def0L, EXPIRES);
            String text = tokens.write(token);
            assertThat(text).hasSize(Token.LENGTH).matches("[A-Za-z0-9_-]+");
            assertThat(tokens.read(text)).contains(token);
        }
    }

    @Test
    void firstByteSaysVersionAndRole() {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.write(new Token(Role.DOCTOR, 5, EXPIRES)));
        assertThat(bytes).hasSize(32);
        assertThat(bytes[0]).isEqualTo((byte) 0x11);
        assertThat(bytes[8]).isEqualTo((byte) 5);
    }

    @Test
    void expiryIsInTheTokenAndUnsigned() {
        Token late = new Token(Role.PATIENT, 1, Instant.ofEpochSecond(4_000_000_000L));
        assertThat(tokens.read(tokens.write(late))).contains(late);
        assertThat(late.expiredAt(Instant.ofEpochSecond(3_999_999_999L))).isFalse();
        assertThat(late.expiredAt(Instant.ofEpochSecond(4_000_000_000L))).isTrue();
    }

    @Test
    void everyFlippedBitIsRefused() {
        byte[] right = Base64.getUrlDecoder().decode(tokens.write(new Token(Role.PATIENT, 77, EXPIRES)));
        for (int bit = 0; bit < right.length * 8; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(wrong)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void anotherKeysTokensAndOtherSpellingsAreRefused() {
        String text = tokens.write(new Token(Role.PATIENT, 77, EXPIRES));
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        assertThat(new Tokens(otherKey).read(text)).isEmpty();
        assertThat(tokens.read(text + "=")).isEmpty();
        assertThat(tokens.read(text.substring(1))).isEmpty();
        assertThat(tokens.read("")).isEmpty();
        // The last character carries two unused bits: a second spelling would be a second ICE secret.
        char last = text.charAt(42);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String twin = text.substring(0, 42) + alphabet.charAt(alphabet.indexOf(last) ^ 1);
        assertThat(tokens.read(twin)).isEmpty();
    }

    @Test
    void junkIsRefused() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] junk = new byte[32];
            random.nextBytes(junk);
            assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(junk)))
                    .as("seed %d round %d", seed, i)
                    .isEmpty();
        }
    }

    @Test
    void credentialsAreThoseOfTheProtocolsExample() {
        LocalIce ice = new Instance("EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAA");
        assertThat(ice.ufrag(0)).isEqualTo("r81gVffp00");
        assertThat(ice.password(0)).isEqualTo("pe0wj5MYMV6PqMrsG+WuVYkw");
        assertThat(ice.ufrag(1295)).endsWith("zz");
        assertThat(ice.password(1)).hasSize(24).isNotEqualTo(ice.password(0));
    }

    @Test
    void legsOfOneInstanceUnderTwoLinksDiffer() {
        Instance here = new Instance("EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAA");
        Instance there = new Instance("EBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAA");
        assertThat(here.leg(Role.PATIENT).value()).startsWith("p-").hasSize(10);
        assertThat(here.leg(Role.PATIENT)).isNotEqualTo(there.leg(Role.PATIENT));
        assertThat(here.leg(Role.PATIENT))
                .isEqualTo(new Instance("EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAA").leg(Role.PATIENT));
    }
}
