package org.raabta.adapter;

/** Why a direction stands on its rung: shown to the doctor, recorded, and asserted in tests. */
public enum Reason {
    /** Nothing holds the direction back. */
    UNCONSTRAINED("unconstrained"),
    /** The sender has no camera, or has it switched off. */
    CAMERA_OFF("camera-off"),
    /** The receiver asked for voice only. */
    VOICE_ONLY_CHOSEN("voice-only-chosen"),
    /** The doctor pinned this rung. */
    PINNED("pinned"),
    /** The profile or the consultation allows no better. */
    PROFILE_CEILING("profile-ceiling"),
    /** The data budget is nearly used up. */
    DATA_BUDGET("data-budget"),
    /** The battery of one side is low. */
    BATTERY_LOW("battery-low"),
    /** The call begins and nothing better is proven yet. */
    STARTING("starting"),
    /** The sender's uplink carries no more. */
    UPLINK_THIN("uplink-thin"),
    /** The receiver's downlink carries no more. */
    DOWNLINK_THIN("downlink-thin"),
    /** A queue grows on the sender's uplink. */
    UPLINK_QUEUE("uplink-queue"),
    /** A queue grows on the receiver's downlink. */
    DOWNLINK_QUEUE("downlink-queue"),
    /** Nothing comes from the sender. */
    UPLINK_SILENT("uplink-silent"),
    /** Nothing reaches the receiver, as far as its feedback tells. */
    DOWNLINK_SILENT("downlink-silent"),
    /** Enough is there for a better rung, but it has not been so for long. */
    PROVING("proving"),
    /** A climb failed a short while ago. */
    HELD_AFTER_FAILED_CLIMB("held-after-failed-climb");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /** The public name, in result files and on the control socket. */
    public String label() {
        return label;
    }
}
