package org.raabta.relay.control;

import org.raabta.adapter.Decision;

/** What a relay tells about one call. Called on the call's loop: implementations hand over and return at once. */
public interface CallEvents {
    /** The leg's DTLS is done, its fingerprint matches, media can flow; also after a consent expiry that healed. */
    void legConnected(LegId leg);

    /** Media to and from the leg has stopped. */
    void legDisconnected(LegId leg, DisconnectReason reason);

    /** The direction stands on another rung, or on the same one for another reason. */
    void decided(Direction direction, Decision decision);

    /** What the leg's page is to do from now on. */
    void command(LegId leg, SendCommand command);

    /**
     * What the leg's transfers may use from now on; said when it changes, at most four times a second but for a pause or a fall. Before the
     * first word a transfer may not begin.
     */
    void transferRoom(LegId leg, TransferRoom room);

    /**
     * A picture for the receiver, made here out of what the sender sends: newer than all before it, to be sent on the receiver's
     * control socket within its still budget.
     */
    void still(Direction direction, StillPicture picture);

    /** A bug ended this call; the relay has dropped it and every other call goes on. */
    void failed(Throwable bug);
}
