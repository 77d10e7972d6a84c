package org.raabta.signaling.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.MediaDescription;

/** Writes the answer to an offer (RFC 9429, section 5.3): ice-lite, passive, one bundle, complete candidates. */
public final class SdpAnswer {
    private static final String STREAM = "raabta";

    private final StringBuilder out = new StringBuilder(2048);
    private final SdpOffer offer;
    private final Server server;

    private SdpAnswer(SdpOffer offer, Server server) {
        this.offer = offer;
        this.server = server;
    }

    /**
     * The server's side.
     *
     * @param sessionId for the o-line, never negative
     */
    public record Server(LocalIce ice, Fingerprint fingerprint, MediaAddress address, long sessionId) {}

    public static String write(SdpOffer offer, Server server) {
        return new SdpAnswer(offer, server).text();
    }

    /** The server's next credentials, as the answer to an ICE restart (RFC 9725, section 4.3; RFC 8840, section 9). */
    public static String fragment(SdpFragment credentials) {
        return "a=ice-lite\r\na=ice-ufrag:" + credentials.ufrag() + "\r\na=ice-pwd:" + credentials.password() + "\r\n";
    }

    private String text() {
        List<String> mids = new ArrayList<>();
        for (SdpOffer.Section section : offer.sections()) {
            if (section instanceof SdpOffer.Section.Audio audio) {
                mids.add(audio.mid());
            } else if (section instanceof SdpOffer.Section.Video video) {
                mids.add(video.mid());
            }
        }
        line("v=0");
        line("o=- " + server.sessionId() + " 1 IN IP4 0.0.0.0");
        line("s=-");
        line("t=0 0");
        line("a=group:BUNDLE " + String.join(" ", mids));
        line("a=ice-lite");
        line("a=msid-semantic: WMS " + STREAM);
        for (SdpOffer.Section section : offer.sections()) {
            if (section instanceof SdpOffer.Section.Audio audio) {
                audio(audio);
            } else if (section instanceof SdpOffer.Section.Video video) {
                video(video, offer.media().video().orElseThrow());
            } else if (section instanceof SdpOffer.Section.Refused refused) {
                line("m=" + refused.media() + " 0 " + refused.protocol() + " " + refused.format());
                line("c=IN IP4 0.0.0.0");
                refused.mid().ifPresent(mid -> line("a=mid:" + mid));
                line("a=inactive");
            }
        }
        return out.toString();
    }

    private void audio(SdpOffer.Section.Audio section) {
        MediaDescription.Audio audio = offer.media().audio();
        boolean red = audio.red() != MediaDescription.NONE;
        line("m=audio " + server.address().udpPort() + " UDP/TLS/RTP/SAVPF " + audio.opus()
                + (red ? " " + audio.red() : ""));
        transport(section.mid(), section.flow());
        line("a=rtpmap:" + audio.opus() + " opus/48000/2");
        line("a=fmtp:" + audio.opus() + " minptime=10;useinbandfec=1");
        feedback(audio.opus(), false);
        if (red) {
            line("a=rtpmap:" + audio.red() + " red/48000/2");
            line("a=fmtp:" + audio.red() + " " + audio.opus() + "/" + audio.opus());
        }
        if (section.flow().mirrored().sends()) {
            line("a=msid:" + STREAM + " audio0");
            source(DownlinkSsrcs.audio(0));
        }
    }

    private void video(SdpOffer.Section.Video section, MediaDescription.Video video) {
        boolean rtx = video.rtx() != MediaDescription.NONE;
        line("m=video " + server.address().udpPort() + " UDP/TLS/RTP/SAVPF " + video.vp8()
                + (rtx ? " " + video.rtx() : ""));
        transport(section.mid(), section.flow());
        line("a=rtpmap:" + video.vp8() + " VP8/90000");
        feedback(video.vp8(), true);
        if (rtx) {
            line("a=rtpmap:" + video.rtx() + " rtx/90000");
            line("a=fmtp:" + video.rtx() + " apt=" + video.vp8());
        }
        if (section.flow().mirrored().sends()) {
            line("a=msid:" + STREAM + " video0");
            if (rtx) {
                line("a=ssrc-group:FID " + Integer.toUnsignedString(DownlinkSsrcs.video(0)) + " "
                        + Integer.toUnsignedString(DownlinkSsrcs.videoRtx(0)));
            }
            source(DownlinkSsrcs.video(0));
            if (rtx) {
                source(DownlinkSsrcs.videoRtx(0));
            }
        }
    }

    /** Equal in every section: in a bundle the first one counts (RFC 9143, section 7.2.2). */
    private void transport(String mid, SdpOffer.Flow flow) {
        MediaAddress address = server.address();
        String family = address.host().indexOf(':') >= 0 ? "IP6 " : "IP4 ";
        line("c=IN " + family + address.host());
        line("a=mid:" + mid);
        line("a=ice-ufrag:" + server.ice().ufrag(0));
        line("a=ice-pwd:" + server.ice().password(0));
        line("a=fingerprint:sha-256 " + server.fingerprint().sdp());
        line("a=setup:passive");
        line("a=candidate:1 1 udp 2130706431 " + address.host() + " " + address.udpPort() + " typ host");
        address.tcpPort()
                .ifPresent(port -> line(
                        "a=candidate:2 1 tcp 1671430143 " + address.host() + " " + port + " typ host tcptype passive"));
        line("a=end-of-candidates");
        line("a=rtcp-mux");
        line("a=rtcp-rsize");
        line("a=" + flow.mirrored().name().toLowerCase(Locale.ROOT));
        MediaDescription.Extensions extensions = offer.media().extensions();
        if (extensions.mid() != MediaDescription.NONE) {
            line("a=extmap:" + extensions.mid() + " " + SdpOffer.MID_URI);
        }
        if (extensions.transportCc() != MediaDescription.NONE) {
            line("a=extmap:" + extensions.transportCc() + " " + SdpOffer.TRANSPORT_CC_URI);
        }
    }

    private void feedback(int payloadType, boolean video) {
        if (video) {
            line("a=rtcp-fb:" + payloadType + " nack");
            line("a=rtcp-fb:" + payloadType + " nack pli");
            line("a=rtcp-fb:" + payloadType + " goog-remb");
        }
        if (offer.media().extensions().transportCc() != MediaDescription.NONE) {
            line("a=rtcp-fb:" + payloadType + " transport-cc");
        }
    }

    private void source(int ssrc) {
        line("a=ssrc:" + Integer.toUnsignedString(ssrc) + " cname:" + STREAM);
    }

    private void line(String line) {
        out.append(line).append("\r\n");
    }
}
