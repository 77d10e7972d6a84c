package org.raabta.signaling.consult;

import java.util.OptionalDouble;

/**
 * What a person says can be spared.
 *
 * @param budgetMb megabytes for both directions together, from when it is first said
 */
public record Thrift(boolean batteryLow, OptionalDouble budgetMb) {
    public static final Thrift NONE = new Thrift(false, OptionalDouble.empty());
}
