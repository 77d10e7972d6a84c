package org.raabta.signaling.consult;

import java.util.List;
import java.util.Map;
import org.raabta.relay.control.CallSnapshot;

/**
 * A consultation as {@code GET /api/consults/{id}} shows it.
 *
 * @param legs       with the relay's figures, where it has any
 * @param directions by {@code sender>receiver}; empty before the call
 */
public record ConsultStatus(
        ConsultState state,
        List<CallSnapshot.LegSnapshot> legs,
        Map<String, CallSnapshot.DirectionSnapshot> directions) {}
