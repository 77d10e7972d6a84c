package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.SendCommand;

/** How estimates, plans and commands are written: on the control socket, in the event log and for {@code /ops}. */
public final class LadderJson {
    private LadderJson() {}

    /** The fields of {@code send}; what is usual is left out, for these bytes travel over the patient's link. */
    public static ObjectNode command(ObjectNode json, SendCommand command) {
        media(json, command.audio(), command.video());
        if (command.anew() && json.get("v") instanceof ObjectNode video) {
            video.put("anew", 1);
        }
        if (!command.speech()) {
            json.put("mic", 0);
        }
        if (command.still().active()) {
            put(json.putObject("s"), "kbps", Math.max(0.1, command.still().kbps()), 1);
        }
        if (!command.transportCc()) {
            json.put("tcc", 0);
        }
        if (command.jitterTargetMs() > 0) {
            json.put("jb", command.jitterTargetMs());
        }
        if (command.statsSeconds() > 0) {
            json.put("st", command.statsSeconds());
        }
        return json;
    }

    /** How speech and pictures are sent. */
    public static void media(ObjectNode json, AudioPlan speech, VideoPlan pictures) {
        ObjectNode audio = json.putObject("a").put("br", speech.bitrateBps()).put("pt", speech.packetMs());
        if (speech.red()) {
            audio.put("red", 1);
        }
        if (speech.dtx()) {
            audio.put("dtx", 1);
        }
        if (pictures.active()) {
            json.putObject("v")
                    .put("kbps", Math.max(1, Math.round(pictures.maxKbps())))
                    .put("fps", pictures.maxFps())
                    .put("h", pictures.maxHeight());
        }
    }

    /** The measured figures of a leg; one that was not measured is missing. */
    public static void figures(ObjectNode json, CallSnapshot.LegSnapshot leg) {
        figure(json, "rttMs", leg.rttMs(), 0);
        figure(json, "upKbps", leg.uplinkKbps(), 1);
        figure(json, "downKbps", leg.downlinkKbps(), 1);
        figure(json, "lossUp", leg.lossUp(), 3);
        figure(json, "lossDown", leg.lossDown(), 3);
    }

    /** A leg's two estimates, flat; missing while nothing is known. */
    public static void estimates(ObjectNode json, CallSnapshot.LegSnapshot leg) {
        estimate(json, leg.up(), "upEst", "upState", "queueUpMs");
        estimate(json, leg.down(), "downEst", "downState", "queueDownMs");
    }

    private static void estimate(ObjectNode json, Estimate estimate, String kbps, String state, String queueMs) {
        boolean measured = estimate.confidence() != Confidence.NONE;
        if (measured) {
            put(json, kbps, estimate.kbps(), 1);
            put(json, queueMs, estimate.queueMs(), 0);
        }
        // A silent link tells, however little was known of it before.
        if (measured || estimate.state() != Estimate.State.CLEAN) {
            json.put(state, state(estimate));
        }
    }

    /** One estimate whole. */
    public static void estimate(ObjectNode json, Estimate estimate) {
        json.put("confidence", estimate.confidence().name().toLowerCase(Locale.ROOT));
        json.put("state", state(estimate));
        if (estimate.confidence() != Confidence.NONE) {
            put(json, "kbps", estimate.kbps(), 1);
            put(json, "queueMs", estimate.queueMs(), 0);
            put(json, "loss", estimate.loss(), 3);
            put(json, "rttMs", estimate.rttMs(), 0);
        }
    }

    /** A direction's rung, why, what flows and what the next rung needs. */
    public static void direction(ObjectNode json, Notice.DirectionFigures direction) {
        Plan plan = direction.figures().plan();
        json.put("from", direction.from().label())
                .put("to", direction.to().label())
                .put("rung", plan.decision().rung().label())
                .put("reason", plan.decision().reason().label());
        figure(json, "kbps", direction.figures().kbps(), 1);
        if (plan.nextNeedsKbps() > 0) {
            put(json, "nextKbps", plan.nextNeedsKbps(), 1);
        }
    }

    public static void figure(ObjectNode json, String name, OptionalDouble value, int decimals) {
        if (value.isPresent()) {
            put(json, name, value.getAsDouble(), decimals);
        }
    }

    private static String state(Estimate estimate) {
        return estimate.state().name().toLowerCase(Locale.ROOT);
    }

    private static void put(ObjectNode json, String name, double value, int decimals) {
        if (decimals == 0) {
            json.put(name, Math.round(value));
        } else {
            double unit = Math.pow(10, decimals);
            json.put(name, Math.round(value * unit) / unit);
        }
    }
}
