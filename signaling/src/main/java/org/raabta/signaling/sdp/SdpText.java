package org.raabta.signaling.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A session description cut into its sections (RFC 8866), nothing interpreted beyond the m-line.
 *
 * @param session attribute values of the session, as {@code name} or {@code name:value}
 */
record SdpText(List<String> session, List<Section> sections) {
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_LINES = 2000;
    private static final int MAX_LINE = 2048;
    private static final int MAX_SECTIONS = 16;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");

    /**
     * @param media      such as {@code audio}
     * @param formats    as in the m-line
     * @param attributes values of the section's a-lines
     */
    record Section(String media, String port, String protocol, List<String> formats, List<String> attributes) {
        Optional<String> first(String name) {
            return SdpText.first(attributes, name);
        }

        List<String> all(String name) {
            return attributes.stream()
                    .filter(attribute -> attribute.startsWith(name + ":"))
                    .map(attribute -> attribute.substring(name.length() + 1))
                    .toList();
        }

        boolean has(String flag) {
            return attributes.contains(flag);
        }
    }

    static SdpText parse(String text) throws SdpException {
        if (text.length() > MAX_CHARACTERS) {
            throw new SdpException("too long");
        }
        String[] lines = text.split("\r\n|\n|\r", MAX_LINES + 1);
        if (lines.length > MAX_LINES) {
            throw new SdpException("too many lines");
        }
        if (lines.length == 0 || !lines[0].equals("v=0")) {
            throw new SdpException("must begin with v=0");
        }
        List<String> session = new ArrayList<>();
        List<Section> sections = new ArrayList<>();
        List<String> attributes = session;
        for (String line : lines) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() > MAX_LINE || line.length() < 2 || line.charAt(1) != '=') {
                throw new SdpException("a line is not x=value or too long");
            }
            String value = line.substring(2);
            if (line.charAt(0) == 'm') {
                attributes = new ArrayList<>();
                sections.add(section(value, attributes));
                if (sections.size() > MAX_SECTIONS) {
                    throw new SdpException("too many m-lines");
                }
            } else if (line.charAt(0) == 'a') {
                attributes.add(value);
            }
        }
        return new SdpText(session, sections);
    }

    Optional<String> first(String name) {
        return first(session, name);
    }

    private static Section section(String mLine, List<String> attributes) throws SdpException {
        String[] words = mLine.split(" ", 260);
        if (words.length < 4 || words.length > 259 || !PRINTABLE.matcher(mLine).matches()) {
            throw new SdpException("an m-line needs media, port, protocol and formats");
        }
        return new Section(words[0], words[1], words[2], List.of(words).subList(3, words.length), attributes);
    }

    private static Optional<String> first(List<String> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.startsWith(name + ":"))
                .map(attribute -> attribute.substring(name.length() + 1))
                .findFirst();
    }
}
