package org.raabta.signaling.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;

/** The page as it is built, with everything that can stand on it. */
class LetterPageTest {
    private static final String DRAFT = "AAAAbbbb0000-_zz";

    private final LetterPage page;

    LetterPageTest() throws Exception {
        page = new LetterPage("web", "1122", 4 << 20, 1000);
    }

    private static Request request(String language) {
        return new Request(
                "GET",
                "/c/x",
                Map.of("l", List.of(language)),
                new DefaultHttpHeaders(),
                new byte[0],
                InetAddress.getLoopbackAddress(),
                true,
                false);
    }

    private Response shown(String language, String text, String... notices) {
        return page.show(
                200,
                request(language),
                Optional.empty(),
                List.of(notices).stream()
                        .map(key -> new LetterPage.Notice(key, false))
                        .toList(),
                Optional.of(new LetterPage.Form(DRAFT, text, "03001234567")));
    }

    private static String html(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ur", "sd", "ps", "pa", "skr"})
    void itHasFifteenThousandBytesAtMostWhateverStandsOnIt(String language) {
        Response usual = shown(language, "");
        assertThat(html(usual)).contains("lang=\"" + language + "\"").doesNotContain("{{", "<script", "src=");
        String long1 = "&".repeat(20_000);
        Response full = shown(language, long1, "too-long", "bad-phone", "too-large", "not-sent", "wrong-type", "later");
        assertThat(full.body().length).isLessThanOrEqualTo(15_000);
        assertThat(html(full)).contains("&amp;".repeat(1000)).endsWith("</html>");
        Response urdu = shown(language, "\u06a9".repeat(1000), "full", "later");
        assertThat(html(urdu)).as("a message of the greatest length stays").contains("\u06a9".repeat(1000));
        assertThat(urdu.body().length).isLessThanOrEqualTo(15_000);
        System.out.println("page without script, " + language + ": " + usual.body().length + " bytes");
    }

    @Test
    void whatSomebodyTypedIsTextAndNothingElse() {
        String html = html(shown("en", "</textarea><script>alert(1)</script> {{draft}} \ud83d\ude00"));
        assertThat(html).contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{draft}} \ud83d\ude00");
        assertThat(html).doesNotContain("<script");
    }

    @Test
    void noScriptRunsAndNothingIsLoaded() {
        Response response = shown("ur", "");
        assertThat(response.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'none'", "style-src 'sha256-", "form-action 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(response.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(html(response)).contains("dir=\"rtl\"", "tel:1122", "action=\"?w&amp;l=ur\"", "4 MB");
    }

    @Test
    void withoutAFormThereIsNothingToSend() {
        String html = html(page.show(
                410, request("en"), Optional.empty(), List.of(new LetterPage.Notice("over", false)), Optional.empty()));
        assertThat(html).contains("The consultation is over", "tel:1122").doesNotContain("<form", "<textarea");
    }
}
