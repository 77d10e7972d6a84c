package org.raabta.signaling.consult;

import org.raabta.relay.control.LegId;

/** What the state machine wants done; carried out in order by its owner. */
public sealed interface ConsultOutput {
    /** {@code old} was taken over by a newer leg of the same role and kind. */
    record Replaced(LegId old, LegId by) implements ConsultOutput {}

    /** The leg is gone for good: it left, or it was away too long. */
    record Forgotten(LegId leg) implements ConsultOutput {}

    /** The leg's page is here without a transport: it has to make a new one. */
    record TransportMissing(LegId leg) implements ConsultOutput {}

    /** Media may flow from now on. */
    record Admitted() implements ConsultOutput {}

    /** The consultation is over, and nothing follows. */
    record Over(EndedBy by) implements ConsultOutput {}

    /** Something that everybody may see is different. */
    record Changed(ConsultView view) implements ConsultOutput {}
}
