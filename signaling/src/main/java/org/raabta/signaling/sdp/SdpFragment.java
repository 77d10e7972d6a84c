package org.raabta.signaling.sdp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client trickles (RFC 8840): its ICE credentials. Candidates are not needed, for the server is lite and learns
 * addresses from checks.
 */
public record SdpFragment(String ufrag, String password) {
    private static final int MAX_CHARACTERS = 16 * 1024;
    private static final Pattern UFRAG = Pattern.compile("^a=ice-ufrag:([A-Za-z0-9+/]{4,256})\\s*$", Pattern.MULTILINE);
    private static final Pattern PASSWORD =
            Pattern.compile("^a=ice-pwd:([A-Za-z0-9+/]{22,256})\\s*$", Pattern.MULTILINE);
    private static final Pattern LINE = Pattern.compile("([a-z]=[\\x20-\\x7e]*)?");

    /** The credentials in the fragment; nothing if it only has candidates. */
    public static Optional<SdpFragment> parse(String text) throws SdpException {
        if (text.length() > MAX_CHARACTERS || text.isBlank()) {
            throw new SdpException("empty or too long");
        }
        for (String line : text.split("\r\n|\n", -1)) {
            if (!LINE.matcher(line).matches()) {
                throw new SdpException("a line is not x=value");
            }
        }
        Matcher ufrag = UFRAG.matcher(text);
        Matcher password = PASSWORD.matcher(text);
        boolean hasUfrag = ufrag.find();
        boolean hasPassword = password.find();
        if (hasUfrag != hasPassword) {
            throw new SdpException("ice-ufrag and ice-pwd go together");
        }
        return hasUfrag ? Optional.of(new SdpFragment(ufrag.group(1), password.group(1))) : Optional.empty();
    }
}
