package org.raabta.adapter;

/**
 * The rungs of the ladder, best first (design/links-and-ladder.md, section 5). A rung belongs to one media direction
 * (sender to receiver). The order of the constants is the order of the ladder.
 */
public enum Rung {
    VIDEO("video"),
    LOW_VIDEO("low-video"),
    SLOW_VIDEO("slow-video"),
    STILLS("stills"),
    VOICE("voice"),
    NARROW_VOICE("narrow-voice"),
    THIN_VOICE("thin-voice"),
    PUSH_TO_TALK("push-to-talk"),
    NOTES("notes"),
    PHONE("phone");

    private final String label;

    Rung(String label) {
        this.label = label;
    }

    /** The public name: in result files, page hooks ({@code data-rung-up}) and on the control socket. */
    public String label() {
        return label;
    }

    /**
     * The rung with this public name.
     *
     * @throws IllegalArgumentException naming the known rungs, if there is none
     */
    public static Rung ofLabel(String label) {
        for (Rung rung : values()) {
            if (rung.label.equals(label)) {
                return rung;
            }
        }
        StringBuilder known = new StringBuilder();
        for (Rung rung : values()) {
            known.append(known.isEmpty() ? "" : ", ").append(rung.label);
        }
        throw new IllegalArgumentException("unknown rung; known are " + known);
    }

    /** Whether moving pictures are relayed on this rung. */
    public boolean carriesVideo() {
        return this == VIDEO || this == LOW_VIDEO || this == SLOW_VIDEO;
    }

    /** Whether pictures are sent beside speech, moving or single. */
    public boolean carriesPictures() {
        return compareTo(STILLS) <= 0;
    }

    /** Whether live speech is relayed on this rung. */
    public boolean carriesVoice() {
        return compareTo(PUSH_TO_TALK) <= 0;
    }

    /** The lower (poorer) of two rungs. */
    public static Rung lower(Rung a, Rung b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
