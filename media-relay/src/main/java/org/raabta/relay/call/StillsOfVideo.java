package org.raabta.relay.call;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.StillPicture;

/** Single pictures for those whose link carries no video, out of the video of a sender whose link does. */
final class StillsOfVideo {
    private final Collection<Leg> legs;
    private final CallOutput out;

    /** @param legs of the call: a view */
    StillsOfVideo(Collection<Leg> legs, CallOutput out) {
        this.legs = legs;
        this.out = out;
    }

    /** A picture, if {@code media} completes one that somebody takes; where one is due, a key frame is asked for. */
    @Nullable
    StillPicture take(Leg sender, MediaPacket media, boolean admitted, long nowNanos) {
        boolean takes = false;
        for (Leg receiver : legs) {
            if (receiver != sender) {
                StillPace pace = receiver.downlink.forwarderOf(sender.person).stills();
                takes |= pace.active();
                if (pace.asks(nowNanos)) {
                    sender.uplink.wantKeyFrame();
                }
            }
        }
        return takes && admitted ? sender.keyFrames.add(media) : sender.keyFrames.none();
    }

    /** To everybody for whom it is time. */
    void handOut(Leg sender, StillPicture picture, long nowNanos) {
        for (Leg receiver : legs) {
            if (receiver != sender
                    && receiver.downlink.forwarderOf(sender.person).stills().takes(picture.bytes(), nowNanos)) {
                out.still(new Direction(sender.id, receiver.id), picture);
            }
        }
    }
}
