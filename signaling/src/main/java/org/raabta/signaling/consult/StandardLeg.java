package org.raabta.signaling.consult;

import java.util.Optional;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.signaling.link.Instance;

/** What a room remembers of a standard WebRTC client, so that it can answer an ICE restart. Owned by the room. */
public final class StandardLeg {
    private static final int LAST_GENERATION = 36 * 36 - 1;

    private final Instance instance;
    private final Fingerprint fingerprint;
    private int generation;

    StandardLeg(Instance instance, Fingerprint fingerprint) {
        this.instance = instance;
        this.fingerprint = fingerprint;
    }

    /**
     * What the client's offer said.
     *
     * @param camera whether it sends pictures
     */
    public record Joined(RemoteTransport transport, MediaDescription media, boolean camera) {}

    /** The server's ICE credentials of one generation. */
    public record Credentials(String ufrag, String password) {}

    /** The next generation's; none when all are used up. */
    Optional<Credentials> next() {
        if (generation == LAST_GENERATION) {
            return Optional.empty();
        }
        generation++;
        return Optional.of(new Credentials(instance.ufrag(generation), instance.password(generation)));
    }

    /** The client's new credentials with the certificate it has shown from the start. */
    RemoteTransport transport(String ufrag, String password) {
        return new RemoteTransport(ufrag, password, fingerprint);
    }
}
