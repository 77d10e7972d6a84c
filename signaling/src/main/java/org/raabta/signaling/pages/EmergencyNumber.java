package org.raabta.signaling.pages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raabta.signaling.http.StaticFiles;

/**
 * The number that a patient calls when nothing else helps. The patient's pages are built with one; another one is put into them
 * once, at the start. Their build is then another one too, so that phones do not go on with the page that they keep.
 */
public final class EmergencyNumber {
    /** What the pages are built with (client-web/src/patient/patient.html): Pakistan's. */
    public static final String BUILT_IN = "1122";

    private static final String WORKER = "worker.js";
    private static final String TRY = "try.html";
    private static final Pattern BUILD = Pattern.compile("data-build=\"([0-9a-f]{8})\"");

    private EmergencyNumber() {}

    /**
     * @param number    digits, maybe after a plus sign: it is not escaped
     * @param languages of the pages
     * @throws IllegalStateException if the pages are not those that this was written for
     */
    public static void put(StaticFiles files, String number, List<String> languages) {
        if (number.equals(BUILT_IN)) {
            return;
        }
        String worker = text(files, WORKER);
        for (String language : languages) {
            String name = language.equals("en") ? "patient.html" : "patient." + language + ".html";
            String page = text(files, name);
            Matcher build = BUILD.matcher(page);
            if (!build.find()) {
                throw new IllegalStateException(name + " has no build");
            }
            String old = build.group(1);
            String changed = hash(old + " " + number);
            page = once(name, page, "data-build=\"" + old + "\"", "data-build=\"" + changed + "\"");
            files.replace(name, numbered(name, page, number).getBytes(StandardCharsets.UTF_8));
            // All pages are of one build, and the worker of the same.
            worker = worker.replace(old, changed);
            if (!worker.contains(changed)) {
                throw new IllegalStateException(WORKER + " is of another build than " + name);
            }
        }
        files.replace(WORKER, worker.getBytes(StandardCharsets.UTF_8));
        files.replace(TRY, numbered(TRY, text(files, TRY), number).getBytes(StandardCharsets.UTF_8));
    }

    private static String numbered(String name, String page, String number) {
        String linked = once(name, page, "href=\"tel:" + BUILT_IN + "\"", "href=\"tel:" + number + "\"");
        return once(name, linked, "</svg>" + BUILT_IN + "</a>", "</svg>" + number + "</a>");
    }

    private static String text(StaticFiles files, String name) {
        return new String(
                files.plain(name).orElseThrow(() -> new IllegalStateException("this server was built without " + name)),
                StandardCharsets.UTF_8);
    }

    private static String once(String name, String page, String what, String by) {
        int at = page.indexOf(what);
        if (at < 0 || page.indexOf(what, at + 1) >= 0) {
            throw new IllegalStateException(name + " does not have " + what + " once");
        }
        return page.substring(0, at) + by + page.substring(at + what.length());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
