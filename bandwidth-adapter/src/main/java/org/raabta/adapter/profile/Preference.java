package org.raabta.adapter.profile;

/** What a picture gets first when bits are left. */
public enum Preference {
    /** Frame rate before size: signing and lip-reading (EN 301 549: 20 fps at CIF, 12 fps at QCIF are still usable). */
    MOTION,
    /** Size before frame rate: skin, wounds, written results. */
    DETAIL
}
