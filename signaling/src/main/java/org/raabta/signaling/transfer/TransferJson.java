package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.raabta.signaling.http.Json;

/** The engine's messages; docs/protocol.md, "Uploads" and "Downloads". */
public final class TransferJson {
    private TransferJson() {}

    static ObjectNode pace(Flow flow) {
        ObjectNode json = Json.object().put("t", "pace");
        if (flow.paused()) {
            return json.put("up", 0).put("why", flow.why());
        }
        return json.put("up", Math.round(flow.kbps() * 10) / 10.0)
                .put("win", flow.windowBytes())
                .put("chunk", flow.chunkBytes());
    }

    static ObjectNode go(String id, int number, int offset) {
        return Json.object().put("t", "go").put("id", id).put("n", number).put("off", offset);
    }

    public static ObjectNode done(String id, int number) {
        return Json.object().put("t", "done").put("id", id).put("n", number);
    }

    /** @param number of the transfer, 0 if it has none */
    public static ObjectNode refuse(String id, int number, Refusal why) {
        ObjectNode json = Json.object().put("t", "refuse").put("id", id);
        if (number > 0) {
            json.put("n", number);
        }
        json.put("type", why.label()).put("detail", why.detail());
        return why.again() ? json.put("again", 1) : json;
    }

    /** @param kbps what it moves at; how long it takes is left out where it does not */
    public static ObjectNode progress(String id, int offset, int bytes, double kbps) {
        ObjectNode json = Json.object().put("t", "prog").put("id", id).put("off", offset);
        if (kbps > 0.05) {
            json.put("left", (long) Math.ceil((bytes - offset) * 8 / 1000.0 / kbps));
        }
        return json;
    }
}
