/**
 * What outlives the process: consultations, invites, quality records and the audit trail, in SQL.
 * Every call returns at once and completes on the storage thread.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.records;
