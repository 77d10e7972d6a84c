package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.transfer.ItemKind;

/** What an exchange needs of its room; every call is on the room's loop and returns at once. */
public interface Outside {
    /** A message for a page; lost if it is away. */
    void send(LegId leg, ObjectNode message);

    /** A binary frame for a page; {@code written} runs on the loop when its socket has taken it. Lost if the page is away. */
    void frame(LegId leg, byte[] frame, Runnable written);

    /** The most urgent thing under way on a page's socket, each way: the voice leaves room for it. */
    void underWay(LegId leg, Optional<ItemKind> up, Optional<ItemKind> down);

    /** Who may speak where only one can. */
    void floor(Optional<LegId> holder);
}
