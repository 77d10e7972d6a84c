package org.raabta.signaling.pages;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;

/** How a doctor brings a patient the link: a page with everything that carries it, and a card to print. */
public final class InvitePages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm", Locale.ROOT);

    private final PageFile invite;
    private final PageFile card;
    private final String emergencyNumber;
    private final Optional<String> clinic;
    private final ZoneId zone;

    /**
     * @param folder on the class path
     * @param clinic its name
     * @param zone   in which times are printed
     */
    public InvitePages(String folder, String emergencyNumber, Optional<String> clinic, ZoneId zone) throws IOException {
        this.invite = PageFile.read(folder, "invite");
        this.card = PageFile.read(folder, "card");
        this.emergencyNumber = emergencyNumber;
        this.clinic = clinic;
        this.zone = zone;
    }

    /**
     * Whom it is for.
     *
     * @param url      the patient's link
     * @param language the consultation's
     */
    public record Invited(
            String url,
            Optional<String> name,
            Optional<String> language,
            Optional<Instant> opensAt,
            Instant expiresAt) {}

    /** For the doctor's eyes, in the doctor's language; the message in the patient's, or in that of {@code ?p=}. */
    public Response invite(Request request, Invited invited) {
        Tongue tongue = invite.tongue(request, Optional.empty());
        Tongue patients = patients(request, invited.language(), tongue);
        String message = message(patients, invited);
        Map<String, String> html = page(tongue, invited);
        html.put("name", Template.escaped(invited.name().orElse("")));
        html.put("patient-lang", patients.code());
        html.put("patient-dir", patients.dir());
        html.put("patient-message", Template.escaped(message));
        html.put(
                "message-encoded",
                URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20"));
        html.put("languages", languages(tongue, patients));
        return response(invite, 200, html);
    }

    /** To print, in the patient's language. */
    public Response card(Request request, Invited invited) {
        Tongue tongue = patients(request, invited.language(), card.tongue(request, Optional.empty()));
        Map<String, String> html = page(tongue, invited);
        html.put("clinic", Template.escaped(clinic.orElse("")));
        html.put("opens", invited.opensAt().map(this::time).orElse(""));
        html.put("until", time(invited.expiresAt()));
        return response(card, 200, html);
    }

    /** Why there is nothing to invite to. */
    public Response nothing(int status, Request request, String key) {
        Tongue tongue = invite.tongue(request, Optional.empty());
        Map<String, String> html = new HashMap<>();
        PageFile.addTexts(html, tongue, Map.of());
        html.put("notices", "<p class=\"no\" data-testid=\"" + key + "\">" + html.get(key) + "</p>");
        html.put("live", "");
        html.put("name", "");
        return response(invite, status, html);
    }

    private Map<String, String> page(Tongue tongue, Invited invited) {
        Map<String, String> html = new HashMap<>();
        PageFile.addTexts(html, tongue, Map.of("number", emergencyNumber));
        html.put("notices", "");
        html.put("live", "live");
        html.put("code", QrSvg.of(invited.url()));
        html.put("url", Template.escaped(invited.url()));
        return html;
    }

    /** The patient's page never loads anything of these two, nor do others: a link that is as good as a key stands on them. */
    private static Response response(PageFile file, int status, Map<String, String> html) {
        return file.response(status, file.template().fill(html)).with("Cross-Origin-Opener-Policy", "same-origin");
    }

    private Tongue patients(Request request, Optional<String> language, Tongue doctors) {
        List<String> wanted = List.of(request.parameter("p").orElse(""), language.orElse(""), doctors.code());
        for (String tag : wanted) {
            String code = tag.toLowerCase(Locale.ROOT).split("-", 2)[0];
            for (Tongue tongue : card.tongues()) {
                if (tongue.code().equals(code)) {
                    return tongue;
                }
            }
        }
        return card.tongues().get(0);
    }

    private String message(Tongue tongue, Invited invited) {
        StringBuilder message = new StringBuilder();
        clinic.ifPresent(name -> message.append(name).append('\n'));
        message.append(tongue.say("invitation", Map.of())).append('\n').append(invited.url());
        invited.opensAt()
                .ifPresent(at -> message.append('\n')
                        .append(tongue.say("opens-text", Map.of()))
                        .append(' ')
                        .append(time(at)));
        return message.toString();
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private String languages(Tongue doctors, Tongue shown) {
        StringBuilder html = new StringBuilder();
        for (Tongue tongue : card.tongues()) {
            boolean chosen = tongue.equals(shown);
            html.append(chosen ? "<b" : "<a href=\"?l=" + doctors.code() + "&amp;p=" + tongue.code() + "\"")
                    .append(" lang=\"")
                    .append(tongue.code())
                    .append("\" dir=\"")
                    .append(tongue.dir())
                    .append("\">")
                    .append(Template.escaped(tongue.name()))
                    .append(chosen ? "</b> " : "</a> ");
        }
        return html.toString();
    }
}
