package org.raabta.signaling.socket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.signaling.consult.ConsultView;
import org.raabta.signaling.consult.LadderJson;
import org.raabta.signaling.consult.Notice;
import org.raabta.signaling.http.Json;

/** Writes what a room says as the JSON of docs/protocol.md. */
public final class NoticeWriter {
    private NoticeWriter() {}

    public static String write(Notice notice) {
        if (notice instanceof Notice.Beside beside) {
            return Json.text(beside.message());
        }
        ObjectNode json = Json.object();
        if (notice instanceof Notice.Welcome welcome) {
            welcome(json, welcome);
        } else if (notice instanceof Notice.Answer answer) {
            json.put("t", "answer").put("gen", answer.gen());
        } else if (notice instanceof Notice.State state) {
            state(json, state);
        } else if (notice instanceof Notice.Rungs rungs) {
            json.put("t", "rung");
            rung(json, "up", rungs.up());
            rung(json, "down", rungs.down());
        } else if (notice instanceof Notice.Send send) {
            LadderJson.command(json.put("t", "send").put("n", send.number()), send.command());
        } else if (notice instanceof Notice.Quality quality) {
            json.put("t", "quality").put("q", quality.quality().label());
        } else if (notice instanceof Notice.Link link) {
            link(json, link);
        } else if (notice instanceof Notice.Replaced) {
            json.put("t", "replaced");
        } else if (notice instanceof Notice.Ended ended) {
            json.put("t", "ended").put("by", ended.by().label());
        } else if (notice instanceof Notice.Restarting) {
            json.put("t", "restarting");
        } else if (notice instanceof Notice.MediaLost lost) {
            json.put("t", "mediaLost").put("reason", lost.reason());
        }
        return Json.text(json);
    }

    /** @param re the type of the message that is refused, or empty */
    public static String error(String type, String detail, String re) {
        ObjectNode json = Json.object().put("t", "error").put("type", type).put("detail", detail);
        if (!re.isEmpty()) {
            json.put("re", re);
        }
        return Json.text(json);
    }

    private static void welcome(ObjectNode json, Notice.Welcome welcome) {
        json.put("t", "welcome")
                .put("role", welcome.role().label())
                .put("leg", welcome.leg().value())
                .put("state", welcome.state().label());
        welcome.name().ifPresent(name -> json.put("name", name));
        welcome.language().ifPresent(language -> json.put("lang", language));
        welcome.opensAt().ifPresent(at -> json.put("opensAt", at.getEpochSecond()));
        // Phones' clocks may be wrong by years: how long it takes is not asked of them.
        welcome.opensIn().ifPresent(left -> json.put("opensIn", left.toSeconds() + 1));
        json.put("expiresAt", welcome.expiresAt().getEpochSecond());
        ObjectNode relay = json.putObject("relay")
                .put("host", welcome.relay().host())
                .put("udp", welcome.relay().udpPort());
        welcome.relay().tcpPort().ifPresent(port -> relay.put("tcp", port));
        relay.put("fp", welcome.fingerprint()).put("run", welcome.run());
    }

    private static void state(ObjectNode json, Notice.State state) {
        json.put("t", "state")
                .put("state", state.view().state().label())
                .put("since", state.view().since().getEpochSecond())
                .put("you", state.you().label());
        ArrayNode legs = json.putArray("legs");
        for (ConsultView.LegView leg : state.view().legs()) {
            ObjectNode entry = legs.addObject()
                    .put("id", leg.id().value())
                    .put("role", leg.role().label())
                    .put("kind", leg.kind().label())
                    .put("connected", leg.connected())
                    .put("socket", leg.socket());
            leg.waitingSince().ifPresent(since -> entry.put("waitingSince", since.getEpochSecond()));
            entry.put("camera", leg.camera());
        }
    }

    private static void rung(ObjectNode json, String name, Optional<Decision> decision) {
        json.put(name, decision.map(d -> d.rung().label()).orElse(""));
        json.put(name + "Reason", decision.map(d -> d.reason().label()).orElse(""));
    }

    private static void link(ObjectNode json, Notice.Link link) {
        ArrayNode legs = json.put("t", "link").putArray("legs");
        for (CallSnapshot.LegSnapshot leg : link.legs()) {
            ObjectNode entry = legs.addObject().put("id", leg.id().value());
            LadderJson.figures(entry, leg);
            LadderJson.estimates(entry, leg);
        }
        ArrayNode dirs = json.putArray("dirs");
        link.directions().forEach(direction -> LadderJson.direction(dirs.addObject(), direction));
    }
}
