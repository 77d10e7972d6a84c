package org.raabta.signaling.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.RemoteTransport;

/**
 * A validated offer: what the relay needs of it, and what the answer has to mirror.
 *
 * @param sections one for each m-line of the offer, in its order
 */
public record SdpOffer(RemoteTransport transport, MediaDescription media, List<Section> sections) {
    private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");
    private static final Pattern MID = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,32}");

    static final String MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid";
    static final String TRANSPORT_CC_URI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    /** What becomes of an m-line. */
    public sealed interface Section {
        /** @param mid its identification, if it has a usable one */
        record Refused(String media, String protocol, String format, Optional<String> mid) implements Section {}

        record Audio(String mid, Flow flow) implements Section {}

        record Video(String mid, Flow flow) implements Section {}
    }

    /** The offerer's side of the media (RFC 8866, section 6.7). */
    public enum Flow {
        SENDRECV,
        SENDONLY,
        RECVONLY,
        INACTIVE;

        Flow mirrored() {
            return switch (this) {
                case SENDONLY -> RECVONLY;
                case RECVONLY -> SENDONLY;
                case SENDRECV, INACTIVE -> this;
            };
        }

        boolean sends() {
            return this == SENDRECV || this == SENDONLY;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the client would send pictures. */
    public boolean sendsVideo() {
        return sections.stream()
                .anyMatch(section ->
                        section instanceof Section.Video video && video.flow().sends());
    }

    /** @throws SdpException saying what is missing or wrong */
    public static SdpOffer parse(String text) throws SdpException {
        SdpText sdp = SdpText.parse(text);
        List<String> bundle = sdp.session().stream()
                .filter(attribute -> attribute.startsWith("group:BUNDLE "))
                .findFirst()
                .map(group -> List.of(
                        group.substring("group:BUNDLE ".length()).strip().split(" +", 17)))
                .orElse(List.of());
        SdpText.Section audio = null;
        SdpText.Section video = null;
        List<Section> sections = new ArrayList<>();
        for (SdpText.Section section : sdp.sections()) {
            Optional<String> mid =
                    section.first("mid").filter(id -> MID.matcher(id).matches());
            boolean live =
                    mid.isPresent() && protocolFits(section) && !section.port().equals("0");
            if (live
                    && audio == null
                    && section.media().equals("audio")
                    && codec(section, "opus/48000/2").isPresent()) {
                audio = section;
                sections.add(new Section.Audio(mid.get(), flow(section)));
            } else if (live
                    && video == null
                    && section.media().equals("video")
                    && bundle.contains(mid.get())
                    && codec(section, "VP8/90000").isPresent()) {
                video = section;
                sections.add(new Section.Video(mid.get(), flow(section)));
            } else {
                sections.add(new Section.Refused(
                        section.media(), section.protocol(), section.formats().get(0), mid));
            }
        }
        if (audio == null) {
            throw new SdpException("needs one m=audio over UDP/TLS/RTP/SAVPF with mid and opus/48000/2");
        }
        if (video != null && !bundle.contains(audio.first("mid").orElse(""))) {
            throw new SdpException("audio and video must be bundled (RFC 9143)");
        }
        if (!audio.has("rtcp-mux")) {
            throw new SdpException("needs a=rtcp-mux (RFC 5761)");
        }
        return new SdpOffer(transport(sdp, audio), media(audio, Optional.ofNullable(video)), List.copyOf(sections));
    }

    private static RemoteTransport transport(SdpText sdp, SdpText.Section audio) throws SdpException {
        String setup = attribute(sdp, audio, "setup").orElse("actpass");
        if (!setup.equals("actpass") && !setup.equals("active")) {
            throw new SdpException("a=setup must be actpass or active (RFC 8842)");
        }
        String ufrag = attribute(sdp, audio, "ice-ufrag")
                .filter(UFRAG.asMatchPredicate())
                .orElseThrow(() -> new SdpException("needs a=ice-ufrag (RFC 8839)"));
        String password = attribute(sdp, audio, "ice-pwd")
                .filter(PASSWORD.asMatchPredicate())
                .orElseThrow(() -> new SdpException("needs a=ice-pwd (RFC 8839)"));
        List<String> fingerprints = new ArrayList<>(audio.all("fingerprint"));
        sdp.session().stream()
                .filter(attribute -> attribute.startsWith("fingerprint:"))
                .forEach(attribute -> fingerprints.add(attribute.substring("fingerprint:".length())));
        for (String fingerprint : fingerprints) {
            String[] words = fingerprint.split(" ", 3);
            if (words.length == 2 && words[0].equalsIgnoreCase("sha-256")) {
                try {
                    return new RemoteTransport(ufrag, password, Fingerprint.ofSdp(words[1]));
                } catch (IllegalArgumentException e) {
                    throw new SdpException("a=fingerprint:sha-256 must be 32 bytes in hex (RFC 8122)");
                }
            }
        }
        throw new SdpException("needs a=fingerprint:sha-256 (RFC 8122)");
    }

    private static MediaDescription media(SdpText.Section audio, Optional<SdpText.Section> video) {
        int opus = codec(audio, "opus/48000/2").orElseThrow();
        int red = codec(audio, "red/48000/2").orElse(MediaDescription.NONE);
        // Two sections of one bundle share the payload types: one that is taken twice cannot be told apart.
        Optional<MediaDescription.Video> pictures = video.map(section -> {
            int vp8 = codec(section, "VP8/90000").orElseThrow();
            return new MediaDescription.Video(vp8, rtx(section, vp8));
        });
        return new MediaDescription(
                new MediaDescription.Audio(opus, red),
                pictures,
                new MediaDescription.Extensions(extension(audio, MID_URI), extension(audio, TRANSPORT_CC_URI)));
    }

    private static Optional<String> attribute(SdpText sdp, SdpText.Section section, String name) {
        return section.first(name).or(() -> sdp.first(name));
    }

    private static boolean protocolFits(SdpText.Section section) {
        return section.protocol().equals("UDP/TLS/RTP/SAVPF")
                || section.protocol().equals("TCP/TLS/RTP/SAVPF");
    }

    private static Flow flow(SdpText.Section section) {
        for (Flow flow : Flow.values()) {
            if (section.has(flow.label())) {
                return flow;
            }
        }
        return Flow.SENDRECV;
    }

    private static Optional<Integer> codec(SdpText.Section section, String name) {
        return payloadType(section, "rtpmap", value -> value.equalsIgnoreCase(name));
    }

    private static int rtx(SdpText.Section section, int of) {
        for (String format : section.formats()) {
            boolean isRtx = section.all("rtpmap").contains(format + " rtx/90000");
            boolean isOf = section.all("fmtp").stream()
                    .anyMatch(value -> value.startsWith(format + " ")
                            && List.of(value.substring(format.length() + 1).split("; *"))
                                    .contains("apt=" + of));
            if (isRtx && isOf && number(format).isPresent()) {
                return number(format).getAsInt();
            }
        }
        return MediaDescription.NONE;
    }

    /** In the order of the m-line, which is the offerer's preference. */
    private static Optional<Integer> payloadType(SdpText.Section section, String attribute, Predicate<String> wanted) {
        for (String format : section.formats()) {
            OptionalInt number = number(format);
            boolean fits = section.all(attribute).stream()
                    .anyMatch(value -> value.startsWith(format + " ")
                            && wanted.test(value.substring(format.length() + 1).strip()));
            if (number.isPresent() && fits) {
                return Optional.of(number.getAsInt());
            }
        }
        return Optional.empty();
    }

    /** 64 to 95 would be taken for RTCP on a shared port (RFC 5761, section 4). */
    private static OptionalInt number(String format) {
        if (!format.matches("[0-9]{1,3}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(format);
        boolean usable = number <= 63 || (number >= 96 && number <= 127);
        return usable ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** One-byte ids only (RFC 8285, section 4.2). */
    private static int extension(SdpText.Section section, String uri) {
        for (String value : section.all("extmap")) {
            String[] words = value.split(" ", 3);
            String id = words[0].replaceFirst("/.*", "");
            if (words.length >= 2 && words[1].equals(uri) && id.matches("[0-9]{1,2}")) {
                int number = Integer.parseInt(id);
                if (number >= 1 && number <= 14) {
                    return number;
                }
            }
        }
        return MediaDescription.NONE;
    }
}
