package org.raabta.signaling.socket;

import java.util.Optional;
import java.util.OptionalDouble;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.Consent;
import org.raabta.signaling.consult.Thrift;

/** What a page says; docs/protocol.md, "Page to server". */
public sealed interface PageMessage {
    /** @param generation of the server's credentials that the page uses */
    record Offer(int generation, RemoteTransport transport, MediaDescription media) implements PageMessage {}

    /**
     * @param hint    what the page knows of its link, if it says anything
     * @param consent what the person agreed to, where they were asked
     */
    record Join(boolean camera, boolean voiceOnly, Optional<LinkHint> hint, Optional<Consent> consent)
            implements PageMessage {}

    /**
     * One of several that follow {@code Join} at once: how far apart they come tells the uplink's rate.
     *
     * @param bytes behind the base64, which is what a socket compresses it to
     */
    record Load(int bytes) implements PageMessage {}

    record Media(boolean camera, boolean microphone, boolean voiceOnly, Thrift thrift) implements PageMessage {}

    record Admit() implements PageMessage {}

    record Pin(Role from, Optional<Rung> rung) implements PageMessage {}

    /** Whether the name that the clinic wrote down is the person's. */
    record Named(boolean right) implements PageMessage {}

    /** The other side is to come to the phone. */
    record Ring() implements PageMessage {}

    /** @param megabytes the most that the whole consultation may cost this person's data plan; empty for no such */
    record Ceiling(OptionalDouble megabytes) implements PageMessage {}

    record End() implements PageMessage {}

    record Leave() implements PageMessage {}

    /** What the page received since its last one. */
    record Stats(PageReport report) implements PageMessage {}

    /** The page has paused its own pictures; {@code why} is empty if it does not say. */
    record Brake(String why) implements PageMessage {}

    /** What travels beside the call; docs/protocol.md, "Transfers, messages and the time line". */
    sealed interface Beside extends PageMessage {}

    /** @param number of the transfer on this socket */
    record Put(int number, org.raabta.signaling.transfer.Offer offer) implements Beside {}

    record Cancel(String id) implements Beside {}

    record Get(String id, int offset) implements Beside {}

    record Drop(String id) implements Beside {}

    /**
     * The page has something, or its person has seen it.
     *
     * @param id      a file; without one it is everything up to {@code version} of the time line
     */
    record Reached(boolean seen, Optional<String> id, long version) implements Beside {}

    record Message(String id, String text) implements Beside {}

    record PhotoRequest(String id, String view) implements Beside {}

    record TimeLineFrom(long version) implements Beside {}

    record Floor(boolean wanted) implements Beside {}
}
