/**
 * What happened and was said in one consultation, in order: events, messages, requests, photos, notes. Pure: time and numbers are
 * parameters, keeping and telling are somebody else's.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.timeline;
