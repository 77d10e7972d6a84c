package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.signaling.events.EventFiles;
import org.raabta.signaling.exchange.Limits;
import org.raabta.signaling.exchange.Shelf;
import org.raabta.signaling.link.Instance;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.profile.Profiles;
import org.raabta.signaling.records.AuditEntry;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.records.Database;
import org.raabta.signaling.records.Records;
import org.raabta.signaling.records.TimelineRecords;
import org.raabta.signaling.store.ItemFiles;
import org.raabta.signaling.store.Vault;
import org.raabta.signaling.waiting.Forgetful;
import org.raabta.signaling.waiting.WaitingLine;

/** A room between a relay that is only written down and pages that are queues; records are a real database. */
class RoomTest {
    private static final long NUMBER = 4711;
    private static final Instance PATIENT = new Instance("patient", "AAAAAAAA");
    private static final Instance DOCTOR = new Instance("doctor", "BBBBBBBB");
    private static final LegId P = PATIENT.leg(Role.PATIENT);
    private static final LegId D = DOCTOR.leg(Role.DOCTOR);
    private static final RemoteTransport TRANSPORT =
            new RemoteTransport("ufra", "p".repeat(22), new Fingerprint("ab".repeat(32)));
    private static final MediaDescription AUDIO = new MediaDescription(
            new MediaDescription.Audio(111, MediaDescription.NONE),
            Optional.empty(),
            new MediaDescription.Extensions(MediaDescription.NONE, MediaDescription.NONE));

    @TempDir
    private Path data;

    private final DefaultEventExecutor loop = new DefaultEventExecutor();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Meters meters = new Meters();
    private RecordingRelay relay = new RecordingRelay();
    private Records records;
    private EventFiles events;
    private ItemFiles files;
    private Shelf shelf;
    private Profiles profiles;
    private final WaitingLine line = new WaitingLine(Duration.ofMinutes(15), this::now, new Forgetful());
    private Rooms rooms;

    @BeforeEach
    void open() throws Exception {
        records = new Records(Database.embedded(data));
        Vault vault = new Vault("a storage key of the test");
        files = new ItemFiles(data.resolve("files"), vault, new ItemFiles.Limits(1 << 20, 0));
        Limits limits = new Limits(1 << 16, 1 << 16, 1 << 18, 10, Duration.ofHours(1), Duration.ofHours(1));
        shelf = new Shelf(new TimelineRecords(records, vault), files, ForkJoinPool.commonPool(), limits);
        events = new EventFiles(data.resolve("events"), Duration.ofDays(1), this::now);
        try (InputStream in = Objects.requireNonNull(Profile.class.getResourceAsStream("default.profile"))) {
            Path directory = Files.createDirectory(data.resolve("profiles"));
            Files.write(directory.resolve("valley.profile"), in.readAllBytes());
            profiles = new Profiles("default", directory);
        }
        Instant at = now();
        records.create(new ConsultRow(
                        NUMBER,
                        Optional.of("Zainab"),
                        Optional.empty(),
                        at,
                        Optional.empty(),
                        at.plusSeconds(3600),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.of("valley"),
                        Set.of("patient", "doctor")))
                .get(20, TimeUnit.SECONDS);
        rooms = rooms();
    }

    @AfterEach
    void close() {
        events.close();
        files.close();
        records.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Instant now() {
        return Objects.requireNonNull(now.get());
    }

    private Rooms rooms() {
        InstantSource clock = this::now;
        return new Rooms(
                List.of(loop),
                new Services(relay, records, meters, events, profiles, shelf, line, OptionalDouble.of(0.5), clock));
    }

    private void inRoom(Consumer<Room> action) throws Exception {
        assertThat(rooms.with(NUMBER, room -> {
                            action.accept(room);
                            return true;
                        })
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .contains(true);
    }

    private ConsultState state() throws Exception {
        return rooms.with(NUMBER, room -> room.view().state())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .orElseThrow();
    }

    /** Both are here and connected, nobody admitted yet. */
    private Page bothReady(Page patient) throws Exception {
        Page doctor = new Page();
        inRoom(room -> {
            room.openPage(patient, PATIENT, Role.PATIENT);
            room.join(P, Role.PATIENT, true, false, Optional.empty());
            room.openPage(doctor, DOCTOR, Role.DOCTOR);
            room.join(D, Role.DOCTOR, true, false, Optional.empty());
        });
        relay.newest().legConnected(P);
        relay.newest().legConnected(D);
        return doctor;
    }

    @Test
    void anOpenPageThatNobodyHasTappedPaysForNoMedia() throws Exception {
        Page patient = new Page();
        inRoom(room -> {
            room.openPage(patient, PATIENT, Role.PATIENT);
            room.offer(P, 0, TRANSPORT, AUDIO);
        });
        assertThat(relay.told).contains("setTransport ufra").doesNotContain("setMedia");
        inRoom(room -> room.join(P, Role.PATIENT, true, false, Optional.empty()));
        assertThat(relay.told).containsOnlyOnce("setMedia");
        inRoom(room -> room.offer(P, 1, TRANSPORT, AUDIO));
        assertThat(relay.told.stream().filter("setMedia"::equals)).hasSize(2);
    }

    @Test
    void admittedAndConnectedIsACallAndRungsAreTold() throws Exception {
        Page patient = new Page();
        Page doctor = bothReady(patient);
        relay.newest().decided(new Direction(P, D), new Decision(Rung.VIDEO, Reason.UNCONSTRAINED));
        relay.newest().decided(new Direction(D, P), new Decision(Rung.VOICE, Reason.CAMERA_OFF));
        inRoom(room -> assertThat(room.admit("doctor")).isPresent());
        assertThat(state()).isEqualTo(ConsultState.CALL);
        assertThat(relay.told).contains("admit");
        Notice.Rungs rungs =
                patient.hear(Notice.Rungs.class, notice -> notice.up().isPresent());
        assertThat(rungs.up().orElseThrow().rung()).isEqualTo(Rung.VIDEO);
        assertThat(rungs.down().orElseThrow().reason()).isEqualTo(Reason.CAMERA_OFF);
        assertThat(doctor.hear(Notice.State.class, notice -> notice.you() == ConsultState.CALL))
                .isNotNull();
        assertThat(meters.value(Meters.Gauge.CALLS)).isEqualTo(1);
        assertThat(meters.value(Meters.Gauge.LEGS)).isEqualTo(2);
    }

    @Test
    void aLostTransportIsToldOnlyWhereThePageMustAct() throws Exception {
        Page patient = new Page();
        bothReady(patient);
        relay.newest().legDisconnected(P, DisconnectReason.CONSENT_EXPIRED);
        relay.newest().legDisconnected(P, DisconnectReason.CLOSED_BY_PEER);
        relay.newest().legDisconnected(P, DisconnectReason.KEYS_EXPIRED);
        assertThat(patient.hear(Notice.MediaLost.class, notice -> true).reason())
                .isEqualTo("keys-expired");
        assertThat(patient.count(Notice.MediaLost.class)).isEqualTo(1);
    }

    @Test
    void aCallThatFailsInTheRelayIsMadeAnew() throws Exception {
        Page patient = new Page();
        bothReady(patient);
        inRoom(room -> room.admit("doctor"));
        inRoom(room -> {
            room.pin(Role.DOCTOR, Optional.of(Rung.VOICE));
            room.media(P, false, true, new Thrift(true, OptionalDouble.of(5)));
        });
        relay.told.clear();
        relay.newest().failed(new IllegalStateException("a bug, on purpose"));
        assertThat(patient.hear(Notice.MediaLost.class, notice -> true).reason())
                .isEqualTo("relay-failed");
        assertThat(state()).isEqualTo(ConsultState.RECONNECTING);
        assertThat(relay.told)
                .as("what pages do not say again is said for them")
                .containsExactly(
                        "create",
                        "admit",
                        "addLeg patient",
                        "addLeg doctor",
                        "pin voice",
                        "setCamera false",
                        "setVoiceOnly true",
                        "setCamera true",
                        "setVoiceOnly false",
                        "setThrift true OptionalDouble[5.0]");
        relay.newest().legConnected(P);
        relay.newest().legConnected(D);
        assertThat(state()).isEqualTo(ConsultState.CALL);
    }

    @Test
    void afterARestartReturningLegsAreInTheCall() throws Exception {
        bothReady(new Page());
        inRoom(room -> room.admit("doctor"));
        // The process is gone: another relay, other rooms, the same records.
        relay = new RecordingRelay();
        rooms = rooms();
        assertThat(state()).isEqualTo(ConsultState.RECONNECTING);
        bothReady(new Page());
        assertThat(state()).isEqualTo(ConsultState.CALL);
        assertThat(relay.told).startsWith("create", "admit", "addLeg patient");
    }

    @Test
    void pinsHoldForLegsThatComeLater() throws Exception {
        bothReady(new Page());
        inRoom(room -> room.pin(Role.PATIENT, Optional.of(Rung.VOICE)));
        relay.told.clear();
        inRoom(room -> room.openPage(new Page(), new Instance("patient", "CCCCCCCC"), Role.PATIENT));
        assertThat(relay.told).contains("addLeg patient", "pin voice");
    }

    @Test
    void theEndIsOnRecordWithQualityAndTrail() throws Exception {
        Page patient = new Page();
        bothReady(patient);
        relay.newest().decided(new Direction(P, D), new Decision(Rung.VOICE, Reason.CAMERA_OFF));
        inRoom(room -> room.admit("doctor"));
        now.set(now().plusSeconds(90));
        inRoom(room -> room.end(EndedBy.CLINIC));
        assertThat(patient.hear(Notice.Ended.class, notice -> true).by()).isEqualTo(EndedBy.CLINIC);
        assertThat(patient.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.ENDED);
        assertThat(relay.told).endsWith("end");
        var report = records.report(NUMBER).get(20, TimeUnit.SECONDS).orElseThrow();
        assertThat(report.callSeconds()).isEqualTo(90);
        assertThat(report.endedBy()).isEqualTo("clinic");
        assertThat(report.rungSeconds()).isEqualTo(Map.of("patient>doctor", Map.of("voice", 90.0)));
        assertThat(report.legs()).hasSize(2).allMatch(leg -> leg.connects() == 1 && leg.connectedSeconds() >= 90);
        assertThat(records.find(NUMBER).get(20, TimeUnit.SECONDS).orElseThrow().endedBy())
                .contains("clinic");
        assertThat(records.trail(NUMBER).get(20, TimeUnit.SECONDS))
                .extracting(AuditEntry::action)
                .containsExactly("joined", "joined", "admitted", "ended");
    }

    private static SendCommand command(int bitrateBps) {
        return new SendCommand(new AudioPlan(bitrateBps, 60, false, false), VideoPlan.OFF, true, 0, 0);
    }

    @Test
    void commandsOfOneTurnAreSaidAsOneAndRepeatedToAPageThatComesBack() throws Exception {
        Page patient = new Page();
        bothReady(patient);
        inRoom(room -> {
            // From the relay's loop they are queued like any input; here both come in one turn.
            room.onCommand(P, command(6000));
            room.onCommand(P, command(8000));
        });
        Notice.Send first = patient.hear(Notice.Send.class, notice -> true);
        assertThat(first).isEqualTo(new Notice.Send(1, command(8000)));
        relay.newest().command(P, command(12_000));
        assertThat(patient.hear(Notice.Send.class, notice -> true)).isEqualTo(new Notice.Send(2, command(12_000)));
        assertThat(patient.count(Notice.Send.class)).isEqualTo(2);

        inRoom(room -> room.pageLost(P, patient));
        relay.newest().command(P, command(16_000));
        Page back = new Page();
        inRoom(room -> room.openPage(back, PATIENT, Role.PATIENT));
        assertThat(back.hear(Notice.Send.class, notice -> true)).isEqualTo(new Notice.Send(3, command(16_000)));
        assertThat(back.all.get(0)).as("first of all").isInstanceOf(Notice.Welcome.class);
        inRoom(room -> room.offer(P, 1, TRANSPORT, AUDIO));
        assertThat(back.hear(Notice.Send.class, notice -> true))
                .as("a new transport knows nothing")
                .isEqualTo(new Notice.Send(3, command(16_000)));
        assertThat(meters.value(Meters.Counter.COMMANDS)).isEqualTo(3);
    }

    @Test
    void aStandardClientIsCommandedNothing() throws Exception {
        Instance sdp = new Instance("doctor", "SSSSSSSS");
        Page patient = new Page();
        inRoom(room -> {
            room.openPage(patient, PATIENT, Role.PATIENT);
            room.openStandard(sdp, Role.DOCTOR, new StandardLeg.Joined(TRANSPORT, AUDIO, false));
        });
        relay.newest().command(sdp.leg(Role.DOCTOR), command(6000));
        relay.newest().command(new LegId("p-nobody"), command(6000));
        relay.newest().command(P, command(6000));
        patient.hear(Notice.Send.class, notice -> true);
        assertThat(meters.value(Meters.Counter.COMMANDS)).isEqualTo(1);
    }

    @Test
    void whatAPageSaysOfItsLinkReachesTheRelay() throws Exception {
        bothReady(new Page());
        Thrift thrift = new Thrift(false, OptionalDouble.of(5));
        relay.told.clear();
        inRoom(room -> {
            room.join(P, Role.PATIENT, true, false, Optional.of(new LinkHint(35, 0, true, false, true)));
            room.media(P, true, false, Thrift.NONE);
            room.media(P, true, false, thrift);
            room.media(P, true, false, thrift);
            room.report(P, new PageReport(25, 0, 900, 380));
            room.brake(P, "estimate");
        });
        assertThat(relay.told)
                .contains("setHint 35.0", "onPageReport 25", "onBrake")
                .containsOnlyOnce("setThrift false OptionalDouble[5.0]")
                .doesNotContain("setThrift false OptionalDouble.empty");
        assertThat(meters.value(Meters.Counter.BRAKES)).isEqualTo(1);
    }

    @Test
    void everyTwoSecondsDoctorsPatientsMetersAndTheEventLogHearHowItGoes() throws Exception {
        Page patient = new Page();
        Page doctor = bothReady(patient);
        Estimate up = LadderViews.estimate(35, Estimate.State.SEVERE, 1300);
        relay.snapshot = LadderViews.call(
                LadderViews.leg(P, Role.PATIENT, up, Estimate.UNKNOWN),
                LadderViews.leg(D, Role.DOCTOR, Estimate.UNKNOWN, Estimate.UNKNOWN),
                LadderViews.direction(P, D, Rung.VOICE, Reason.UPLINK_QUEUE));
        inRoom(room -> room.admit("doctor"));
        relay.newest().decided(new Direction(P, D), new Decision(Rung.VIDEO, Reason.UNCONSTRAINED));
        relay.newest().decided(new Direction(P, D), new Decision(Rung.VOICE, Reason.UPLINK_QUEUE));
        relay.newest().command(P, command(8000));
        Notice.Link link =
                doctor.hear(Notice.Link.class, notice -> !notice.directions().isEmpty());
        assertThat(link.directions().get(0).name()).isEqualTo("patient>doctor");
        assertThat(patient.hear(Notice.Quality.class, notice -> true).quality()).isEqualTo(CallQuality.POOR);
        assertThat(doctor.count(Notice.Quality.class)).as("doctors see figures").isZero();
        assertThat(meters.text(Map.of()))
                .contains(
                        "raabta_links{way=\"up\",state=\"severe\"} 1\n",
                        "raabta_directions{kind=\"patient>doctor\",rung=\"voice\"} 1\n",
                        "raabta_rung_changes_total{reason=\"uplink-queue\"} 1\n");
        assertThat(rooms.live(Room::ops).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .singleElement()
                .satisfies(view -> assertThat(view.directions()).hasSize(1));
        inRoom(room -> room.end(EndedBy.CLINIC));
        String log = new String(events.read(NUMBER).get(20, TimeUnit.SECONDS), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(log.lines().map(RoomTest::withoutTime))
                .contains(
                        "\"e\":\"state\",\"state\":\"call\"}",
                        "\"e\":\"leg\",\"leg\":\"" + P
                                + "\",\"role\":\"patient\",\"kind\":\"web\",\"what\":\"connected\"}",
                        "\"e\":\"send\",\"leg\":\"" + P + "\",\"n\":1,\"a\":{\"br\":8000,\"pt\":60}}",
                        "\"e\":\"rung\",\"from\":\"patient\",\"to\":\"doctor\",\"was\":\"video\",\"rung\":\"voice\","
                                + "\"reason\":\"uplink-queue\",\"up\":{\"confidence\":\"medium\",\"state\":\"severe\","
                                + "\"kbps\":35.0,\"queueMs\":1300,\"loss\":0.01,\"rttMs\":700},"
                                + "\"down\":{\"confidence\":\"none\",\"state\":\"clean\"}}")
                .anyMatch(line -> line.startsWith("\"e\":\"sample\",\"legs\":[{\"leg\":\"" + P))
                .noneMatch(line -> line.contains("Zainab"));
        assertThat(log)
                .startsWith("{\"at\":" + now().toEpochMilli()
                        + ",\"e\":\"open\",\"profile\":\"valley\",\"run\":\"run1\"}\n")
                .endsWith("}\n");
        assertThat(relay.profiles).containsExactly("valley");
    }

    /** Its first field, {@code at}, is checked and cut off. */
    private static String withoutTime(String line) {
        assertThat(line).matches("\\{\"at\":[0-9]{13},.*");
        return line.substring(line.indexOf(',') + 1);
    }

    /** What one page heard. */
    private static final class Page implements Seat {
        private final List<Notice> all = new CopyOnWriteArrayList<>();
        private final LinkedBlockingQueue<Notice> inbox = new LinkedBlockingQueue<>();
        private final List<byte[]> frames = new CopyOnWriteArrayList<>();
        private final LinkedBlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

        @Override
        public void send(Notice notice) {
            all.add(notice);
            inbox.add(notice);
        }

        @Override
        public void frame(byte[] frame, Runnable written) {
            frames.add(frame);
            written.run();
        }

        @Override
        public void close(CloseReason reason) {
            closed.add(reason);
        }

        long count(Class<? extends Notice> kind) {
            return all.stream().filter(kind::isInstance).count();
        }

        <T extends Notice> T hear(Class<T> kind, java.util.function.Predicate<T> fits) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (true) {
                Notice notice = inbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (notice == null) {
                    throw new AssertionError("no fitting " + kind.getSimpleName());
                }
                if (kind.isInstance(notice)) {
                    if (fits.test(kind.cast(notice))) {
                        return kind.cast(notice);
                    }
                }
            }
        }
    }
}
