package org.raabta.signaling.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.raabta.signaling.http.FormData;
import org.raabta.signaling.transfer.OfferParser;

/**
 * What came in the form of the page without script ({@code multipart/form-data}, RFC 7578).
 *
 * @param draft by which the same form sent twice is known; nothing where it is missing or wrong
 * @param text  with plain line ends, without white space around it; may be empty or too long
 * @param phone as it was typed, with Latin digits
 * @param call  the button that asks for a call was pressed
 * @param photo the chosen file; nothing where none was
 */
record LetterForm(Optional<String> draft, String text, String phone, boolean call, Optional<byte[]> photo) {
    private static final int MOST_PHONE = 40;

    /** @throws org.raabta.signaling.http.ProblemException if it is no form, or not whole */
    static LetterForm read(String contentType, byte[] body) {
        Map<String, String> fields = new HashMap<>();
        Optional<byte[]> photo = Optional.empty();
        for (FormData.Part part : FormData.read(contentType, body)) {
            if (!part.file()) {
                fields.putIfAbsent(part.name(), new String(part.content(), StandardCharsets.UTF_8));
            } else if (part.name().equals("photo") && part.content().length > 0) {
                photo = Optional.of(part.content());
            }
        }
        return new LetterForm(
                Optional.ofNullable(fields.get("n"))
                        .filter(draft -> OfferParser.ID.matcher(draft).matches()),
                // NUL cannot be kept by every database, and says nothing.
                fields.getOrDefault("text", "")
                        .replace("\r\n", "\n")
                        .replace("\0", "")
                        .strip(),
                phone(fields.getOrDefault("phone", "")),
                fields.getOrDefault("do", "").equals("call"),
                photo);
    }

    /** Phones write the digits of their language. */
    private static String phone(String typed) {
        StringBuilder out = new StringBuilder();
        typed.codePoints().limit(MOST_PHONE).forEach(c -> {
            if (Character.isDigit(c)) {
                out.append(Character.digit(c, 10));
            } else if (!Character.isISOControl(c)) {
                out.appendCodePoint(c);
            }
        });
        return out.toString().strip();
    }

    /** The number to call, or nothing if what was typed is none. */
    Optional<String> number() {
        String plain = phone.replaceAll("[\\s().\\u200e\\u200f/-]", "");
        return plain.matches("\\+?[0-9]{3,15}") ? Optional.of(plain) : Optional.empty();
    }
}
