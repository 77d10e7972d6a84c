package org.raabta.signaling.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.MediaDescription;
import org.raabta.signaling.link.Instance;

public class SdpTest {
    static final String FINGERPRINT =
            "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89";

    /** In the shape of a browser's offer: audio with RED, video with several codecs, a data channel. */
    public static final String OFFER = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1 2
            a=extmap-allow-mixed
            a=msid-semantic: WMS s
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:Kf2a
            a=ice-pwd:abcdefghijklmnopqrstuvwx
            a=ice-options:trickle
            a=fingerprint:sha-256 %s
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=sendrecv
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtcp-fb:111 transport-cc
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=ssrc:1 cname:c
            m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99
            c=IN IP4 0.0.0.0
            a=ice-ufrag:Kf2a
            a=ice-pwd:abcdefghijklmnopqrstuvwx
            a=fingerprint:sha-256 %s
            a=setup:actpass
            a=mid:1
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=sendonly
            a=rtcp-mux
            a=rtpmap:98 VP9/90000
            a=rtpmap:99 rtx/90000
            a=fmtp:99 apt=98
            a=rtpmap:96 VP8/90000
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=mid:2
            a=sctp-port:5000
            """.formatted(FINGERPRINT, FINGERPRINT).replace("\n", "\r\n");

    private static final SdpAnswer.Server SERVER = new SdpAnswer.Server(
            new Instance("EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAA"),
            Fingerprint.ofSdp(FINGERPRINT),
            new MediaAddress("203.0.113.5", 9000, OptionalInt.of(8443)),
            7);

    @Test
    void anOfferSaysTransportAndMedia() throws SdpException {
        SdpOffer offer = SdpOffer.parse(OFFER);
        assertThat(offer.transport().ufrag()).isEqualTo("Kf2a");
        assertThat(offer.transport().password()).isEqualTo("abcdefghijklmnopqrstuvwx");
        assertThat(offer.transport().sha256Fingerprint().sdp()).isEqualTo(FINGERPRINT);
        assertThat(offer.media())
                .isEqualTo(new MediaDescription(
                        new MediaDescription.Audio(111, 63),
                        Optional.of(new MediaDescription.Video(96, 97)),
                        new MediaDescription.Extensions(4, 3)));
        assertThat(offer.sendsVideo()).isTrue();
    }

    @Test
    void theAnswerMirrorsTheOffer() throws SdpException {
        String answer = SdpAnswer.write(SdpOffer.parse(OFFER), SERVER);
        assertThat(answer.split("\r\n"))
                .contains(
                        "a=group:BUNDLE 0 1",
                        "a=ice-lite",
                        "m=audio 9000 UDP/TLS/RTP/SAVPF 111 63",
                        "m=video 9000 UDP/TLS/RTP/SAVPF 96 97",
                        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
                        "a=setup:passive",
                        "a=ice-ufrag:r81gVffp00",
                        "a=ice-pwd:pe0wj5MYMV6PqMrsG+WuVYkw",
                        "a=candidate:1 1 udp 2130706431 203.0.113.5 9000 typ host",
                        "a=candidate:2 1 tcp 1671430143 203.0.113.5 8443 typ host tcptype passive",
                        "a=end-of-candidates",
                        "a=rtcp-rsize",
                        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
                        "a=fmtp:97 apt=96",
                        "a=rtcp-fb:96 nack pli",
                        "a=ssrc:1380057088 cname:raabta")
                .doesNotContain("a=ssrc:1380057089 cname:raabta");
        String audio = answer.substring(answer.indexOf("m=audio"), answer.indexOf("m=video"));
        String video = answer.substring(answer.indexOf("m=video"), answer.indexOf("m=application"));
        assertThat(audio).contains("a=sendrecv");
        assertThat(video)
                .as("the client only sends, so we only receive")
                .contains("a=recvonly")
                .doesNotContain("a=msid");
        assertThat(SdpOffer.parse(OFFER.replace("a=sendonly", "a=sendrecv")))
                .satisfies(offer ->
                        assertThat(SdpAnswer.write(offer, SERVER)).contains("a=ssrc-group:FID 1380057089 1380057090"));
    }

    @Test
    void audioAloneNeedsNoBundle() throws SdpException {
        String audioOnly = OFFER.substring(0, OFFER.indexOf("m=video")).replace("a=group:BUNDLE 0 1 2\r\n", "");
        SdpOffer offer = SdpOffer.parse(audioOnly.replace("a=rtpmap:63 red/48000/2\r\n", ""));
        assertThat(offer.media().video()).isEmpty();
        assertThat(offer.media().audio().red()).isEqualTo(MediaDescription.NONE);
        assertThat(SdpAnswer.write(offer, SERVER)).contains("m=audio 9000 UDP/TLS/RTP/SAVPF 111\r\n");
    }

    @Test
    void transportMayStandInTheSession() throws SdpException {
        String moved = OFFER.replaceAll("a=(ice-ufrag|ice-pwd|fingerprint|setup):[^\r]*\r\n", "")
                .replace(
                        "a=group:BUNDLE 0 1 2\r\n",
                        "a=group:BUNDLE 0 1 2\r\na=ice-ufrag:Sess\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n"
                                + "a=fingerprint:sha-1 AA:BB\r\na=fingerprint:SHA-256 "
                                + FINGERPRINT + "\r\na=setup:active\r\n");
        assertThat(SdpOffer.parse(moved).transport().ufrag()).isEqualTo("Sess");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a=setup:actpass       | a=setup:passive      | a=setup must be
                    opus/48000/2          | speex/8000           | needs one m=audio
                    a=ice-ufrag:Kf2a      | a=ice-ufrag:x        | needs a=ice-ufrag
                    a=ice-pwd:abcdefghijklmnopqrstuvwx | a=ice-pwd:short | needs a=ice-pwd
                    a=fingerprint:sha-256 | a=fingerprint:sha-1  | needs a=fingerprint:sha-256
                    AB:CD                 | ZZ                   | a=fingerprint:sha-256 must be
                    a=rtcp-mux            | a=x                  | needs a=rtcp-mux
                    BUNDLE 0 1 2          | BUNDLE 1 2           | audio and video must be bundled
                    v=0                   | v=1                  | must begin with v=0
                    m=audio 9 UDP         | m=audio 0 UDP        | needs one m=audio
                    s=-                   | junk                 | a line is not x=value
                    m=video 9             | m=video              | an m-line needs
                    """)
    void whatCannotBeUsedIsRefusedWithAReason(String original, String changed, String reason) {
        String sdp = OFFER.replace(original, changed);
        if (changed.equals("m=video")) {
            sdp = OFFER.replaceFirst("m=video [^\r]*", "m=video");
        }
        String broken = sdp;
        assertThatThrownBy(() -> SdpOffer.parse(broken))
                .isInstanceOf(SdpException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void aVideoWithoutVp8IsRefusedButNotTheCall() throws SdpException {
        SdpOffer offer = SdpOffer.parse(OFFER.replace("VP8/90000", "H264/90000"));
        assertThat(offer.media().video()).isEmpty();
        assertThat(SdpAnswer.write(offer, SERVER)).contains("m=video 0 UDP/TLS/RTP/SAVPF 96\r\n");
    }

    @Test
    void fragmentsCarryCredentialsOrNothing() throws SdpException {
        assertThat(SdpFragment.parse("a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"))
                .contains(new SdpFragment("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
        assertThat(SdpFragment.parse("m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 1.2.3.4 5 typ host\r\n"))
                .isEmpty();
        assertThatThrownBy(() -> SdpFragment.parse("a=ice-ufrag:EsAw\r\n")).isInstanceOf(SdpException.class);
        assertThatThrownBy(() -> SdpFragment.parse("")).isInstanceOf(SdpException.class);
        assertThatThrownBy(() -> SdpFragment.parse("\0\0")).isInstanceOf(SdpException.class);
    }
}
