package org.raabta.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.raabta.relay.control.Role;
import org.raabta.relay.secure.DtlsIdentity;

/** Whose keys come into use, when, and until when. */
class HandshakeTest extends RunningRelay {
    /** Its handshake is over, and nobody knows yet whose it is. */
    private void connectBeforeTheFingerprint(TestPeer patient) throws Exception {
        addLeg(patient, PATIENT, Role.PATIENT);
        patient.connect();
        patient.sendAudio(PATIENT_SSRC);
        await("the packet is counted", () -> dropped("keys_inert") > 0);
    }

    @Test
    void keysAreInertUntilTheFingerprintHasCome() throws Exception {
        try (TestPeer patient = peer("patient")) {
            connectBeforeTheFingerprint(patient);
            assertThat(events.seen).isEmpty();

            call.setTransport(PATIENT, patient.remote());
            events.await("connected p-1");
        }
    }

    @Test
    void closesWhenTheFingerprintIsAnothers() throws Exception {
        try (TestPeer patient = peer("patient")) {
            addLeg(patient, PATIENT, Role.PATIENT);
            TestPeer other = new TestPeer(patient.serverIce, DtlsIdentity.generate(), Wire.udp(udp()));
            call.setTransport(PATIENT, other.remote());
            patient.connect();
            events.await("disconnected p-1 FINGERPRINT_MISMATCH");
            assertThat(patient.hearsGoodbye()).isTrue();

            // The rightful one still can.
            other.connect();
            events.await("connected p-1");
            other.close();
        }
    }

    @Test
    void closesWhenNoFingerprintComes() throws Exception {
        try (TestPeer patient = peer("patient")) {
            connectBeforeTheFingerprint(patient);
            push(5); // half of the patience: the rest of it is for a slow machine, whose own time counts as well
            assertThat(events.seen).isEmpty();
            push(6);
            events.await("disconnected p-1 FINGERPRINT_MISSING");
        }
    }

    @Test
    void shakesHandsThroughLoss() throws Exception {
        try (TestPeer patient = peer("patient")) {
            join(patient, PATIENT, Role.PATIENT);
            patient.loseOutgoing.set(2);
            patient.loseIncoming.set(3);
            patient.connect();
            events.await("connected p-1");
        }
    }

    /** Nothing says whether a client that is silent has our last flight: it comes twice more, and not to one that speaks. */
    @Test
    void theLastFlightGoesOutAgainToASilentClientOnly() throws Exception {
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            talk(doctor, DOCTOR_SSRC, patient);
            int silent = patient.handshakeDatagrams;
            int speaking = doctor.dtlsDatagrams.get();
            push(3);
            // On a slow machine its time is up before this.
            await("once more", () -> patient.dtlsDatagrams.get() > silent);
            push(5);
            await("and once more", () -> patient.dtlsDatagrams.get() == silent + 2);
            push(8);
            talk(doctor, DOCTOR_SSRC, patient);
            assertThat(patient.dtlsDatagrams).hasValue(silent + 2);
            assertThat(doctor.dtlsDatagrams).hasValue(speaking);
        }
    }

    @Test
    void keysExpireAfterTenMinutes() throws Exception {
        try (TestPeer patient = peer("patient")) {
            join(patient, PATIENT, Role.PATIENT);
            patient.answersChecks = false;
            patient.connect();
            events.await("connected p-1");
            push(31);
            events.await("disconnected p-1 CONSENT_EXPIRED");
            push(600);
            events.await("disconnected p-1 KEYS_EXPIRED");
            assertThat(patient.hearsGoodbye()).isTrue();
        }
    }

    @Test
    void aNewPeerConnectionTakesOverWhenItIsComplete() throws Exception {
        try (TestPeer patient = peer("patient");
                TestPeer doctor = peer("doctor")) {
            establish(patient, doctor);
            talk(patient, PATIENT_SSRC, doctor);

            TestPeer again = new TestPeer(patient.serverIce, DtlsIdentity.generate(), Wire.udp(udp()));
            again.check(1, true);
            again.shakeHands();
            talk(patient, PATIENT_SSRC, doctor); // the old keys are still good
            call.setTransport(PATIENT, again.remote());
            talk(again, 0x3333, doctor);
            assertThat(patient.hearsGoodbye()).isTrue();
            // The old connection may have spoken last, so that its address was checked and chosen again; a page's own
            // checks go on, and the newest nomination holds.
            again.check(1, true);
            talk(doctor, DOCTOR_SSRC, again);
            again.close();
        }
    }
}
