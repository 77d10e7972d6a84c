package org.raabta.relay.control;

/** A media direction: what {@code sender} sends and {@code receiver} receives. */
public record Direction(LegId sender, LegId receiver) {}
