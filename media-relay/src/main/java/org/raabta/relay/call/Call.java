package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.Role;

/** One consultation: legs in, forwarding decisions and packets out. Not thread-safe: its loop owns it. */
public final class Call {
    /**
     * @param out  where packets and decisions go
     * @param seed for the SSRC-, sequence- and timestamp offsets that RFC 3550 wants random
     */
    public Call(CallOutput out, long seed, long nowNanos) {}

    /** Adds a leg; one of the same role and kind is replaced, and receivers hear the new one as a continuation. */
    public void addLeg(LegId id, Role role, LegKind kind, long nowNanos) {}

    public void removeLeg(LegId id, long nowNanos) {}

    public void setMedia(LegId id, MediaDescription media, long nowNanos) {}

    public void setCamera(LegId id, boolean on, long nowNanos) {}

    public void setVoiceOnly(LegId id, boolean voiceOnly, long nowNanos) {}

    public void pin(Direction direction, Optional<Rung> rung, long nowNanos) {}

    /** Whether packets can reach the leg: nothing is sent to one that is not connected. */
    public void setConnected(LegId id, boolean connected, long nowNanos) {}

    /** Round trip of the leg's link as ICE saw it. */
    public void onRoundTrip(LegId id, long rttNanos, long nowNanos) {}

    public void admit(long nowNanos) {}

    /** A decrypted RTP packet of {@code from}. Borrows {@code packet}. */
    public void onRtp(LegId from, ByteBuf packet, long nowNanos) {}

    /** A decrypted RTCP compound of {@code from}. Borrows {@code packet}. */
    public void onRtcp(LegId from, ByteBuf packet, long nowNanos) {}

    /** To be called when {@link #nextDeadlineNanos()} has come; harmless at any other time. */
    public void onDeadline(long nowNanos) {}

    /** When {@link #onDeadline} is next due; always later than the last {@code nowNanos}. */
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    public CallSnapshot snapshot(long nowNanos) {
        return new CallSnapshot(List.of(), List.of(), Map.of());
    }
}
