package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.LinkLog;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.live.LiveOptions.SystemKind;
import org.raabta.bench.live.LiveScores.Observed;
import org.raabta.bench.live.LiveScores.Versions;
import org.raabta.bench.material.Material;
import org.raabta.bench.material.Voice;
import org.raabta.bench.netns.Lab;
import org.raabta.bench.report.RunResult;
import org.raabta.bench.run.Programs;

/** One run from an empty machine to its result: starts everything, holds the call, ends everything, scores. */
final class LiveRun {
    /** Beside what a build leaves, and deleted with it. */
    private static final Path CACHED_MATERIAL =
            Path.of("bench", "target", "material").toAbsolutePath();

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    /** What is said before the call: longer than the doctor waits for the patient. */
    private static final int WAITING_SECONDS = 200;

    private final LiveOptions options;
    private final Path scripts;
    private final Progress progress;

    /** @param problem why the run ended before its time */
    record Ended(Optional<RunResult> result, List<String> link, Optional<String> problem) {}

    LiveRun(LiveOptions options, Path scripts, Progress progress) {
        this.options = options;
        this.scripts = scripts;
        this.progress = progress;
    }

    Ended run() throws IOException, InterruptedException {
        Tools.require(options, scripts);
        Versions versions = versions();
        Path work = WorkDirectory.make();
        try {
            progress.phase("speech and pictures");
            Material material = Material.prepare(
                    work.resolve("material"),
                    CACHED_MATERIAL,
                    options.scenario().manner(),
                    options.seconds() + WAITING_SECONDS,
                    options.seed());
            return inLab(work, material, versions);
        } finally {
            // An interrupted thread would leave files behind.
            boolean interrupted = Thread.interrupted();
            WorkDirectory.delete(work);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Ended inLab(Path work, Material material, Versions versions) throws IOException, InterruptedException {
        progress.phase("namespaces, server and browsers");
        Observations seen = new Observations();
        Optional<String> problem = Optional.empty();
        Lab lab = Lab.open(options.link(), options.seed());
        LinkClock clock = LinkClock.of(lab);
        try (lab) {
            try {
                inCall(work, material, lab, clock, seen);
            } catch (IOException e) {
                problem = Optional.of(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                problem = Optional.of("interrupted");
                Thread.currentThread().interrupt();
            }
            seen.endMs = Double.isNaN(seen.endMs) ? System.currentTimeMillis() : seen.endMs;
        }
        if (seen.patient.isEmpty()) {
            return new Ended(Optional.empty(), List.of(), problem);
        }
        progress.phase("scores");
        boolean interrupted = Thread.interrupted();
        RunResult result = LiveScores.score(new Observed(
                options,
                lab.ask(ended -> ended),
                clock.startMs(),
                seen.patient,
                seen.doctor,
                ServerEvents.keep(work.resolve("data"), options.out()),
                work.resolve("patient.rec"),
                work.resolve("doctor.rec"),
                seen.endMs,
                seen.cpuBusy,
                versions,
                problem.isPresent()));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        LinkLog link = lab.ask(EmulatedLink::log);
        return new Ended(
                Optional.of(result),
                List.of(
                        RunResult.UP + ", join included: " + link.summary(Way.UP),
                        RunResult.DOWN + ", join included: " + link.summary(Way.DOWN)),
                problem);
    }

    /** What was seen, as far as it came. */
    private static final class Observations {
        List<Driver.Event> patient = List.of();
        List<Driver.Event> doctor = List.of();
        OptionalDouble cpuBusy = OptionalDouble.empty();
        double endMs = Double.NaN;
    }

    private void inCall(Path work, Material material, Lab lab, LinkClock clock, Observations seen)
            throws IOException, InterruptedException {
        Authority authority = Authority.issue(work, Lab.SERVER_ADDRESS);
        Servers servers = new Servers(lab.server(), scripts, work, authority);
        Path script = scripts.resolve("driver.mjs");
        try (Servers.Running system =
                        servers.start(options.system(), options.profile().source());
                Driver patient = Driver.start("patient", lab.phone(), script);
                Driver doctor = Driver.start("doctor", lab.server(), script)) {
            long patientUp =
                    patient.launch(setup(work, "patient", material, Voice.PATIENT, authority, Browser.CHROMIUM));
            long doctorUp = doctor.launch(setup(work, "doctor", material, Voice.DOCTOR, authority, options.doctor()));
            patient.done(patientUp, START_LIMIT);
            doctor.done(doctorUp, START_LIMIT);
            Microphones microphones = new Microphones(material.microphone(Voice.PATIENT));
            Consultation consultation =
                    new Consultation(options, system, patient, doctor, microphones, material.photo(), progress);
            try {
                consultation.gather();
                CpuMeter cpu = new CpuMeter();
                try {
                    lab.startScript(clock.nanosAt(consultation.admit()));
                    consultation.pin();
                    consultation.hold();
                } finally {
                    seen.cpuBusy = cpu.busy();
                }
            } finally {
                seen.endMs = System.currentTimeMillis();
                seen.patient = patient.events();
                seen.doctor = doctor.events();
                stopQuietly(patient);
                stopQuietly(doctor);
            }
        }
    }

    /** The recording's last block is written at a proper end; what was written before counts in any case. */
    private static void stopQuietly(Driver driver) {
        boolean interrupted = Thread.interrupted();
        try {
            driver.stop(STOP_LIMIT);
        } catch (IOException e) {
            // It is gone or hangs: the laboratory's end takes it along.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Driver.Setup setup(
            Path work, String who, Material material, Voice voice, Authority authority, Browser browser)
            throws IOException {
        return new Driver.Setup(
                browser,
                Tools.find(browser),
                Files.createDirectories(work.resolve("home-" + who)),
                material.microphone(voice),
                material.camera(voice),
                authority.root(),
                work.resolve(who + ".rec"));
    }

    /** The link's clock beside that of the browsers. */
    private record LinkClock(long startNanos, double startMs) {
        static LinkClock of(Lab lab) {
            long startNanos = lab.ask(EmulatedLink::startNanos);
            long nowNanos = System.nanoTime();
            Instant now = Instant.now();
            return new LinkClock(
                    startNanos, now.getEpochSecond() * 1e3 + now.getNano() / 1e6 - (nowNanos - startNanos) / 1e6);
        }

        long nanosAt(double ms) {
            return startNanos + Math.round((ms - startMs) * 1e6);
        }
    }

    private Versions versions() throws IOException, InterruptedException {
        RunResult.Browsers browsers = new RunResult.Browsers(version(Browser.CHROMIUM), version(options.doctor()));
        String both = options.doctor() == Browser.CHROMIUM
                ? browsers.patient()
                : browsers.patient() + ", doctor: " + browsers.doctor();
        String system = options.system() == SystemKind.JANUS
                ? Programs.firstLine("dpkg-query", "-W", "-f", "Janus ${Version}", "janus")
                                .orElse("Janus") + ", " + both
                : both;
        return new Versions(system, browsers, Programs.commit());
    }

    private static String version(Browser browser) throws IOException, InterruptedException {
        return Programs.firstLine(Tools.find(browser).toString(), "--version").orElse(browser.title());
    }
}
