package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.raabta.adapter.AudioPlan;

/**
 * Speech of one sender, coded anew for one receiver, where neither a command nor repacketization reaches the wanted rate.
 * Opus packets of any legal length in, Opus packets of the plan out; sans-IO, owned by the call's loop. Timestamps are
 * those of the sender: what was not sent or was lost for long is a gap in them.
 */
public interface AudioTranscoder extends AutoCloseable {
    /** Why something did not pass unharmed; to be counted. */
    enum Fault {
        /** Longer than a datagram. */
        OVERSIZED,
        /** Not Opus. Heard as lost. */
        MALFORMED,
        /** Older than what has been coded already, or the same again. */
        LATE,
        /** Lost, and made up from what came before and after it. */
        CONCEALED,
        /** Lost for longer than may be made up: left out, and seen by the receiver as lost packets. */
        GAP,
        /** The sender's numbers or timestamps jumped: what goes out from now on is a new stream. */
        RESTARTED,
        /** The encoder refused: one packet is lost. */
        NOT_ENCODED
    }

    /** Where results go, inside the call that leads to them. */
    interface Output {
        /**
         * One packet for the receiver.
         *
         * @param opus       the readable bytes; borrowed, and not valid any longer than this call
         * @param timestamp  of the sender's clock
         * @param marker     whether it is the first one after silence (RFC 3551, section 4.1)
         * @param lostBefore sequence numbers to leave out before it, so that the receiver sees a loss where there was one
         */
        void packet(ByteBuf opus, int timestamp, boolean marker, int lostBefore);

        void fault(Fault fault);
    }

    /** Where they come from. A call without one goes on without transcoding. */
    interface Factory {
        /** To be closed with the leg it serves. */
        AudioTranscoder transcoder(AudioPlan plan);
    }

    /** Rate, packet length and silence from now on; what is waiting is sent under the new plan. RED is not its business. */
    void setPlan(AudioPlan plan);

    /**
     * One Opus packet, redundancy unpacked: {@code length} bytes at absolute {@code index}, in the order of sequence numbers.
     *
     * @param sequence unwrapped
     */
    void onPacket(ByteBuf from, int index, int length, long sequence, int timestamp, long nowNanos, Output out);

    /** To be called when {@link #nextDeadlineNanos()} has come: the sender fell silent, and what is waiting goes out short. */
    void onDeadline(long nowNanos, Output out);

    /** {@code Long.MAX_VALUE} if nothing waits. */
    long nextDeadlineNanos();

    @Override
    void close();
}
