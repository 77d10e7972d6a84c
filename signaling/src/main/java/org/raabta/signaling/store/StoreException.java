package org.raabta.signaling.store;

/** Bytes that could not be kept or found. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Too little room on the disk, or none. */
        DISK_FULL,
        /** The clinic's limit of all files together. */
        CLINIC_FULL,
        /** The bytes do not go on where the file ends. */
        WRONG_OFFSET,
        /** There is no such file. */
        MISSING,
        /** The disk failed, or a file is not what was written. */
        BROKEN
    }

    private final Reason reason;

    StoreException(Reason reason, @org.jspecify.annotations.Nullable Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
