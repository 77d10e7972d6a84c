/**
 * Standard WebRTC clients (libwebrtc through webrtc-java) that join a leg by {@code POST /api/legs}: one sends a tone,
 * one says which tone it hears. Each runs in a process of its own and speaks JSON lines on its standard output.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.bot;
