package org.raabta.signaling;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.raabta.relay.Relay;
import org.raabta.relay.RelaySettings;
import org.raabta.signaling.api.Api;
import org.raabta.signaling.api.Links;
import org.raabta.signaling.consult.Retention;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.consult.Services;
import org.raabta.signaling.events.EventFiles;
import org.raabta.signaling.exchange.Limits;
import org.raabta.signaling.exchange.Shelf;
import org.raabta.signaling.http.HttpLimits;
import org.raabta.signaling.http.Listeners;
import org.raabta.signaling.http.StaticFiles;
import org.raabta.signaling.http.TlsIdentity;
import org.raabta.signaling.link.KeyFile;
import org.raabta.signaling.link.Tokens;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.pages.EmergencyNumber;
import org.raabta.signaling.pages.InvitePages;
import org.raabta.signaling.pages.LetterPage;
import org.raabta.signaling.profile.Profiles;
import org.raabta.signaling.profile.UnusableProfileException;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.records.Database;
import org.raabta.signaling.records.Records;
import org.raabta.signaling.records.TimelineRecords;
import org.raabta.signaling.records.WaitingRecords;
import org.raabta.signaling.settings.HostPort;
import org.raabta.signaling.settings.Settings;
import org.raabta.signaling.settings.SettingsException;
import org.raabta.signaling.socket.ItemMessages;
import org.raabta.signaling.store.ItemFiles;
import org.raabta.signaling.store.Vault;
import org.raabta.signaling.waiting.StoredLine;

/** The whole server in one process: records, relay, rooms and listeners. */
public final class Server implements AutoCloseable {
    /** A demo consultation with less left is not worth printing again. */
    private static final Duration DEMO_LEAST = Duration.ofMinutes(10);

    private static final int MAX_MEDIA_LOOPS = 64;
    /** Folder on the class path with what client-web built. */
    private static final String WEB = "web";
    /** Uploads that are hashed and decoded at once: a decoder may take 100 MB, and calls go before. */
    private static final int CHECKS = 2;

    private final Settings settings;
    private final Keys keys;
    private final Meters meters = new Meters();
    private final Records records;
    private final EventFiles events;
    private final EventLoopGroup loops;
    private final Listeners listeners;
    private final Relay relay;
    private final Rooms rooms;
    private final ItemFiles files;
    private final ExecutorService checks;
    private final Retention retention;
    private final Api api;
    private final String base;
    private final String advertised;

    /** The server's secrets. */
    public record Keys(Tokens tokens, String clinic, String operator, String storage) {
        /** Never prints a key. */
        @Override
        public String toString() {
            return "Keys";
        }
    }

    private Server(Settings settings, Profiles profiles, InstantSource clock) throws IOException {
        this.settings = settings;
        makePrivate(settings.data());
        this.keys = keys(settings);
        HostPort media = settings.media().advertise();
        this.advertised = media.host().equals(Settings.Media.AUTO) ? OwnAddress.reachable() : media.host();
        SslContext tls = tls(settings, advertised);
        this.loops = new MultiThreadIoEventLoopGroup(
                Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors())),
                new DefaultThreadFactory("signaling"),
                NioIoHandler.newFactory());
        try (Undo undo = new Undo()) {
            undo.add(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly());
            this.records = new Records(Database.embedded(settings.data()));
            undo.add(records::close);
            this.events = new EventFiles(
                    settings.data().resolve("events"), settings.consults().keepEvents(), clock);
            undo.add(events::close);
            Vault vault = new Vault(keys.storage());
            this.files = new ItemFiles(
                    settings.data().resolve("files"),
                    vault,
                    new ItemFiles.Limits(
                            settings.transfers().clinicBytes(),
                            settings.transfers().keepFree()));
            undo.add(files::close);
            this.checks = Executors.newFixedThreadPool(CHECKS, task -> new Thread(task, "checks"));
            undo.add(checks::shutdownNow);
            Shelf shelf = new Shelf(new TimelineRecords(records, vault), files, checks, limits(settings.transfers()));
            this.listeners = new Listeners(
                    loops,
                    address(settings.http()),
                    address(settings.https().listen()),
                    tls,
                    new HttpLimits(
                            settings.limits().bodyBytes(),
                            settings.transfers().photoBytes()
                                    + settings.limits().bodyBytes(),
                            settings.limits().connectionsPerAddress(),
                            settings.limits().requestTimeout()),
                    meters);
            undo.add(listeners::close);
            // The HTTPS port must be known before the relay starts: pages are told it for ICE-TCP.
            this.relay = Relay.start(relaySettings(settings, advertised, listeners.httpsPort()));
            undo.add(relay::close);
            List<EventExecutor> executors = new ArrayList<>();
            loops.forEach(executors::add);
            Services services = new Services(
                    relay,
                    records,
                    meters,
                    events,
                    profiles,
                    shelf,
                    StoredLine.open(
                            new WaitingRecords(records), settings.clinic().keepPlace(), clock),
                    settings.clinic().pricePerMb(),
                    clock);
            this.rooms = new Rooms(executors, services);
            this.retention = new Retention(shelf, rooms, settings.transfers().keep(), clock);
            undo.add(retention::close);
            this.base = settings.publicUrl().orElseGet(this::defaultBase);
            Api.Filled pages = pages(settings);
            this.api = new Api(
                    settings,
                    rooms,
                    services,
                    new Api.Identity(keys.tokens(), keys.clinic(), keys.operator(), base),
                    files(settings, pages),
                    pages,
                    relay::drops);
            undo.forget();
        }
    }

    /**
     * @throws SettingsException if the profile cannot be used
     * @throws IOException       with a message that says which file, address or port is the matter
     */
    public static Server start(Settings settings, InstantSource clock) throws IOException, SettingsException {
        Profiles profiles;
        try {
            profiles = new Profiles(settings.profile(), settings.data().resolve("profiles"));
        } catch (UnusableProfileException e) {
            throw new SettingsException("profile: " + e.getMessage());
        }
        Server server = new Server(settings, profiles, clock);
        server.retention.start();
        server.listeners.serve(server.api, server.relay::tcpHandler);
        return server;
    }

    public String base() {
        return base;
    }

    public String clinicKey() {
        return keys.clinic();
    }

    public String operatorKey() {
        return keys.operator();
    }

    public int httpPort() {
        return listeners.httpPort();
    }

    public int httpsPort() {
        return listeners.httpsPort();
    }

    /** Links for trying things out; the same ones again while their consultation lives. */
    public Links.Pair demo() throws IOException {
        try {
            ConsultRow row = records.liveDemo(java.time.Instant.now().plus(DEMO_LEAST))
                    .thenCompose(found -> found.isPresent()
                            ? java.util.concurrent.CompletableFuture.completedFuture(found.get())
                            : api.createDemo().toCompletableFuture())
                    .get(30, TimeUnit.SECONDS);
            return new Links(keys.tokens(), base).of(row);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("cannot make the demo consultation", e);
        }
    }

    /** Drains: nothing new, every page is told, then everything stops, within the bound of the settings and a little. */
    @Override
    public void close() {
        api.drain();
        try {
            rooms.restarting().toCompletableFuture().get(settings.drain().toMillis(), TimeUnit.MILLISECONDS);
            long deadline = System.nanoTime() + settings.drain().toNanos();
            while (meters.value(Meters.Gauge.SOCKETS) > 0 && System.nanoTime() - deadline < 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            org.slf4j.LoggerFactory.getLogger(Server.class).warn("not every page could be told", e);
        }
        listeners.close();
        relay.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        events.close();
        retention.close();
        checks.shutdown();
        files.close();
        records.close();
    }

    private static Keys keys(Settings settings) throws IOException {
        SecureRandom random = new SecureRandom();
        Path data = settings.data();
        byte[] tokenKey = Base64.getUrlDecoder().decode(KeyFile.readOrMake(data.resolve("token.key"), random));
        String clinic = settings.keys().clinic().isPresent()
                ? settings.keys().clinic().get()
                : KeyFile.readOrMake(data.resolve("clinic.key"), random);
        String operator = settings.keys().operator().isPresent()
                ? settings.keys().operator().get()
                : KeyFile.readOrMake(data.resolve("operator.key"), random);
        String storage = settings.keys().storage().isPresent()
                ? settings.keys().storage().get()
                : KeyFile.readOrMake(data.resolve("storage.key"), random);
        try {
            return new Keys(new Tokens(tokenKey), clinic, operator, storage);
        } catch (IllegalArgumentException e) {
            throw new IOException(data.resolve("token.key") + ": " + e.getMessage(), e);
        }
    }

    private static StaticFiles files(Settings settings, Api.Filled pages) {
        StaticFiles files = new StaticFiles(WEB);
        EmergencyNumber.put(
                files, settings.clinic().emergencyNumber(), pages.letter().languages());
        return files;
    }

    private static Api.Filled pages(Settings settings) throws IOException {
        return new Api.Filled(
                new LetterPage(
                        WEB,
                        settings.clinic().emergencyNumber(),
                        settings.transfers().photoBytes(),
                        ItemMessages.MOST_CHARS),
                new InvitePages(
                        WEB,
                        settings.clinic().emergencyNumber(),
                        settings.clinic().name(),
                        settings.clinic().zone()));
    }

    private static Limits limits(Settings.Transfers settings) {
        return new Limits(
                settings.photoBytes(),
                settings.noteBytes(),
                settings.consultBytes(),
                settings.consultFiles(),
                settings.keepPartial(),
                settings.finish());
    }

    /** Names of patients are in there: a directory that we make is its owner's only. */
    private static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static SslContext tls(Settings settings, String advertised) throws IOException {
        if (settings.https().certificate().isPresent() && settings.https().key().isPresent()) {
            return TlsIdentity.given(
                    settings.https().certificate().get(), settings.https().key().get());
        }
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost", "127.0.0.1"));
        hosts.add(advertised);
        if (!address(settings.https().listen()).getAddress().isAnyLocalAddress()) {
            hosts.add(settings.https().listen().host());
        }
        return TlsIdentity.made(settings.data(), List.copyOf(hosts));
    }

    private static RelaySettings relaySettings(Settings settings, String advertised, int httpsPort) throws IOException {
        boolean own = OwnAddress.is(advertised);
        // Behind an address translation the advertised address is nobody's here: then all addresses are bound.
        String bind = settings.media().bind().orElse(own ? advertised : "0.0.0.0");
        InetAddress https = address(settings.https().listen()).getAddress();
        boolean reachesHttps = !own || https.isAnyLocalAddress() || https.equals(InetAddress.getByName(advertised));
        int loops = settings.media().loops() > 0
                ? settings.media().loops()
                : Math.min(MAX_MEDIA_LOOPS, Runtime.getRuntime().availableProcessors());
        return new RelaySettings(
                advertised,
                bind,
                settings.media().advertise().port(),
                loops,
                reachesHttps ? OptionalInt.of(httpsPort) : OptionalInt.empty(),
                settings.data().resolve("relay.pem"));
    }

    /** Browsers give microphones to localhost and to HTTPS only. */
    private String defaultBase() {
        if (address(settings.http()).getAddress().isLoopbackAddress()) {
            return "http://" + new HostPort(settings.http().host(), listeners.httpPort());
        }
        HostPort https = settings.https().listen();
        boolean any = address(https).getAddress().isAnyLocalAddress();
        String host = any ? advertised : https.host();
        return "https://" + new HostPort(host, listeners.httpsPort());
    }

    private static InetSocketAddress address(HostPort where) {
        return new InetSocketAddress(where.host(), where.port());
    }
}
