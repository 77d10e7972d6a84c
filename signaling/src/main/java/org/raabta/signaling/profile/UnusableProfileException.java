package org.raabta.signaling.profile;

/** A profile that is not there or cannot be used; the message is one line and says which, where and why. */
public final class UnusableProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableProfileException(String message) {
        super(message);
    }
}
