package org.raabta.bench.link;

/** No link of that name; the message lists the known ones. */
public final class UnknownLinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownLinkException(String message) {
        super(message);
    }
}
