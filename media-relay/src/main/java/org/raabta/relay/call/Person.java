package org.raabta.relay.call;

import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

/** Who a leg is to its receivers: a new leg of the same role and kind goes on where the old one was. */
record Person(Role role, LegKind kind) {
    /** Written out, as every packet looks somebody up: generated ones go through method handles. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Person that && role == that.role && kind == that.kind;
    }

    @Override
    public int hashCode() {
        return 31 * role.hashCode() + kind.hashCode();
    }
}
