package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.raabta.adapter.Rung;
import org.raabta.bench.live.LiveOptions.Scenario;

/** What patient and doctor do, step by step, with a limit on each. */
final class Consultation {
    /** The thinnest link takes half a minute for a page; a system that needs this long has failed. */
    private static final Duration PAGE_LIMIT = Duration.ofMinutes(4);

    private static final Duration WAITING_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOCAL_LIMIT = Duration.ofSeconds(30);
    /** A doctor sees who it is before letting them in; a transport that is built in the waiting room is there by then. */
    private static final Duration DOCTOR_LOOKS = Duration.ofSeconds(5);
    /** A page is shown when its first bytes are there; on 20 kbps it has come whole, and what it keeps, well after that. */
    private static final Duration FIRST_VISIT = Duration.ofSeconds(45);
    /** Enough for a few messages on the thinnest link, and for its queues to run empty. */
    private static final Duration BETWEEN_VISITS = Duration.ofSeconds(8);

    private final LiveOptions options;
    private final Servers.Running system;
    private final Driver patient;
    private final Driver doctor;
    private final Microphones microphones;
    private final Path photo;
    private final Progress progress;

    /** @param photo what the patient's camera would take, if it were asked */
    Consultation(
            LiveOptions options,
            Servers.Running system,
            Driver patient,
            Driver doctor,
            Microphones microphones,
            Path photo,
            Progress progress) {
        this.options = options;
        this.system = system;
        this.patient = patient;
        this.doctor = doctor;
        this.microphones = microphones;
        this.photo = photo;
        this.progress = progress;
    }

    /** Up to where the doctor has a patient waiting and need only press the button. */
    void gather() throws IOException, InterruptedException {
        if (options.scenario() == Scenario.VISIT2) {
            progress.phase("the patient's first visit, not measured");
            open();
            TimeUnit.MILLISECONDS.sleep(FIRST_VISIT.toMillis());
            patient.done(patient.open(Driver.EMPTY_PAGE), LOCAL_LIMIT);
            TimeUnit.MILLISECONDS.sleep(BETWEEN_VISITS.toMillis());
        }
        boolean visit = options.scenario().isVisit();
        if (visit) {
            // A doctor sits there already; beside the join its page would be measured with it.
            doctorArrives();
        }
        progress.phase("the patient opens the page");
        int opened = open();
        if (!visit) {
            doctorArrives(); // only now, so that both microphones begin at about the same time
        }
        join(opened);
        progress.phase("the doctor waits for the patient");
        doctor.await(e -> e.isState("waiting") || e.isState("call"), WAITING_LIMIT, "waiting patient");
        if (visit) {
            TimeUnit.MILLISECONDS.sleep(DOCTOR_LOOKS.toMillis());
        }
    }

    /** Opens the patient's page; what comes of it has the returned index or a higher one. */
    private int open() throws IOException, InterruptedException {
        int before = patient.count();
        patient.done(patient.open(system.patientUrl()), PAGE_LIMIT);
        patient.awaitAfter(before, e -> e.isState("welcome"), PAGE_LIMIT, "page");
        return before;
    }

    private void join(int opened) throws IOException, InterruptedException {
        microphones.inStep(doctor);
        patient.click("join", LOCAL_LIMIT);
        patient.awaitAfter(opened, e -> e.isState("waiting") || e.isState("call"), WAITING_LIMIT, "waiting room");
    }

    private void doctorArrives() throws IOException, InterruptedException {
        doctor.done(doctor.open(system.doctorUrl()), LOCAL_LIMIT);
        if (system.doctorJoins()) {
            doctor.click("join", LOCAL_LIMIT);
        }
        doctor.await(e -> e.is("microphone"), LOCAL_LIMIT, "microphone");
    }

    /** The doctor presses the button. @return when, in ms since 1970: second 0 of the call */
    double admit() throws IOException, InterruptedException {
        doctor.click("admit", WAITING_LIMIT);
        return doctor.await(JoinMeasure::isAdmit, LOCAL_LIMIT, "sign of the click")
                .atMs();
    }

    /** Holds both directions on the rung that was asked for, if one was. */
    void pin() throws IOException, InterruptedException {
        if (options.pin().isPresent()) {
            Rung rung = options.pin().get();
            doctor.choose("pin-rung", rung.label(), LOCAL_LIMIT);
        }
    }

    /** @throws IOException if a browser died meanwhile, or a photo could not be asked for and taken */
    void hold() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        if (options.scenario() == Scenario.PHOTO) {
            hold(startNanos, options.photoAt());
            progress.phase("the doctor asks for a photo");
            takePhoto(startNanos);
        }
        hold(startNanos, options.seconds());
    }

    private void hold(long startNanos, int untilSeconds) throws IOException, InterruptedException {
        for (long left = left(startNanos, untilSeconds); left > 0; left = left(startNanos, untilSeconds)) {
            progress.within("in the call", left(startNanos, options.seconds()));
            TimeUnit.MILLISECONDS.sleep(Math.min(1000, 1000 * left));
            if (patient.isGone() || doctor.isGone()) {
                throw new IOException("a browser died during the call");
            }
        }
    }

    /** What the pages need for it may come over the thin link yet: each step may take what is left of the call. */
    private void takePhoto(long startNanos) throws IOException, InterruptedException {
        doctor.click("request-photo", rest(startNanos));
        doctor.click("request-close", rest(startNanos));
        patient.attach("photo-file", photo, rest(startNanos));
        patient.click("photo-send", rest(startNanos));
    }

    private Duration rest(long startNanos) {
        return Duration.ofSeconds(Math.max(1, left(startNanos, options.seconds())));
    }

    private static long left(long startNanos, int untilSeconds) {
        return untilSeconds - TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }
}
