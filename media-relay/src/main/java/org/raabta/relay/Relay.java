package org.raabta.relay;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.call.TranscoderPool;
import org.raabta.relay.codec.OpusLibrary;
import org.raabta.relay.codec.OpusUnavailable;
import org.raabta.relay.control.CallControl;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.RelayControl;
import org.raabta.relay.net.CallOwner;
import org.raabta.relay.net.MediaLoop;
import org.raabta.relay.net.RelayContext;
import org.raabta.relay.net.TcpLink;
import org.raabta.relay.secure.DtlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay in this process: its loops, its certificate and its calls. */
public final class Relay implements RelayControl, AutoCloseable {
    /**
     * Handshakes at once; each holds a thread for as long as its link takes, ten seconds on a thin one. Beyond that a client's
     * next flight tries again.
     */
    private static final int MAX_HANDSHAKES = 64;

    /** Of a worker: the library's deepest call stack needs a fraction of it. */
    private static final int WORKER_STACK_BYTES = 256 * 1024;

    private static final long CLOSE_SECONDS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final RelaySettings settings;
    private final MultiThreadIoEventLoopGroup group;
    private final ThreadPoolExecutor workers;
    private final RelayContext context;
    private final List<MediaLoop> loops = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final ConcurrentMap<CallId, CallOwner> calls = new ConcurrentHashMap<>();
    private final AtomicInteger tcpStrangers = new AtomicInteger();
    private final String run;
    private volatile boolean closed;

    /**
     * Opens the sockets and serves.
     *
     * @throws IOException with a message that says which file or port is the matter
     */
    public static Relay start(RelaySettings settings) throws IOException {
        return start(settings, System::nanoTime);
    }

    /** As {@link #start(RelaySettings)}, with a clock (monotonic nanos) that a test can push on. */
    static Relay start(RelaySettings settings, LongSupplier clock) throws IOException {
        Relay relay = new Relay(settings, DtlsIdentity.loadOrCreate(settings.identity()), clock);
        try {
            relay.bind();
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        }
        return relay;
    }

    private Relay(RelaySettings settings, DtlsIdentity identity, LongSupplier clock) {
        this.settings = settings;
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(settings.loops(), new DefaultThreadFactory("media"), io);
        this.workers = new ThreadPoolExecutor(
                0, MAX_HANDSHAKES, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Relay::worker);
        this.context = new RelayContext(clock, identity, workers, transcoders());
        byte[] name = new byte[6];
        new SecureRandom().nextBytes(name);
        this.run = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    }

    private static TranscoderPool transcoders() {
        try {
            return TranscoderPool.forCores(
                    OpusLibrary.load(), Runtime.getRuntime().availableProcessors());
        } catch (OpusUnavailable why) {
            LOG.warn("no transcoding of speech in this process: {}", why.getMessage());
            return TranscoderPool.none();
        }
    }

    /** Never in the way of the process's end: a handshake may wait for a minute. */
    private static Thread worker(Runnable task) {
        Thread thread = new Thread(null, task, "dtls", WORKER_STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    private void bind() throws IOException {
        ChannelFactory<DatagramChannel> channels =
                Epoll.isAvailable() ? EpollDatagramChannel::new : NioDatagramChannel::new;
        for (int i = 0; i < settings.loops(); i++) {
            MediaLoop loop = new MediaLoop(group.next(), context);
            int port = settings.udpPort() == 0 ? 0 : settings.udpPort() + i;
            InetSocketAddress local = new InetSocketAddress(settings.bindHost(), port);
            try {
                ports.add(loop.bind(channels, local));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while opening UDP port " + port, e);
            } catch (Exception e) { // Netty throws the bare IOException of the system through sync()
                throw new IOException(
                        "cannot open UDP port " + port + " on " + settings.bindHost() + ": " + e.getMessage(), e);
            }
            loops.add(loop);
        }
    }

    @Override
    public Fingerprint fingerprint() {
        return context.identity().fingerprint();
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public CallControl create(CallId id, Profile profile, CallEvents events) {
        if (closed) {
            throw new IllegalStateException("the relay is closed");
        }
        MediaLoop loop = loops.get(loopOf(id));
        CallOwner owner = new CallOwner(id, profile, events, loop, context, addressOf(id), this::forget);
        if (calls.putIfAbsent(id, owner) != null) {
            throw new IllegalStateException("a call of this id is live: " + id);
        }
        loop.add(owner);
        return owner;
    }

    private void forget(CallOwner owner) {
        if (calls.remove(owner.id(), owner)) {
            loops.get(loopOf(owner.id())).remove(owner);
        }
    }

    @Override
    public MediaAddress addressOf(CallId id) {
        return new MediaAddress(settings.advertisedHost(), ports.get(loopOf(id)), settings.tcpPort());
    }

    private int loopOf(CallId id) {
        return Math.floorMod(id.value(), settings.loops());
    }

    /**
     * A handler for one TCP connection whose first byte was not that of TLS (0x16): put it last into the pipeline of the
     * connection, without TLS or HTTP before it, and pass on what was read. It speaks ICE-TCP from then on, and closes the
     * connection if that turns out not to be it.
     */
    public ChannelHandler tcpHandler() {
        return new TcpLink(context, tcpStrangers);
    }

    /** What was dropped since the start and why, over all calls and what belonged to none. */
    public Map<String, Long> drops() {
        return context.drops().snapshot();
    }

    /** Live calls. */
    public int callCount() {
        return calls.size();
    }

    /** Ends every call, tells their far ends, closes the sockets; returns within some seconds, come what may. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // Before the threads end: a loop that is shut down closes its sockets first, goodbyes unsent.
            CompletableFuture.allOf(loops.stream().map(MediaLoop::close).toArray(CompletableFuture<?>[]::new))
                    .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> null)
                    .join();
            Future<?> stopped =
                    group.shutdownGracefully(0, TimeUnit.SECONDS.toMillis(CLOSE_SECONDS), TimeUnit.MILLISECONDS);
            stopped.await(CLOSE_SECONDS, TimeUnit.SECONDS);
            workers.shutdownNow();
            workers.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
