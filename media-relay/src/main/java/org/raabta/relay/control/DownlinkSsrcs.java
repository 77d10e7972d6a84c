package org.raabta.relay.control;

/**
 * The SSRCs under which a leg hears another one. They are the same for every leg and known to both sides without being
 * sent: each leg has its own SRTP keys, so equal numbers never meet. {@code slot} counts the people a leg can hear, from 0.
 */
public final class DownlinkSsrcs {
    private static final int BASE = 0x52420000;

    private DownlinkSsrcs() {}

    public static int audio(int slot) {
        return BASE + 16 * slot;
    }

    public static int video(int slot) {
        return BASE + 16 * slot + 1;
    }

    public static int videoRtx(int slot) {
        return BASE + 16 * slot + 2;
    }
}
