package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.raabta.signaling.http.Json;

/** Reads what a page says of an item, strictly; what is wrong with it is the message of an {@link IllegalArgumentException}. */
public final class OfferParser {
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16}");
    public static final Set<String> VIEWS = Set.of("far", "middle", "close", "slip");

    private static final Pattern SHA = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<String> SMALL_PICTURES = Set.of("image/jpeg", "image/webp");
    private static final Map<ItemKind, Set<String>> TYPES = new EnumMap<>(Map.of(
            ItemKind.PHOTO,
            Set.of("image/jpeg", "image/png", "image/webp"),
            ItemKind.THUMB,
            SMALL_PICTURES,
            ItemKind.STILL,
            SMALL_PICTURES,
            ItemKind.NOTE,
            Set.of("audio/ogg", "audio/webm", "audio/mp4", "audio/wav")));
    private static final int MOST_PIXELS = 65_535;
    private static final int MOST_NOTE_MS = 3_600_000;
    private static final int MOST_AGE_MS = 600_000;
    private static final long LATEST_SECOND = 1L << 40;

    private final JsonNode json;

    private OfferParser(JsonNode json) {
        this.json = json;
    }

    public static Offer parse(JsonNode json) {
        return new OfferParser(json).offer();
    }

    private Offer offer() {
        ItemKind kind = ItemKind.ofLabel(text("kind", Pattern.compile("[a-z]{1,10}"), "photo, thumb, note or still"))
                .orElseThrow(() -> new IllegalArgumentException("kind must be photo, thumb, note or still"));
        String type = text("type", Pattern.compile("[a-z]+/[a-z0-9.+-]{1,40}"), "a media type without parameters");
        if (!TYPES.getOrDefault(kind, Set.of()).contains(type)) {
            throw new IllegalArgumentException("type is not taken for a " + kind.label());
        }
        boolean still = kind == ItemKind.STILL;
        return new Offer(
                id(json, "id"),
                kind,
                (int) required("bytes", 1, ChunkFrame.MOST_OFFSET),
                type,
                still ? "" : text("sha", SHA, "43 base64url characters"),
                still ? (int) number("age", 0, MOST_AGE_MS, 0) : 0,
                meta(kind));
    }

    private ObjectNode meta(ItemKind kind) {
        ObjectNode meta = Json.object();
        if (kind.picture()) {
            put(meta, "w", 1, MOST_PIXELS);
            put(meta, "h", 1, MOST_PIXELS);
        } else {
            put(meta, "ms", 0, MOST_NOTE_MS);
        }
        put(meta, "at", 0, LATEST_SECOND);
        if (kind == ItemKind.PHOTO) {
            String view = json.path("view").asText("");
            if (!VIEWS.contains(view)) {
                throw new IllegalArgumentException("view must be far, middle, close or slip");
            }
            meta.put("view", view);
            for (String link : new String[] {"thumb", "for"}) {
                if (json.hasNonNull(link)) {
                    meta.put(link, id(json, link));
                }
            }
        }
        return meta;
    }

    private void put(ObjectNode meta, String name, long least, long most) {
        if (json.hasNonNull(name)) {
            meta.put(name, required(name, least, most));
        }
    }

    /** An item's or message's id. */
    public static String id(JsonNode json, String name) {
        return new OfferParser(json).text(name, ID, "16 base64url characters");
    }

    private String text(String name, Pattern pattern, String rule) {
        JsonNode value = json.path(name);
        if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
            throw new IllegalArgumentException(name + " must be " + rule);
        }
        return value.textValue();
    }

    private long number(String name, long least, long most, long byDefault) {
        return json.hasNonNull(name) ? required(name, least, most) : byDefault;
    }

    private long required(String name, long least, long most) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new IllegalArgumentException(name + " must be a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }
}
