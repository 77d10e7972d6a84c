package org.raabta.signaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;
import org.raabta.signaling.http.Json;

/** A page as far as the control socket goes, by Jetty's client. */
public final class PageClient implements Session.Listener.AutoDemanding {
    private static final int WAIT_SECONDS = 20;

    private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final List<JsonNode> seen = new ArrayList<>();
    private @Nullable Session session;

    static PageClient open(WebSocketClient jetty, int port, String token, String instance) throws Exception {
        PageClient page = new PageClient();
        URI uri = URI.create("ws://127.0.0.1:" + port + "/s/" + token + "?k=" + instance);
        ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
        request.addExtensions("permessage-deflate");
        page.session = jetty.connect(page, request).get(WAIT_SECONDS, TimeUnit.SECONDS);
        return page;
    }

    void frame(byte[] frame) throws Exception {
        Callback.Completable sent = new Callback.Completable();
        session().sendBinary(ByteBuffer.wrap(frame), sent);
        sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The next binary frame. */
    byte[] hearFrame() throws InterruptedException {
        byte[] frame = frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no binary frame; heard " + seen);
        }
        return frame;
    }

    void say(String json) throws Exception {
        Callback.Completable sent = new Callback.Completable();
        session().sendText(json, sent);
        sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The next message of this type that fits; those before it are kept in {@link #seen}. */
    JsonNode hear(String type, Predicate<JsonNode> fits) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            JsonNode message = inbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new AssertionError("no fitting " + type + "; heard " + seen);
            }
            seen.add(message);
            if (message.path("t").asText().equals(type) && fits.test(message)) {
                return message;
            }
        }
    }

    JsonNode hear(String type) throws InterruptedException {
        return hear(type, message -> true);
    }

    JsonNode hearState(String state) throws InterruptedException {
        return hear("state", message -> message.path("state").asText().equals(state));
    }

    int closed() throws InterruptedException {
        Integer status = closes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (status == null) {
            throw new AssertionError("not closed; heard " + seen);
        }
        return status;
    }

    /** As a phone loses it: no good-bye. */
    void cut() {
        session().disconnect();
    }

    Session session() {
        return Objects.requireNonNull(session);
    }

    static WebSocketClient jetty() throws Exception {
        WebSocketClient client = new WebSocketClient();
        client.setIdleTimeout(Duration.ofMinutes(2));
        client.start();
        return client;
    }

    @Override
    public void onWebSocketText(String text) {
        try {
            inbox.add(Json.mapper().readTree(text));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("the server speaks JSON", e);
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        byte[] frame = new byte[payload.remaining()];
        payload.get(frame);
        frames.add(frame);
        callback.succeed();
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        closes.add(statusCode);
        callback.succeed();
    }
}
