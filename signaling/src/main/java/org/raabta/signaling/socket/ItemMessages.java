package org.raabta.signaling.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.raabta.signaling.transfer.ChunkFrame;
import org.raabta.signaling.transfer.OfferParser;

/** Reads what a page says of files, messages and the floor; what is wrong is an {@link IllegalArgumentException}'s message. */
public final class ItemMessages {
    static final Set<String> TYPES =
            Set.of("put", "cancel", "get", "drop", "got", "seen", "msg", "photo-request", "tl", "floor");

    /** Of a message. */
    public static final int MOST_CHARS = 1000;

    private static final long MOST_VERSION = 1L << 52;

    private ItemMessages() {}

    public static PageMessage.Beside parse(String type, JsonNode json) {
        return switch (type) {
            case "put" ->
                new PageMessage.Put((int) number(json, "n", 1, ChunkFrame.MOST_NUMBER), OfferParser.parse(json));
            case "cancel" -> new PageMessage.Cancel(OfferParser.id(json, "id"));
            case "get" ->
                new PageMessage.Get(
                        OfferParser.id(json, "id"),
                        json.hasNonNull("off") ? (int) number(json, "off", 0, ChunkFrame.MOST_OFFSET) : 0);
            case "drop" -> new PageMessage.Drop(OfferParser.id(json, "id"));
            case "got" -> new PageMessage.Reached(false, id(json), version(json));
            case "seen" -> new PageMessage.Reached(true, id(json), version(json));
            case "msg" -> new PageMessage.Message(OfferParser.id(json, "id"), text(json));
            case "photo-request" -> new PageMessage.PhotoRequest(OfferParser.id(json, "id"), view(json));
            case "tl" -> new PageMessage.TimeLineFrom(number(json, "from", 0, MOST_VERSION));
            default -> new PageMessage.Floor(number(json, "want", 0, 1) == 1);
        };
    }

    private static Optional<String> id(JsonNode json) {
        return json.hasNonNull("id") ? Optional.of(OfferParser.id(json, "id")) : Optional.empty();
    }

    private static long version(JsonNode json) {
        return json.hasNonNull("id") ? 0 : number(json, "v", 0, MOST_VERSION);
    }

    private static String view(JsonNode json) {
        String view = json.path("view").asText("");
        if (!OfferParser.VIEWS.contains(view)) {
            throw new IllegalArgumentException("view must be far, middle, close or slip");
        }
        return view;
    }

    private static String text(JsonNode json) {
        JsonNode value = json.path("text");
        String text = value.isTextual() ? value.textValue().strip() : "";
        if (text.isEmpty() || text.length() > MOST_CHARS) {
            throw new IllegalArgumentException("text must have 1 to " + MOST_CHARS + " characters");
        }
        // NUL cannot be kept by every database, and says nothing.
        return text.replace("\0", "");
    }

    private static long number(JsonNode json, String name, long least, long most) {
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
