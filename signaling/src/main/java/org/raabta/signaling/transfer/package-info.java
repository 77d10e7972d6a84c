/**
 * The transfer engine: items in chunks over the control socket, paced by what the voice leaves over, resumed at the byte where they
 * stopped. Pure: bytes, figures and times come in, frames and words go out; no sockets, clocks, threads or files.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.transfer;
