package org.raabta.signaling.pages;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markup with holes: <code>{{name}}</code> is filled in, and what stands between <code>{{#name}}</code> and
 * <code>{{/name}}</code> is left out where {@code name} is filled with nothing.
 */
final class Template {
    private static final Pattern SECTION = Pattern.compile("\\{\\{#([\\w-]+)}}(.*?)\\{\\{/\\1}}", Pattern.DOTALL);
    private static final Pattern HOLE = Pattern.compile("\\{\\{([\\w-]+)}}");

    private final String markup;

    Template(String markup) {
        this.markup = markup;
    }

    /** @param html by name, escaped where it is text */
    String fill(Map<String, String> html) {
        String kept = markup;
        // Sections may stand in sections.
        for (Matcher section = SECTION.matcher(kept); section.find(); section = SECTION.matcher(kept)) {
            kept = section.replaceAll(
                    found -> known(html, found.group(1)).isEmpty() ? "" : Matcher.quoteReplacement(found.group(2)));
        }
        // One pass: what is filled in is never looked at again.
        return HOLE.matcher(kept).replaceAll(hole -> Matcher.quoteReplacement(known(html, hole.group(1))));
    }

    private static String known(Map<String, String> html, String name) {
        String value = html.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing to fill {{" + name + "}} with");
        }
        return value;
    }

    /** For elements and for attributes in double quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
