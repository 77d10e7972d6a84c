package org.raabta.signaling.http;

import io.netty.channel.ChannelHandler;
import java.util.concurrent.CompletionStage;

/** What the listeners serve. Called on an event loop: answers at once or later, never blocks. */
public interface Handler {
    /** A stage that fails with a {@link ProblemException} is that problem; any other failure is a bug. */
    CompletionStage<Response> handle(Request request);

    /** A request for a WebSocket (RFC 6455, section 4.1). */
    CompletionStage<Upgrade> upgrade(Request request);

    /** Whether this is the head of a form that may bring a file: its body may be larger than others. */
    default boolean bringsFile(Request head) {
        return false;
    }

    /** The answer where such a form's body is not taken. */
    default Response refused(Request head, Problem why) {
        return why.response();
    }

    /** What becomes of it. */
    sealed interface Upgrade {
        record Refused(Response response) implements Upgrade {}

        /** @param socket is added to the pipeline and gets {@link SocketOpened} when frames may be sent */
        record Accepted(ChannelHandler socket) implements Upgrade {}
    }

    /** The user event that says what the socket's connection moved over its link, headers of TCP and IP counted. */
    interface SocketMoved {
        /** Bytes from the client. */
        int up();

        /** Bytes to the client. */
        int down();

        /** Whether something was read from the client, so that it lives. */
        boolean heard();
    }

    /** The user event that says the handshake is done. */
    enum SocketOpened {
        OPENED
    }
}
