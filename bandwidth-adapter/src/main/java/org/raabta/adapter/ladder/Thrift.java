package org.raabta.adapter.ladder;

/**
 * What has to be spared.
 *
 * @param batteryLow     the battery of one side is low
 * @param budgetLeftKbps the mean rate that the remaining data volume allows; 0 without a budget
 * @param unwatched      the receiver's feedback is given up for thrift: what is sent too much would be noticed late
 */
public record Thrift(boolean batteryLow, double budgetLeftKbps, boolean unwatched) {
    /** Nothing has to be spared. */
    public static final Thrift NONE = new Thrift(false, 0, false);
}
