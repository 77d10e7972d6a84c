package org.raabta.signaling.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.signaling.consult.LadderJson;
import org.raabta.signaling.consult.Notice;
import org.raabta.signaling.consult.OpsView;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Response;

/** {@code GET /api/ops}: every live consultation as the engineer's page shows it. */
final class OpsApi {
    /** More than anybody reads at once; the rest is a number. */
    private static final int MOST_CONSULTS = 200;

    private final Rooms rooms;
    private final Supplier<Map<String, Long>> drops;

    /** @param drops media packets dropped since the start, by reason */
    OpsApi(Rooms rooms, Supplier<Map<String, Long>> drops) {
        this.rooms = rooms;
        this.drops = drops;
    }

    CompletionStage<Response> live(long nowMs) {
        return rooms.live(room -> room.ops()).thenApply(views -> Response.json(200, json(views, drops.get(), nowMs)));
    }

    private static ObjectNode json(List<OpsView> views, Map<String, Long> drops, long nowMs) {
        ObjectNode json = Json.object().put("at", nowMs);
        ArrayNode consults = json.putArray("consults");
        List<OpsView> live = views.stream()
                .filter(view -> !view.view().legs().isEmpty())
                .sorted(java.util.Comparator.comparing(
                                (OpsView view) -> view.view().since())
                        .thenComparing(OpsView::consult))
                .toList();
        live.stream().limit(MOST_CONSULTS).forEach(view -> consult(consults.addObject(), view));
        json.put("more", Math.max(0, live.size() - MOST_CONSULTS));
        drops(json.putObject("drops"), drops);
        return json;
    }

    private static void consult(ObjectNode json, OpsView view) {
        json.put("id", ConsultsApi.id(view.consult()))
                .put("state", view.view().state().label())
                .put("since", view.view().since().toEpochMilli())
                .put("profile", view.profile().name());
        ArrayNode legs = json.putArray("legs");
        view.view().legs().forEach(leg -> {
            ObjectNode entry = legs.addObject()
                    .put("id", leg.id().value())
                    .put("role", leg.role().label())
                    .put("kind", leg.kind().label())
                    .put("connected", leg.connected())
                    .put("socket", leg.socket());
            for (CallSnapshot.LegSnapshot figures : view.snapshot().legs()) {
                if (figures.id().equals(leg.id())) {
                    LadderJson.figures(entry, figures);
                    LadderJson.estimate(entry.putObject("up"), figures.up());
                    LadderJson.estimate(entry.putObject("down"), figures.down());
                }
            }
        });
        ArrayNode dirs = json.putArray("dirs");
        view.directions().forEach(direction -> direction(dirs.addObject(), direction));
        drops(json.putObject("drops"), view.snapshot().drops());
    }

    private static void direction(ObjectNode json, Notice.DirectionFigures direction) {
        LadderJson.direction(json, direction);
        LadderJson.media(
                json,
                direction.figures().plan().audio(),
                direction.figures().plan().video());
    }

    private static void drops(ObjectNode json, Map<String, Long> drops) {
        drops.forEach((reason, packets) -> {
            if (packets > 0) {
                json.put(reason, packets);
            }
        });
    }
}
