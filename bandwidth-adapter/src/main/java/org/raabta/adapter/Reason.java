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
    PINNED("pinned");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /** The public name, in result files and on the control socket. */
    public String label() {
        return label;
    }
}
