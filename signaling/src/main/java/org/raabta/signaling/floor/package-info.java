/** Push-to-talk: who may speak where only one can. Pure: time is a parameter. */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.floor;
