package org.raabta.signaling.api;

import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.MediaAddress;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.consult.StandardLeg;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.link.Instance;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.sdp.SdpAnswer;
import org.raabta.signaling.sdp.SdpException;
import org.raabta.signaling.sdp.SdpFragment;
import org.raabta.signaling.sdp.SdpOffer;

/** {@code /api/legs}: standard WebRTC clients, in the shape of RFC 9725. */
final class LegsApi {
    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private final Rooms rooms;
    private final Gate gate;
    private final Fingerprint fingerprint;
    private final SecureRandom random = new SecureRandom();

    LegsApi(Rooms rooms, Gate gate, Fingerprint fingerprint) {
        this.rooms = rooms;
        this.gate = gate;
        this.fingerprint = fingerprint;
    }

    CompletionStage<Response> join(Request request) {
        String text = request.bearer().orElse("");
        Token token = gate.liveToken(request, text);
        needs(request, SDP);
        SdpOffer offer;
        try {
            offer = SdpOffer.parse(request.text());
        } catch (SdpException e) {
            throw Problem.BAD_SDP.exception(String.valueOf(e.getMessage()));
        }
        Instance instance = new Instance(text, Instance.randomId(random));
        LegId leg = instance.leg(token.role());
        return rooms.with(token.consult(), room -> {
                    Admission.check(room, token);
                    Admission.checkOpen(room, token);
                    return room.openStandard(
                            instance,
                            token.role(),
                            new StandardLeg.Joined(offer.transport(), offer.media(), offer.sendsVideo()));
                })
                .thenApply(address ->
                        created(leg, offer, instance, address.orElseThrow(() -> Problem.LINK_UNKNOWN.exception(""))));
    }

    private Response created(LegId leg, SdpOffer offer, Instance instance, MediaAddress address) {
        long session = random.nextLong() & Long.MAX_VALUE;
        String answer = SdpAnswer.write(offer, new SdpAnswer.Server(instance, fingerprint, address, session));
        return Response.text(201, SDP, answer).with("Location", "/api/legs/" + leg.value());
    }

    CompletionStage<Response> patch(Request request, String id) {
        Token token = gate.liveToken(request, request.bearer().orElse(""));
        needs(request, FRAGMENT);
        java.util.Optional<SdpFragment> fragment;
        try {
            fragment = SdpFragment.parse(request.text());
        } catch (SdpException e) {
            throw Problem.BAD_SDP.exception(String.valueOf(e.getMessage()));
        }
        LegId leg = legOf(token, id);
        return rooms.with(token.consult(), room -> {
                    Admission.check(room, token);
                    if (fragment.isEmpty()) {
                        if (!room.standardLeg(leg)) {
                            throw Problem.NOT_FOUND.exception("no such leg");
                        }
                        return Response.empty(204);
                    }
                    return room.restartIce(
                                    leg, fragment.get().ufrag(), fragment.get().password())
                            .map(next -> Response.text(
                                    200, FRAGMENT, SdpAnswer.fragment(new SdpFragment(next.ufrag(), next.password()))))
                            .orElseThrow(() -> Problem.NOT_FOUND.exception("no such leg"));
                })
                .thenApply(answer -> answer.orElseThrow(() -> Problem.LINK_UNKNOWN.exception("")));
    }

    CompletionStage<Response> leave(Request request, String id) {
        Token token = gate.liveToken(request, request.bearer().orElse(""));
        LegId leg = legOf(token, id);
        return rooms.with(token.consult(), room -> {
                    Admission.check(room, token);
                    if (!room.standardLeg(leg)) {
                        throw Problem.NOT_FOUND.exception("no such leg");
                    }
                    room.leave(leg, token.role());
                    return Response.empty(204);
                })
                .thenApply(answer -> answer.orElseThrow(() -> Problem.LINK_UNKNOWN.exception("")));
    }

    /** A leg's first letter is its role: one role has no say over another's legs. */
    private static LegId legOf(Token token, String id) {
        if (!id.matches("[pdg]-[A-Za-z0-9_-]{8}")) {
            throw Problem.NOT_FOUND.exception("no such leg");
        }
        if (id.charAt(0) != token.role().label().charAt(0)) {
            throw Problem.WRONG_ROLE.exception("");
        }
        return new LegId(id);
    }

    private static void needs(Request request, String type) {
        if (!request.contentType().equals(type)) {
            throw Problem.UNSUPPORTED_TYPE.exception("needs " + type);
        }
    }
}
