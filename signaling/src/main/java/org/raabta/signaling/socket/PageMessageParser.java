package org.raabta.signaling.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.Consent;
import org.raabta.signaling.consult.Thrift;
import org.raabta.signaling.http.Json;

/** Reads one text frame, strictly; unknown fields are ignored so that pages may be newer than the server. */
public final class PageMessageParser {
    private static final int MAX_GENERATION = 36 * 36 - 1;
    /** RFC 8445, section 5.3: what ICE credentials are made of, and how long they may be. */
    private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");

    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");
    private static final Pattern FINGERPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<String> TYPES = Set.of(
            "offer", "join", "load", "media", "admit", "pin", "end", "leave", "stats", "brake", "ring", "ceiling",
            "named");
    /** Of a hint: no link that a phone has is faster. */
    private static final int MOST_KBPS = 10_000_000;

    private static final int MOST_BUDGET_MB = 1_000_000;
    /** Of one report: over 10,000 packets a second for the longest time between two. */
    private static final int MOST_PACKETS = 1_000_000;

    private static final int MOST_BYTES = 1_000_000_000;
    private static final int MOST_JITTER_BUFFER_MS = 60_000;

    private static final Pattern BRAKE_REASON = Pattern.compile("[a-z-]{1,16}");

    private final String type;
    private final JsonNode json;

    private PageMessageParser(String type, JsonNode json) {
        this.type = type;
        this.json = json;
    }

    public static PageMessage parse(String text) throws BadMessageException {
        JsonNode json;
        try {
            json = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new BadMessageException("", "not one JSON object");
        }
        if (json == null || !json.isObject()) {
            throw new BadMessageException("", "not one JSON object");
        }
        JsonNode t = json.path("t");
        if (!t.isTextual()) {
            throw new BadMessageException("", "t must be text");
        }
        if (ItemMessages.TYPES.contains(t.textValue())) {
            return beside(t.textValue(), json);
        }
        if (!TYPES.contains(t.textValue())) {
            throw new BadMessageException("", "unknown type");
        }
        return new PageMessageParser(t.textValue(), json).message();
    }

    private static PageMessage beside(String type, JsonNode json) throws BadMessageException {
        try {
            return ItemMessages.parse(type, json);
        } catch (IllegalArgumentException e) {
            throw new BadMessageException(type, type + ": " + e.getMessage());
        }
    }

    private PageMessage message() throws BadMessageException {
        return switch (type) {
            case "offer" -> offer();
            case "join" -> new PageMessage.Join(flag("cam"), flag("voiceOnly"), hint(), consent());
            case "load" -> new PageMessage.Load(json.path("x").asText().length() * 3 / 4);
            case "media" -> new PageMessage.Media(flag("cam"), flag("mic"), flag("voiceOnly"), thrift());
            case "admit" -> new PageMessage.Admit();
            case "pin" -> new PageMessage.Pin(role(), rung());
            case "end" -> new PageMessage.End();
            case "leave" -> new PageMessage.Leave();
            case "ring" -> new PageMessage.Ring();
            case "named" -> new PageMessage.Named(flag("right"));
            case "ceiling" -> new PageMessage.Ceiling(amount(json, "mb", MOST_BUDGET_MB));
            case "stats" -> stats();
            default -> new PageMessage.Brake(brakeReason());
        };
    }

    private Optional<LinkHint> hint() throws BadMessageException {
        Optional<JsonNode> hint = section("hint");
        if (hint.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LinkHint(
                amount(hint.get(), "down", MOST_KBPS).orElse(0),
                amount(hint.get(), "up", MOST_KBPS).orElse(0),
                bit(hint.get(), "m"),
                bit(hint.get(), "save"),
                bit(hint.get(), "thin")));
    }

    private Optional<Consent> consent() throws BadMessageException {
        Optional<JsonNode> given = section("c");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Consent(
                    given.get().path("l").asText(), given.get().path("h").asText()));
        } catch (IllegalArgumentException e) {
            throw bad("c." + e.getMessage());
        }
    }

    private Thrift thrift() throws BadMessageException {
        return new Thrift(bit(json, "bat"), amount(json, "budgetMb", MOST_BUDGET_MB));
    }

    private PageMessage.Stats stats() throws BadMessageException {
        return new PageMessage.Stats(new PageReport(
                number(json, "p", 0, MOST_PACKETS).orElseThrow(() -> missing("p")),
                number(json, "l", 0, MOST_PACKETS).orElse(0),
                number(json, "b", 0, MOST_BYTES).orElse(0),
                amount(json, "jb", MOST_JITTER_BUFFER_MS).orElse(0)));
    }

    private PageMessage offer() throws BadMessageException {
        int generation = number(json, "gen", 0, MAX_GENERATION).orElseThrow(() -> missing("gen"));
        RemoteTransport transport = new RemoteTransport(
                text("u", UFRAG, "4 to 256 ice-chars"), text("p", PASSWORD, "22 to 256 ice-chars"), fingerprint());
        JsonNode a = section("a").orElseThrow(() -> missing("a"));
        Set<Integer> types = new HashSet<>();
        MediaDescription.Audio audio = new MediaDescription.Audio(
                payloadType(a, "opus", types).orElseThrow(() -> missing("a.opus")),
                payloadType(a, "red", types).orElse(MediaDescription.NONE));
        Optional<MediaDescription.Video> video = Optional.empty();
        Optional<JsonNode> v = section("v");
        if (v.isPresent()) {
            video = Optional.of(new MediaDescription.Video(
                    payloadType(v.get(), "vp8", types).orElseThrow(() -> missing("v.vp8")),
                    payloadType(v.get(), "rtx", types).orElse(MediaDescription.NONE)));
        }
        return new PageMessage.Offer(generation, transport, new MediaDescription(audio, video, extensions()));
    }

    private MediaDescription.Extensions extensions() throws BadMessageException {
        Optional<JsonNode> x = section("x");
        Set<Integer> ids = new HashSet<>();
        return new MediaDescription.Extensions(
                extension(x, "mid", ids), extension(x, "tcc", ids), extension(x, "sent", ids));
    }

    private int extension(Optional<JsonNode> x, String name, Set<Integer> ids) throws BadMessageException {
        // One-byte header extensions have the ids 1 to 14 (RFC 8285, section 4.2).
        int id = x.isEmpty()
                ? MediaDescription.NONE
                : number(x.get(), name, 1, 14).orElse(MediaDescription.NONE);
        if (id != MediaDescription.NONE && !ids.add(id)) {
            throw bad("the ids in x must differ");
        }
        return id;
    }

    private Fingerprint fingerprint() throws BadMessageException {
        try {
            return Fingerprint.ofBase64Url(text("fp", FINGERPRINT, "43 base64url characters"));
        } catch (IllegalArgumentException e) {
            throw bad("fp must be 43 base64url characters");
        }
    }

    private Role role() throws BadMessageException {
        for (Role role : Role.values()) {
            if (role.label().equals(json.path("from").textValue())) {
                return role;
            }
        }
        throw bad("from must be patient, doctor or guest");
    }

    private Optional<Rung> rung() throws BadMessageException {
        JsonNode rung = json.path("rung");
        if (rung.isMissingNode() || rung.isNull()) {
            return Optional.empty();
        }
        if (!rung.isTextual()) {
            throw bad("rung must be text");
        }
        try {
            return Optional.of(Rung.ofLabel(rung.textValue()));
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
        }
    }

    private String brakeReason() throws BadMessageException {
        return json.has("w") ? text("w", BRAKE_REASON, "1 to 16 letters a to z and hyphens") : "";
    }

    private boolean flag(String name) throws BadMessageException {
        JsonNode value = json.path(name);
        if (!value.isBoolean()) {
            throw bad(name + " must be true or false");
        }
        return value.booleanValue();
    }

    private String text(String name, Pattern pattern, String rule) throws BadMessageException {
        JsonNode value = json.path(name);
        if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
            throw bad(name + " must be " + rule);
        }
        return value.textValue();
    }

    private Optional<JsonNode> section(String name) throws BadMessageException {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw bad(name + " must be an object");
        }
        return Optional.of(value);
    }

    /** 64 to 95 would be taken for RTCP on a shared port (RFC 5761, section 4). */
    private Optional<Integer> payloadType(JsonNode section, String name, Set<Integer> taken)
            throws BadMessageException {
        Optional<Integer> number = number(section, name, 0, 127);
        if (number.isPresent() && ((number.get() >= 64 && number.get() <= 95) || !taken.add(number.get()))) {
            throw bad(name + " must be a payload type of its own, 0 to 63 or 96 to 127");
        }
        return number;
    }

    private Optional<Integer> number(JsonNode section, String name, int least, int most) throws BadMessageException {
        JsonNode value = section.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw bad(name + " must be a whole number, " + least + " to " + most);
        }
        return Optional.of(value.intValue());
    }

    /** A flag that costs two bytes: 1, or left out. */
    private boolean bit(JsonNode section, String name) throws BadMessageException {
        return number(section, name, 0, 1).orElse(0) == 1;
    }

    /** A measured figure: from 0, with a fraction where it has one. */
    private OptionalDouble amount(JsonNode section, String name, int most) throws BadMessageException {
        JsonNode value = section.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        // Written so that nothing that is not a number, such as an overflow, can pass.
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= most)) {
            throw bad(name + " must be a number, 0 to " + most);
        }
        return OptionalDouble.of(value.doubleValue());
    }

    private BadMessageException missing(String name) {
        return bad(name + " is missing");
    }

    private BadMessageException bad(String detail) {
        return new BadMessageException(type, type + ": " + detail);
    }
}
