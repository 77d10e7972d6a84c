package org.raabta.signaling.settings;

/** A setting that cannot be used; the message is one line and begins with the key or flag. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
