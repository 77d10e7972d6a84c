package org.raabta.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.Consent;
import org.raabta.signaling.consult.Thrift;

class PageMessageParserTest {
    private static final String FP = "A".repeat(43);
    private static final String OFFER =
            "{\"t\":\"offer\",\"gen\":1,\"u\":\"Kf2a\",\"p\":\"abcdefghijklmnopqrstuvwx\",\"fp\":\"" + FP
                    + "\",\"a\":{\"opus\":111,\"red\":63},\"v\":{\"vp8\":96,\"rtx\":97},\"x\":{\"mid\":4,\"tcc\":3,\"sent\":2}}";

    @Test
    void messagesOfTheProtocol() throws BadMessageException {
        assertThat(PageMessageParser.parse("{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false,\"newer\":[1]}"))
                .isEqualTo(new PageMessage.Join(true, false, Optional.empty(), Optional.empty()));
        assertThat(PageMessageParser.parse("{\"t\":\"media\",\"cam\":false,\"mic\":true,\"voiceOnly\":true}"))
                .isEqualTo(new PageMessage.Media(false, true, true, Thrift.NONE));
        assertThat(PageMessageParser.parse("{\"t\":\"pin\",\"from\":\"patient\",\"rung\":\"voice\"}"))
                .isEqualTo(new PageMessage.Pin(Role.PATIENT, Optional.of(Rung.VOICE)));
        assertThat(PageMessageParser.parse("{\"t\":\"pin\",\"from\":\"patient\"}"))
                .isEqualTo(new PageMessage.Pin(Role.PATIENT, Optional.empty()));
        assertThat(PageMessageParser.parse("{\"t\":\"admit\"}")).isEqualTo(new PageMessage.Admit());
        assertThat(PageMessageParser.parse("{\"t\":\"named\",\"right\":false}"))
                .isEqualTo(new PageMessage.Named(false));
        assertThat(PageMessageParser.parse("{\"t\":\"ring\"}")).isEqualTo(new PageMessage.Ring());
        assertThat(PageMessageParser.parse("{\"t\":\"ceiling\",\"mb\":2.5}"))
                .isEqualTo(new PageMessage.Ceiling(OptionalDouble.of(2.5)));
        assertThat(PageMessageParser.parse("{\"t\":\"brake\"}")).isEqualTo(new PageMessage.Brake(""));
        assertThat(PageMessageParser.parse("{\"t\":\"brake\",\"w\":\"round-trip\"}"))
                .isEqualTo(new PageMessage.Brake("round-trip"));
        assertThatThrownBy(() -> PageMessageParser.parse("{\"t\":\"brake\",\"w\":\"<b>\"}"))
                .isInstanceOf(BadMessageException.class);
    }

    @Test
    void whatAPageKnowsOfItsLink() throws BadMessageException {
        assertThat(PageMessageParser.parse("{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false,"
                        + "\"hint\":{\"down\":35.5,\"m\":1,\"save\":0,\"thin\":1}}"))
                .isEqualTo(new PageMessage.Join(
                        true, false, Optional.of(new LinkHint(35.5, 0, true, false, true)), Optional.empty()));
        assertThat(PageMessageParser.parse(
                        "{\"t\":\"media\",\"cam\":true,\"mic\":true,\"voiceOnly\":false,\"bat\":1,\"budgetMb\":5}"))
                .isEqualTo(new PageMessage.Media(true, true, false, new Thrift(true, OptionalDouble.of(5))));
        assertThat(PageMessageParser.parse("{\"t\":\"load\",\"x\":\"abcdefgh\"}"))
                .isEqualTo(new PageMessage.Load(6));
        assertThat(PageMessageParser.parse("{\"t\":\"load\",\"x\":[]}")).isEqualTo(new PageMessage.Load(0));
        assertThat(PageMessageParser.parse("{\"t\":\"stats\",\"p\":25,\"l\":1,\"b\":900,\"jb\":380.5}"))
                .isEqualTo(new PageMessage.Stats(new PageReport(25, 1, 900, 380.5)));
        assertThat(PageMessageParser.parse("{\"t\":\"stats\",\"p\":0}"))
                .isEqualTo(new PageMessage.Stats(new PageReport(0, 0, 0, 0)));
    }

    @Test
    void whatAPersonAgreedTo() throws BadMessageException {
        String hash = "_-".repeat(21) + "A";
        assertThat(PageMessageParser.parse(
                        "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false,\"c\":{\"l\":\"skr\",\"h\":\"" + hash
                                + "\"}}"))
                .isEqualTo(new PageMessage.Join(true, false, Optional.empty(), Optional.of(new Consent("skr", hash))));
        assertThat(Consent.ofDetail(new Consent("skr", hash).detail())).isEqualTo(new Consent("skr", hash));
        for (String bad :
                new String[] {"{}", "{\"l\":\"ur\"}", "{\"l\":\"ur\",\"h\":\"short\"}", "{\"l\":5,\"h\":5}", "7"}) {
            assertThatThrownBy(() -> PageMessageParser.parse(
                            "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false,\"c\":" + bad + "}"))
                    .as(bad)
                    .isInstanceOf(BadMessageException.class)
                    .hasMessageStartingWith("join: c");
        }
    }

    @Test
    void anOfferWithEverythingAndWithTheLeast() throws BadMessageException {
        PageMessage.Offer full = (PageMessage.Offer) PageMessageParser.parse(OFFER);
        assertThat(full.generation()).isEqualTo(1);
        assertThat(full.media())
                .isEqualTo(new MediaDescription(
                        new MediaDescription.Audio(111, 63),
                        Optional.of(new MediaDescription.Video(96, 97)),
                        new MediaDescription.Extensions(4, 3, 2)));
        assertThat(full.transport().sha256Fingerprint().base64Url()).isEqualTo(FP);
        PageMessage.Offer least = (PageMessage.Offer)
                PageMessageParser.parse(OFFER.substring(0, OFFER.indexOf(",\"a\":")) + ",\"a\":{\"opus\":109}}");
        assertThat(least.media())
                .isEqualTo(new MediaDescription(
                        new MediaDescription.Audio(109, MediaDescription.NONE),
                        Optional.empty(),
                        new MediaDescription.Extensions(MediaDescription.NONE, MediaDescription.NONE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "gen":1      | "gen":-1       | offer: gen must be
                    "gen":1      | "gen":1296     | offer: gen must be
                    "gen":1      | "gen":"1"      | offer: gen must be
                    "gen":1,     | ``             | offer: gen is missing
                    "u":"Kf2a"   | "u":"a b"      | offer: u must be
                    "p":"abc     | "p":"-abc      | offer: p must be
                    "fp":"A      | "fp":"         | offer: fp must be 43 base64url characters
                    "opus":111   | "opus":72      | offer: opus must be
                    "red":63     | "red":111      | offer: red must be
                    "opus":111,  | ``             | offer: a.opus is missing
                    "vp8":96     | "vp8":128      | offer: vp8 must be
                    "mid":4      | "mid":15       | offer: mid must be
                    "mid":4      | "mid":3        | offer: the ids in x must differ
                    "sent":2     | "sent":3       | offer: the ids in x must differ
                    "offer"      | "ofer"         | unknown type
                    "t":"offer"  | "t":1          | t must be text
                    {"t"         | [{"t"          | not one JSON object
                    """)
    void wrongOffersAreRefusedByField(String original, String changed, String message) {
        String text = OFFER.replace(original, changed == null ? "" : changed);
        assertThat(text).isNotEqualTo(OFFER);
        assertThatThrownBy(() -> PageMessageParser.parse(text))
                .isInstanceOf(BadMessageException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"t\":\"join\",\"cam\":1,\"voiceOnly\":false}|join: cam must be true or false",
                "{\"t\":\"join\",\"cam\":true}|join: voiceOnly must be true or false",
                "{\"t\":\"pin\",\"from\":\"nurse\"}|pin: from must be",
                "{\"t\":\"pin\",\"from\":\"patient\",\"rung\":\"hologram\"}|pin: unknown rung",
                "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":true,\"hint\":7}|join: hint must be an object",
                "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":true,\"hint\":{\"down\":-1}}|join: down must be a number",
                "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":true,\"hint\":{\"up\":1e9}}|join: up must be a number",
                "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":true,\"hint\":{\"up\":1e999}}|join: up must be a number",
                "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":true,\"hint\":{\"m\":true}}|join: m must be",
                "{\"t\":\"media\",\"cam\":true,\"mic\":true,\"voiceOnly\":true,\"bat\":2}|media: bat must be",
                "{\"t\":\"media\",\"cam\":true,\"mic\":true,\"voiceOnly\":true,\"budgetMb\":\"5\"}|media: budgetMb must be",
                "{\"t\":\"stats\"}|stats: p is missing",
                "{\"t\":\"stats\",\"p\":-1}|stats: p must be",
                "{\"t\":\"stats\",\"p\":1.5}|stats: p must be",
                "{\"t\":\"stats\",\"p\":1,\"b\":99999999999}|stats: b must be",
                "{\"t\":\"stats\",\"p\":1,\"jb\":60001}|stats: jb must be",
                "{\"t\":\"admit\",\"t\":\"end\"}|not one JSON object",
                "{\"t\":\"admit\"} {}|not one JSON object",
                "null|not one JSON object",
                "{}|t must be text"
            })
    void wrongMessagesAreRefused(String text, String message) {
        assertThatThrownBy(() -> PageMessageParser.parse(text))
                .isInstanceOf(BadMessageException.class)
                .hasMessageStartingWith(message);
    }
}
