package org.raabta.signaling.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.LadderJson;
import org.raabta.signaling.consult.OpsView;
import org.raabta.signaling.consult.Room;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.waiting.WaitingLine;

/** {@code GET /api/queue}: who waits for the clinic's doctors, since when, over what kind of link. */
final class QueueApi {
    private final Rooms rooms;
    private final WaitingLine line;
    private final Links links;

    QueueApi(Rooms rooms, WaitingLine line, Links links) {
        this.rooms = rooms;
        this.line = line;
        this.links = links;
    }

    CompletionStage<Response> waiting(Instant now) {
        List<WaitingLine.Place> places = line.places();
        return rooms.live(Room::ops).thenApply(views -> {
            Map<Long, OpsView> live = views.stream().collect(Collectors.toMap(OpsView::consult, Function.identity()));
            ObjectNode json = Json.object().put("at", now.toEpochMilli());
            ArrayNode waiting = json.putArray("waiting");
            places.forEach(place -> entry(waiting.addObject(), place, live));
            return Response.json(200, json);
        });
    }

    /** The best rung that this way of the link could enter; nothing before anything is known of it. */
    private static Optional<Rung> carries(Profile profile, Estimate link) {
        if (link.confidence() == Confidence.NONE) {
            return Optional.empty();
        }
        return Optional.of(profile.rungs().stream()
                .filter(rung -> profile.allowed().contains(rung.rung()) && rung.enterKbps() <= link.kbps())
                .map(RungSettings::rung)
                .findFirst()
                .orElse(Rung.NOTES));
    }

    private void entry(ObjectNode json, WaitingLine.Place place, Map<Long, OpsView> live) {
        json.put("id", ConsultsApi.id(place.consult().id()))
                .put("place", place.number())
                .put("since", place.since().toEpochMilli())
                .put("doctorUrl", links.of(place.consult()).doctorUrl());
        place.consult().patientName().ifPresent(name -> json.put("name", name));
        place.awaySince().ifPresent(since -> json.put("awaySince", since.toEpochMilli()));
        Optional.ofNullable(live.get(place.consult().id())).ifPresent(view -> {
            json.put("doctor", view.view().legs().stream().anyMatch(leg -> leg.role() == Role.DOCTOR && leg.socket()));
            for (CallSnapshot.LegSnapshot leg : view.snapshot().legs()) {
                if (leg.role() == Role.PATIENT) {
                    ObjectNode link = json.putObject("link");
                    LadderJson.figures(link, leg);
                    carries(view.profile(), leg.up()).ifPresent(rung -> link.put("sends", rung.label()));
                    carries(view.profile(), leg.down()).ifPresent(rung -> link.put("gets", rung.label()));
                }
            }
        });
    }
}
