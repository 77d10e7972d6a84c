package org.raabta.relay.control;

/**
 * A leg to be made.
 *
 * @param id   unique on the relay node; a second leg of the same role and kind takes over from the first
 * @param role what the person is
 * @param kind how the person is connected
 * @param ice  the server's credentials towards this leg; STUN under its user names is answered from now on
 */
public record LegSpec(LegId id, Role role, LegKind kind, LocalIce ice) {}
