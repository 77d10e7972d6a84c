package org.raabta.signaling.pages;

import java.util.Map;

/**
 * One language of a page.
 *
 * @param name in itself
 * @param dir  {@code ltr} or {@code rtl}
 */
record Tongue(String code, String name, String dir, Map<String, String> texts) {
    /** The text of {@code key} with <code>{hole}</code>s filled in. */
    String say(String key, Map<String, String> fill) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("no text " + key + " in " + code);
        }
        for (Map.Entry<String, String> hole : fill.entrySet()) {
            text = text.replace("{" + hole.getKey() + "}", hole.getValue());
        }
        return text;
    }
}
