package org.raabta.signaling.api;

import org.raabta.relay.control.Role;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.link.Tokens;
import org.raabta.signaling.records.ConsultRow;

/** The links of a consultation; they follow from its number, its expiry and the token key. */
public record Links(Tokens tokens, String base) {
    /** What a clinic hands out. */
    public record Pair(String doctorUrl, String patientUrl, String doctorToken, String patientToken) {}

    public Pair of(ConsultRow row) {
        String doctor = tokens.write(new Token(Role.DOCTOR, row.id(), row.expiresAt()));
        String patient = tokens.write(new Token(Role.PATIENT, row.id(), row.expiresAt()));
        return new Pair(base + "/d/" + doctor, base + "/c/" + patient, doctor, patient);
    }
}
