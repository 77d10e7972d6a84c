package org.raabta.signaling.socket;

import java.util.Optional;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.Role;

/** What a page says; docs/protocol.md, "Page to server". */
public sealed interface PageMessage {
    /** @param generation of the server's credentials that the page uses */
    record Offer(int generation, RemoteTransport transport, MediaDescription media) implements PageMessage {}

    record Join(boolean camera, boolean voiceOnly) implements PageMessage {}

    record Media(boolean camera, boolean microphone, boolean voiceOnly) implements PageMessage {}

    record Admit() implements PageMessage {}

    record Pin(Role from, Optional<Rung> rung) implements PageMessage {}

    record End() implements PageMessage {}

    record Leave() implements PageMessage {}

    /** Reserved: accepted and unused. */
    record Stats() implements PageMessage {}
}
