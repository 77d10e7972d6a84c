package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

class ConsultTest {
    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final LegId PATIENT = new LegId("p-1");
    private static final LegId PATIENT2 = new LegId("p-2");
    private static final LegId DOCTOR = new LegId("d-1");

    private final Consult consult = new Consult(T0.plus(Duration.ofHours(1)), false, Optional.empty(), T0);

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    private ConsultState state() {
        return consult.view().state();
    }

    private void call() {
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(1));
        consult.signaled(PATIENT, at(1));
        consult.join(PATIENT, true, at(2));
        consult.open(DOCTOR, Role.DOCTOR, LegKind.WEB, at(3));
        consult.signaled(DOCTOR, at(3));
        consult.join(DOCTOR, true, at(3));
        consult.connected(PATIENT, at(4));
        consult.connected(DOCTOR, at(4));
        consult.admit(at(5));
    }

    @Test
    void lookingIsNotWaiting() {
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(1));
        assertThat(state()).isEqualTo(ConsultState.CREATED);
        assertThat(consult.admittable()).isFalse();
        consult.join(PATIENT, false, at(2));
        assertThat(state()).isEqualTo(ConsultState.WAITING);
        assertThat(consult.view().since()).isEqualTo(at(2));
        assertThat(consult.view().legs().get(0).waitingSince()).contains(at(2));
    }

    @Test
    void aReloadKeepsThePlaceAndLeavingGivesItUp() {
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(1));
        consult.join(PATIENT, false, at(2));
        consult.open(PATIENT2, Role.PATIENT, LegKind.WEB, at(60));
        // Once more before it has joined: the place is not lost in between.
        LegId third = new LegId("p-3");
        consult.open(third, Role.PATIENT, LegKind.WEB, at(61));
        assertThat(consult.view().legs().get(0).waitingSince()).isEmpty();
        consult.join(third, false, at(70));
        assertThat(consult.view().legs().get(0).waitingSince()).contains(at(2));
        consult.leave(third, at(80));
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(90));
        consult.join(PATIENT, false, at(91));
        assertThat(consult.view().legs().get(0).waitingSince()).contains(at(91));
    }

    @Test
    void aDoctorAloneIsNobodyWaiting() {
        consult.open(DOCTOR, Role.DOCTOR, LegKind.WEB, at(1));
        consult.join(DOCTOR, true, at(2));
        assertThat(state()).isEqualTo(ConsultState.CREATED);
    }

    @Test
    void admittedWithBothWholeIsACall() {
        call();
        assertThat(state()).isEqualTo(ConsultState.CALL);
        assertThat(consult.admit(at(6))).isEmpty();
    }

    @Test
    void mediaOrPageAwayIsReconnecting() {
        call();
        consult.socketLost(PATIENT, at(10));
        assertThat(state()).isEqualTo(ConsultState.RECONNECTING);
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(20));
        assertThat(state()).isEqualTo(ConsultState.CALL);
        consult.disconnected(DOCTOR, false, at(30));
        assertThat(state()).isEqualTo(ConsultState.RECONNECTING);
        consult.connected(DOCTOR, at(31));
        assertThat(state()).isEqualTo(ConsultState.CALL);
        assertThat(consult.view().since()).isEqualTo(at(31));
    }

    @Test
    void newestPageOfARoleTakesOver() {
        call();
        List<ConsultOutput> outputs = consult.open(PATIENT2, Role.PATIENT, LegKind.WEB, at(10));
        assertThat(outputs).contains(new ConsultOutput.Replaced(PATIENT, PATIENT2));
        assertThat(consult.knows(PATIENT)).isFalse();
        assertThat(state()).isEqualTo(ConsultState.RECONNECTING);
        assertThat(consult.connected(PATIENT, at(11)))
                .as("late news of the old leg")
                .isEmpty();
        consult.connected(PATIENT2, at(12));
        assertThat(state()).as("nobody has tapped it yet").isEqualTo(ConsultState.RECONNECTING);
        consult.join(PATIENT2, true, at(13));
        assertThat(state()).isEqualTo(ConsultState.CALL);
    }

    @Test
    void aPatientWithoutSocketWaitsForTheGrace() {
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(1));
        consult.join(PATIENT, false, at(2));
        consult.signaled(PATIENT, at(2));
        consult.socketLost(PATIENT, at(3));
        assertThat(state()).isEqualTo(ConsultState.WAITING);
        Deadline due = consult.nextDeadline().orElseThrow();
        assertThat(due).isEqualTo(new Deadline(at(33), Deadline.Cause.NOT_HERE));
        consult.onDeadline(due.at());
        assertThat(state()).isEqualTo(ConsultState.CREATED);
        assertThat(consult.knows(PATIENT)).isTrue();
        Deadline forget = consult.nextDeadline().orElseThrow();
        assertThat(forget).isEqualTo(new Deadline(at(3).plus(Consult.KEPT_AWAY), Deadline.Cause.FORGET));
        assertThat(consult.onDeadline(forget.at())).contains(new ConsultOutput.Forgotten(PATIENT));
    }

    @Test
    void mediaWithoutSocketKeepsTheLeg() {
        call();
        consult.socketLost(PATIENT, at(10));
        consult.onDeadline(at(10 + 1200));
        assertThat(consult.knows(PATIENT)).isTrue();
        consult.disconnected(PATIENT, false, at(1300));
        assertThat(consult.onDeadline(at(1300).plus(Consult.KEPT_AWAY))).contains(new ConsultOutput.Forgotten(PATIENT));
    }

    @Test
    void aReadyPageWithoutTransportIsTold() {
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(1));
        consult.join(PATIENT, false, at(2));
        assertThat(consult.nextDeadline()).contains(new Deadline(at(12), Deadline.Cause.OFFER_DUE));
        assertThat(consult.onDeadline(at(12))).containsExactly(new ConsultOutput.TransportMissing(PATIENT));
        assertThat(consult.onDeadline(at(13))).isEmpty();
    }

    @Test
    void leavingGoesForNowAndTheCallTakesThePatientBack() {
        call();
        assertThat(consult.leave(PATIENT, at(10))).contains(new ConsultOutput.Forgotten(PATIENT));
        assertThat(state()).isEqualTo(ConsultState.RECONNECTING);
        consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(20));
        consult.connected(PATIENT, at(21));
        consult.join(PATIENT, true, at(22));
        assertThat(state()).isEqualTo(ConsultState.CALL);
    }

    @Test
    void aStandardClientWaitsLikeAnyOtherAndGoesWithItsGoodbye() {
        consult.open(PATIENT, Role.PATIENT, LegKind.SDP, at(1));
        assertThat(state()).isEqualTo(ConsultState.WAITING);
        consult.open(DOCTOR, Role.DOCTOR, LegKind.SDP, at(2));
        consult.admit(at(3));
        consult.connected(PATIENT, at(4));
        consult.connected(DOCTOR, at(4));
        assertThat(state()).isEqualTo(ConsultState.CALL);
        assertThat(consult.disconnected(PATIENT, true, at(5))).contains(new ConsultOutput.Forgotten(PATIENT));
    }

    @Test
    void endIsFinal() {
        call();
        assertThat(consult.end(EndedBy.DOCTOR, at(10))).contains(new ConsultOutput.Over(EndedBy.DOCTOR));
        assertThat(state()).isEqualTo(ConsultState.ENDED);
        assertThat(consult.nextDeadline()).isEmpty();
        assertThat(consult.open(PATIENT, Role.PATIENT, LegKind.WEB, at(11))).isEmpty();
        assertThat(consult.end(EndedBy.CLINIC, at(12))).isEmpty();
        assertThat(consult.view().legs()).isEmpty();
    }

    @Test
    void expiryEndsIt() {
        assertThat(consult.nextDeadline()).contains(new Deadline(at(3600), Deadline.Cause.EXPIRY));
        assertThat(consult.onDeadline(at(3600))).contains(new ConsultOutput.Over(EndedBy.EXPIRY));
        assertThat(state()).isEqualTo(ConsultState.EXPIRED);
    }

    @Test
    void afterARestartAnAdmittedConsultationGoesOn() {
        Consult again = new Consult(T0.plus(Duration.ofHours(1)), true, Optional.empty(), at(100));
        assertThat(again.view().state()).isEqualTo(ConsultState.RECONNECTING);
        again.open(PATIENT, Role.PATIENT, LegKind.WEB, at(101));
        again.open(DOCTOR, Role.DOCTOR, LegKind.WEB, at(101));
        again.connected(PATIENT, at(102));
        again.connected(DOCTOR, at(103));
        again.join(PATIENT, true, at(104));
        again.join(DOCTOR, true, at(104));
        assertThat(again.view().state()).isEqualTo(ConsultState.CALL);
    }
}
