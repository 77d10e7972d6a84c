package org.raabta.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.ConsultState;
import org.raabta.signaling.consult.ConsultView;
import org.raabta.signaling.consult.Notice;

/** The figures of docs/adr/0007: what a patient's way into the waiting room costs on the control socket. */
class NegotiationBytesTest {
    private static final Instant AT = Instant.ofEpochSecond(1_764_000_100L);
    private static final long SEED = 7;

    private final Random random = new Random(SEED);

    @Test
    void bytesOfAWholeNegotiation() throws BadMessageException {
        LegId leg = new LegId("p-" + base64(6));
        List<String> down = List.of(
                NoticeWriter.write(new Notice.Welcome(
                        Role.PATIENT,
                        leg,
                        ConsultState.CREATED,
                        Optional.of("Zainab"),
                        Optional.of("ur"),
                        Optional.empty(),
                        Optional.empty(),
                        AT.plusSeconds(86_400),
                        new MediaAddress("203.0.113.5", 9000, OptionalInt.of(8443)),
                        base64(32),
                        base64(6))),
                state(leg, ConsultState.CREATED, false, Optional.empty()),
                NoticeWriter.write(new Notice.Rungs(Optional.empty(), Optional.empty())),
                NoticeWriter.write(new Notice.Answer(0)),
                state(leg, ConsultState.CREATED, true, Optional.empty()),
                state(leg, ConsultState.WAITING, true, Optional.of(AT)));
        String offer =
                "{\"t\":\"offer\",\"gen\":0,\"u\":\"Kf2a\",\"p\":\"abcdefghijklmnopqrstuvwx\",\"fp\":\"" + base64(32)
                        + "\",\"a\":{\"opus\":111,\"red\":63},\"v\":{\"vp8\":96,\"rtx\":97},\"x\":{\"mid\":4,\"tcc\":3}}";
        List<String> up = List.of(offer, "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false}");
        for (String message : up) {
            PageMessageParser.parse(message);
        }
        System.out.printf(
                "negotiation bytes: down raw %d deflated %d, up raw %d deflated %d%n",
                raw(down), deflated(down), raw(up), deflated(up));
        assertThat(raw(down)).isLessThanOrEqualTo(900);
        assertThat(deflated(down)).isLessThanOrEqualTo(400);
        assertThat(raw(up)).isLessThanOrEqualTo(240);
        assertThat(deflated(up)).isLessThanOrEqualTo(210);
    }

    private static String state(LegId leg, ConsultState state, boolean connected, Optional<Instant> waitingSince) {
        return NoticeWriter.write(new Notice.State(
                new ConsultView(
                        state,
                        AT,
                        List.of(new ConsultView.LegView(
                                leg,
                                Role.PATIENT,
                                LegKind.WEB,
                                connected,
                                true,
                                waitingSince,
                                waitingSince.isPresent()))),
                state));
    }

    private static int raw(List<String> messages) {
        return messages.stream().mapToInt(String::length).sum();
    }

    /** One context for all, each message flushed, the four bytes of the flush cut off (RFC 7692, section 7.2.1). */
    private static int deflated(List<String> messages) {
        Deflater deflater = new Deflater(6, true);
        try {
            byte[] buffer = new byte[4096];
            int total = 0;
            for (String message : messages) {
                deflater.setInput(message.getBytes(StandardCharsets.UTF_8));
                total += deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH) - 4;
            }
            return total;
        } finally {
            deflater.end();
        }
    }

    private String base64(int bytes) {
        byte[] out = new byte[bytes];
        random.nextBytes(out);
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(out);
    }
}
