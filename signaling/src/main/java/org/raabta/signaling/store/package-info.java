/**
 * Files of consultations, encrypted at rest: what arrived before a kill is there after it, to the byte; what is deleted is gone.
 * Knows no consultations' rules, only numbers, ids and bytes.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.store;
