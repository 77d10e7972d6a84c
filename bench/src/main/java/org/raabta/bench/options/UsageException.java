package org.raabta.bench.options;

/** The command line is wrong; the message is one line for its writer. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
