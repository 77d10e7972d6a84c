package org.raabta.bench.link;

/** A link file that cannot be used; the message names file, line and key. */
public final class LinkFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LinkFileException(String message) {
        super(message);
    }
}
