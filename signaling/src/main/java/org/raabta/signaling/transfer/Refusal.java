package org.raabta.signaling.transfer;

import java.util.Locale;

/** Why an item is not taken or not given; the labels are part of the protocol. */
public enum Refusal {
    TOO_LARGE("it is larger than what is taken of its kind", false),
    CONSULT_FULL("this consultation has as many files as it may have", false),
    CLINIC_FULL("the clinic's room for files is used up", false),
    DISK_FULL("the server cannot keep it now", true),
    WRONG_TYPE("it is not what it says it is", false),
    BAD_CONTENT("it is broken, or something hides in it", false),
    WRONG_HASH("what arrived is not what was sent", true),
    OTHER_ITEM("this id is another item's", false),
    TOO_SLOW("it did not grow for too long", true),
    REPLACED("something newer took its place", false),
    ENDED("the consultation is over", false),
    WRONG_STATE("not now, or not from here", true),
    TOO_MANY("too many at once", true),
    GONE("it is not there any more", false);

    private final String detail;
    private final boolean again;

    Refusal(String detail, boolean again) {
        this.detail = detail;
        this.again = again;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One plain sentence. */
    public String detail() {
        return detail;
    }

    /** Whether the same item may be offered again. */
    public boolean again() {
        return again;
    }
}
