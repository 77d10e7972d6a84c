/**
 * What travels beside a call in one consultation: files, messages, the time line and the floor. Joins the transfer engine, the time
 * line and the stored files, on the room's loop; whatever blocks happens elsewhere and comes back.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.exchange;
