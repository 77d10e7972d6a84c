package org.raabta.signaling.records;

import java.time.Instant;

/**
 * One line of the audit trail: who did what in which consultation.
 *
 * @param actor  a role's label, {@code clinic} or {@code server}
 * @param action such as {@code created}, {@code joined}, {@code admitted}, {@code ended}, {@link #CONSENTED}
 * @param detail the leg concerned, what was agreed to, or empty; never a name or a token
 */
public record AuditEntry(Instant at, long consult, String actor, String action, String detail) {
    /** A person agreed; the detail says to which words. */
    public static final String CONSENTED = "consented";
}
