package org.raabta.relay.control;

/**
 * The server's ICE credentials of one leg, in generations: generation 0 is what the leg starts with, each ICE restart
 * takes the next one (docs/protocol.md, "ICE credentials").
 */
public interface LocalIce {
    /** Length in characters of {@link #ufragBase()}. */
    int BASE_LENGTH = 8;

    /** The leg's part of the user name fragment: {@value #BASE_LENGTH} ice-chars, unique among live legs. */
    String ufragBase();

    /** The password of {@code generation}, 22 to 256 ice-chars (RFC 8445, section 5.3). */
    String password(int generation);

    /** The whole user name fragment: the base and the generation as two base-36 digits. */
    default String ufrag(int generation) {
        if (generation < 0 || generation >= 36 * 36) {
            throw new IllegalArgumentException("generation out of range: " + generation);
        }
        String digits = Integer.toString(generation, 36);
        return ufragBase() + (digits.length() == 1 ? "0" + digits : digits);
    }
}
