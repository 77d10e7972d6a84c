package org.raabta.bench.netns;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.link.Link;

/**
 * Two network namespaces with nothing between them but an emulated link: whatever the phone side and the server side say
 * to each other, TCP, TLS, UDP, ICE, meets the same queue. The link begins with the moment of opening, its script when it
 * is started.
 */
public final class Lab implements AutoCloseable {
    public static final String PHONE_ADDRESS = "10.77.0.2";
    public static final String SERVER_ADDRESS = "10.77.0.1";

    private static final int PREFIX_BITS = 24;
    private static final String DEVICE = "radio";
    private static final int ANSWER_SECONDS = 10;

    private final Namespace phone;
    private final Namespace server;
    private final Pump pump;
    private final Thread thread;
    private final Deque<AutoCloseable> opened;

    /**
     * How precisely the link was kept in real time.
     *
     * @param packets        written
     * @param p50Nanos       how much later than decided, in the middle
     * @param otherThanIpv4  packets that the laboratory does not carry
     * @param refused        packets that the kernel did not take
     */
    public record Precision(
            long packets, long p50Nanos, long p99Nanos, long mostNanos, long otherThanIpv4, long refused) {}

    private Lab(Namespace phone, Namespace server, Pump pump, Thread thread, Deque<AutoCloseable> opened) {
        this.phone = phone;
        this.server = server;
        this.pump = pump;
        this.thread = thread;
        this.opened = opened;
    }

    /** @throws LabUnavailable naming what this machine lacks */
    public static Lab open(Link link, long seed) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Namespace phone = keep(opened, Namespace.open());
            Namespace server = keep(opened, Namespace.open());
            Tun phoneTun = keep(opened, phone.call(() -> Tun.open(DEVICE, address(PHONE_ADDRESS), PREFIX_BITS)));
            Tun serverTun = keep(opened, server.call(() -> Tun.open(DEVICE, address(SERVER_ADDRESS), PREFIX_BITS)));
            int wakeFd = Linux.check(Linux.eventfd(0, Linux.EFD_NONBLOCK | Linux.EFD_CLOEXEC), "eventfd");
            opened.push(() -> Linux.close(wakeFd));
            Pump pump = new Pump(EmulatedLink.waiting(link, seed, System.nanoTime()), phoneTun, serverTun, wakeFd);
            Thread thread = new Thread(pump, "link");
            thread.setDaemon(true);
            thread.start();
            return new Lab(phone, server, pump, thread, opened);
        } catch (IOException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> opened, T resource) {
        opened.push(resource);
        return resource;
    }

    private static Inet4Address address(String text) throws IOException {
        return (Inet4Address) Inet4Address.getByName(text);
    }

    public Namespace phone() {
        return phone;
    }

    public Namespace server() {
        return server;
    }

    /** @param nanos second 0 of the link's script, as {@link System#nanoTime}; not before the opening */
    public void startScript(long nanos) {
        ask(link -> {
            link.startScript(nanos);
            return nanos;
        });
    }

    /** Looks at the link on the thread that owns it; after {@link #close} as it was at the end. */
    public <T> T ask(Function<EmulatedLink, T> question) {
        return onPump(() -> question.apply(pump.link()));
    }

    public Precision precision() {
        return onPump(pump::precision);
    }

    private <T> T onPump(java.util.function.Supplier<T> question) {
        if (!thread.isAlive()) {
            if (!pump.wasStopped()) {
                throw new IllegalStateException("the link's thread died; its own message says why");
            }
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        pump.submit(() -> answer.complete(question.get()));
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the link", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the link did not answer", e);
        }
    }

    /** Ends every process of both sides and removes both devices and namespaces. */
    @Override
    public void close() {
        if (thread.isAlive()) {
            pump.submit(pump::stop);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        closeAll(opened);
    }

    /** Closes all, also when one fails. */
    private static void closeAll(Deque<AutoCloseable> opened) {
        List<Exception> failures = new ArrayList<>();
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("closing the laboratory", failures.get(0));
        }
    }
}
