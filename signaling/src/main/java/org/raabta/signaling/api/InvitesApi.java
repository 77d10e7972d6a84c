package org.raabta.signaling.api;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.Services;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.ProblemException;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.pages.InvitePages;
import org.raabta.signaling.records.ConsultRow;

/** {@code /d/<token>/invite} and {@code /d/<token>/card}; docs/protocol.md, "The invitation". */
final class InvitesApi {
    private final Services services;
    private final Gate gate;
    private final Links links;
    private final InvitePages pages;

    InvitesApi(Services services, Gate gate, Links links, InvitePages pages) {
        this.services = services;
        this.gate = gate;
        this.links = links;
        this.pages = pages;
    }

    CompletionStage<Response> invite(Request request, String text) {
        return show(request, text, invited -> pages.invite(request, invited));
    }

    CompletionStage<Response> card(Request request, String text) {
        return show(request, text, invited -> pages.card(request, invited));
    }

    private interface Page {
        Response of(InvitePages.Invited invited);
    }

    private CompletionStage<Response> show(Request request, String text, Page page) {
        Token token;
        try {
            token = gate.liveToken(request, text);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(nothing(request, e.problem()));
        }
        return services.records()
                .find(token.consult())
                .thenApply(found -> page.of(invited(found, token)))
                .exceptionally(failure -> {
                    if (failure.getCause() instanceof ProblemException problem) {
                        return nothing(request, problem.problem());
                    }
                    throw new CompletionException(failure);
                });
    }

    private InvitePages.Invited invited(Optional<ConsultRow> found, Token token) {
        ConsultRow row = found.filter(known -> token.role() == Role.DOCTOR
                        && known.invited().contains(Role.DOCTOR.label())
                        && known.invited().contains(Role.PATIENT.label()))
                .orElseThrow(() -> Problem.LINK_UNKNOWN.exception(""));
        if (row.endedBy().isPresent()) {
            throw Problem.CONSULT_ENDED.exception("");
        }
        return new InvitePages.Invited(
                links.of(row).patientUrl(), row.patientName(), row.language(), row.opensAt(), row.expiresAt());
    }

    private Response nothing(Request request, Problem problem) {
        return switch (problem) {
            case LINK_UNKNOWN -> pages.nothing(404, request, "link-unknown");
            case LINK_EXPIRED -> pages.nothing(problem.status(), request, "link-expired");
            case CONSULT_ENDED -> pages.nothing(problem.status(), request, "over");
            default -> problem.response();
        };
    }
}
