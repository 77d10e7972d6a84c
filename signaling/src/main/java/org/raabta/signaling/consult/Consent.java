package org.raabta.signaling.consult;

import java.util.regex.Pattern;

/**
 * What a person agreed to by tapping: the words that stood there.
 *
 * @param language   the code of the language that they were in
 * @param textSha256 of the words as UTF-8, base64url
 */
public record Consent(String language, String textSha256) {
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String DETAIL_SEPARATOR = " ";

    public Consent {
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("l must be the code of a language, two or three letters");
        }
        if (!SHA_256.matcher(textSha256).matches()) {
            throw new IllegalArgumentException("h must be 43 base64url characters");
        }
    }

    /** As the audit trail keeps it. */
    public String detail() {
        return language + DETAIL_SEPARATOR + textSha256;
    }

    /** @param detail what {@link #detail()} said */
    public static Consent ofDetail(String detail) {
        String[] words = detail.split(DETAIL_SEPARATOR, 2);
        return new Consent(words[0], words[words.length - 1]);
    }
}
