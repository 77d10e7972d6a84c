package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;

/** Where a call's outputs go. Called only inside the call's own methods, on its loop. */
public interface CallOutput {
    /** An empty heap buffer with an accessible array and room for {@code capacity} bytes plus what SRTP appends. */
    ByteBuf allocate(int capacity);

    /** Sends plain RTP to {@code leg}, protected on the way. Takes ownership of {@code packet}, in every case. */
    void sendRtp(LegId leg, ByteBuf packet);

    /** Sends a plain compound or reduced-size RTCP packet (RFC 5506) to {@code leg}. Takes ownership of {@code packet}. */
    void sendRtcp(LegId leg, ByteBuf packet);

    /** What the page of {@code leg} is to do from now on; never said to a leg of another kind. */
    void command(LegId leg, SendCommand command);

    /** The direction stands on another rung or for another reason. */
    void decided(Direction direction, Decision decision);

    /** What the leg's transfers may use from now on. */
    void transferRoom(LegId leg, TransferRoom room);

    /** A picture for the receiver, made out of the sender's video. */
    void still(Direction direction, StillPicture picture);
}
