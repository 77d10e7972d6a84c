package org.raabta.signaling.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.signaling.consult.Consent;
import org.raabta.signaling.consult.ConsultStatus;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.records.AuditEntry;
import org.raabta.signaling.records.QualityRecord;

/** The JSON and CSV of the HTTP contract. Figures that were not measured are missing, never zero. */
final class ApiJson {
    private static final List<String> FIGURES = List.of("rttMs", "uplinkKbps", "downlinkKbps", "lossUp", "lossDown");

    private ApiJson() {}

    static ObjectNode status(String id, ConsultStatus status) {
        ObjectNode json =
                Json.object().put("id", id).put("state", status.state().label());
        ArrayNode legs = json.putArray("legs");
        for (CallSnapshot.LegSnapshot leg : status.legs()) {
            ObjectNode entry = legs.addObject()
                    .put("id", leg.id().value())
                    .put("role", leg.role().label())
                    .put("kind", leg.kind().label())
                    .put("connected", leg.connected());
            figure(entry, "rttMs", leg.rttMs());
            figure(entry, "uplinkKbps", leg.uplinkKbps());
            figure(entry, "downlinkKbps", leg.downlinkKbps());
            figure(entry, "lossUp", leg.lossUp());
            figure(entry, "lossDown", leg.lossDown());
        }
        ObjectNode directions = json.putObject("directions");
        status.directions().forEach((name, direction) -> {
            ObjectNode entry = directions
                    .putObject(name)
                    .put("rung", direction.plan().decision().rung().label())
                    .put("reason", direction.plan().decision().reason().label());
            figure(entry, "kbps", direction.kbps());
        });
        return json;
    }

    /** @param trail the audit trail of the same consultation: what was agreed to is in it */
    static ObjectNode report(String id, QualityRecord record, List<AuditEntry> trail) {
        ObjectNode json =
                Json.object().put("id", id).put("createdAt", record.createdAt().toString());
        record.admittedAt().ifPresent(at -> json.put("admittedAt", at.toString()));
        json.put("endedAt", record.endedAt().toString())
                .put("endedBy", record.endedBy())
                .put("waitingSeconds", record.waitingSeconds())
                .put("callSeconds", record.callSeconds())
                .put("reconnectingSeconds", record.reconnectingSeconds())
                .put("partial", record.partial());
        ArrayNode legs = json.putArray("legs");
        for (QualityRecord.Leg leg : record.legs()) {
            ObjectNode entry = legs.addObject()
                    .put("id", leg.id())
                    .put("role", leg.role())
                    .put("kind", leg.kind())
                    .put("firstSeenAt", leg.firstSeenAt().toString())
                    .put("connects", leg.connects())
                    .put("connectedSeconds", leg.connectedSeconds());
            leg.figures()
                    .forEach((name, figure) -> entry.putObject(name)
                            .put("least", round(figure.least()))
                            .put("mean", round(figure.mean()))
                            .put("most", round(figure.most())));
        }
        ArrayNode consents = json.putArray("consents");
        trail.stream()
                .filter(entry -> entry.action().equals(AuditEntry.CONSENTED))
                .forEach(entry -> {
                    Consent given = Consent.ofDetail(entry.detail());
                    consents.addObject()
                            .put("at", entry.at().toString())
                            .put("role", entry.actor())
                            .put("language", given.language())
                            .put("textSha256", given.textSha256());
                });
        ObjectNode directions = json.putObject("directions");
        record.rungSeconds().forEach((name, rungs) -> {
            ObjectNode seconds = directions.putObject(name).putObject("rungSeconds");
            rungs.forEach((rung, value) -> seconds.put(rung, round(value)));
        });
        return json;
    }

    /** One line for each consultation; the longest connected leg of a role speaks for it. */
    static String csv(List<QualityRecord> records) {
        StringBuilder out = new StringBuilder(
                "id,createdAt,admittedAt,endedAt,endedBy,waitingSeconds,callSeconds," + "reconnectingSeconds,partial");
        for (String role : List.of("patient", "doctor")) {
            FIGURES.forEach(figure -> out.append(',').append(role).append('.').append(figure));
        }
        out.append("\r\n");
        for (QualityRecord record : records) {
            out.append(Long.toString(record.consult(), 36))
                    .append(',')
                    .append(record.createdAt())
                    .append(',')
                    .append(record.admittedAt().map(Object::toString).orElse(""))
                    .append(',')
                    .append(record.endedAt())
                    .append(',')
                    .append(record.endedBy());
            out.append(String.format(
                    Locale.ROOT,
                    ",%.1f,%.1f,%.1f,%b",
                    record.waitingSeconds(),
                    record.callSeconds(),
                    record.reconnectingSeconds(),
                    record.partial()));
            for (String role : List.of("patient", "doctor")) {
                Map<String, QualityRecord.Figure> figures = record.legs().stream()
                        .filter(leg -> leg.role().equals(role))
                        .max(java.util.Comparator.comparingDouble(QualityRecord.Leg::connectedSeconds))
                        .map(QualityRecord.Leg::figures)
                        .orElse(Map.of());
                for (String name : FIGURES) {
                    QualityRecord.Figure figure = figures.get(name);
                    out.append(',').append(figure == null ? "" : Double.toString(round(figure.mean())));
                }
            }
            out.append("\r\n");
        }
        return out.toString();
    }

    private static void figure(ObjectNode json, String name, OptionalDouble value) {
        value.ifPresent(figure -> json.put(name, round(figure)));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
