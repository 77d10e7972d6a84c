/**
 * A bandwidth profile: everything the estimator and the ladder may be tuned by, as one readable text, checked as a whole.
 * {@link org.raabta.adapter.profile.Profile#parse} takes text and does no I/O; a wrong text is named by line and key.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.adapter.profile;
