package org.raabta.relay.call;

import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

/** Who a leg is to its receivers: a new leg of the same role and kind goes on where the old one was. */
record Person(Role role, LegKind kind) {}
