package org.raabta.relay.ice;

/** Where an {@link IceLite} agent's outputs go. Called only inside the agent's own methods. */
public interface IceOutput {
    void send(Path to, byte[] stun);

    /** Whatever is sent to the leg goes there from now on. */
    void selected(Path path);

    /** Whether we may send (RFC 7675). Told at every change, the first time together with the first selected path. */
    void consent(boolean granted);

    /** Consent has been gone for so long that nobody comes back to these keys. */
    void abandoned();

    /** One of our own checks was answered after {@code rttNanos}. */
    void roundTrip(long rttNanos);
}
