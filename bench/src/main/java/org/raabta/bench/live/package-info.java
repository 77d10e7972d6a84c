/**
 * A consultation between two real browsers over an emulated link, in real time: started, driven, recorded and scored.
 * Whatever ends a run, what it measured is written, and nothing that it started goes on.
 */
@NullMarked
package org.raabta.bench.live;

import org.jspecify.annotations.NullMarked;
