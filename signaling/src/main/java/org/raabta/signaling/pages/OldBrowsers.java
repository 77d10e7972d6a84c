package org.raabta.signaling.pages;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which browsers cannot hold a call, or not even run the patient's page, by what they call themselves. The one place where a
 * name counts: such a browser cannot be asked. Whoever is misjudged finds a link to the call on the page that comes instead.
 */
public final class OldBrowsers {
    /**
     * Browsers that render elsewhere or without WebRTC: Opera Mini, UC, the systems of feature phones, Internet Explorer, and the
     * browser of Android before it was Chrome.
     */
    private static final Pattern NEVER = Pattern.compile(
            "Opera Mini/|UCBrowser|UCWEB|UC Browser|\\bU2/|KAIOS/[12]\\.|NokiaBrowser|Series ?[3460]0|SymbianOS|SymbOS"
                    + "|S40Ovi|BREW|MAUI|Dorado|Presto/|MSIE |Trident/|IEMobile|BlackBerry|BB10|J2ME|MIDP|NetFront|Teleca"
                    + "|Obigo|Android [1-4]\\.[^)]*\\) AppleWebKit/[0-9.]+ \\(KHTML, like Gecko\\) Version/");

    /** The least version that runs the page: esbuild's targets in client-web/build.mjs. */
    private record Least(Pattern version, int least) {}

    private static final List<Least> LEAST = List.of(
            new Least(Pattern.compile("\\b(?:Chrome|Chromium)/([0-9]{1,4})"), 87),
            new Least(Pattern.compile("\\bFirefox/([0-9]{1,4})"), 78),
            new Least(Pattern.compile("\\b(?:iPhone|CPU) OS ([0-9]{1,3})_"), 14));

    private OldBrowsers() {}

    /** @param userAgent empty where it was not said: then nothing speaks against it */
    public static boolean cannotCall(String userAgent) {
        if (NEVER.matcher(userAgent).find()) {
            return true;
        }
        for (Least known : LEAST) {
            Matcher version = known.version().matcher(userAgent);
            if (version.find()) {
                return Integer.parseInt(version.group(1)) < known.least();
            }
        }
        return false;
    }
}
