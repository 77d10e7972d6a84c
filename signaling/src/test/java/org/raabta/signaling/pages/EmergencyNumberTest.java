package org.raabta.signaling.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.http.StaticFiles;

/** With the pages as they are built. */
class EmergencyNumberTest {
    /** Another number is found again elsewhere or not: some bytes more or less. */
    private static final double ANOTHER_NUMBER = 1.01;

    private static final List<String> LANGUAGES = List.of("en", "ur", "sd", "ps", "pa", "skr");
    private static final Pattern BUILD = Pattern.compile("data-build=\"([0-9a-f]{8})\"");

    private static Request request(String language, String encoding) {
        return new Request(
                "GET",
                "/c/x",
                Map.of("l", List.of(language)),
                new DefaultHttpHeaders().set("Host", "a").set("Accept-Encoding", encoding),
                new byte[0],
                InetAddress.getLoopbackAddress(),
                true,
                false);
    }

    private static String page(StaticFiles files, String language) {
        return new String(
                files.pageInLanguage(request(language, ""), "patient", Optional.empty())
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static String build(String page) {
        Matcher build = BUILD.matcher(page);
        assertThat(build.find()).isTrue();
        return build.group(1);
    }

    @Test
    void itStandsInEveryPageWhateverWayThePageTravels() throws Exception {
        StaticFiles built = new StaticFiles("web");
        StaticFiles files = new StaticFiles("web");
        EmergencyNumber.put(files, "+92042115", LANGUAGES);
        String worker = new String(files.worker(request("", "")).body(), StandardCharsets.UTF_8);
        for (String language : LANGUAGES) {
            String page = page(files, language);
            assertThat(page)
                    .contains("href=\"tel:+92042115\"", "</svg>+92042115</a>")
                    .doesNotContain("tel:1122");
            assertThat(build(page)).as("phones fetch it").isNotEqualTo(build(page(built, language)));
            assertThat(worker).contains(build(page)).doesNotContain(build(page(built, language)));
            Response gzip = files.pageInLanguage(request(language, "gzip"), "patient", Optional.empty());
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(page);
            }
            Response before = built.pageInLanguage(request(language, "br"), "patient", Optional.empty());
            assertThat(gzip.headers().get("Content-Security-Policy"))
                    .as("scripts and styles are the same")
                    .isEqualTo(before.headers().get("Content-Security-Policy"));
            assertThat(gzip.headers().get("ETag")).isNotEqualTo(before.headers().get("ETag"));
        }
    }

    @Test
    void thePageIsNoLargerThanTheBuildMadeIt() throws Exception {
        assertThat(Brotli4jLoader.isAvailable()).isTrue();
        StaticFiles built = new StaticFiles("web");
        StaticFiles files = new StaticFiles("web");
        EmergencyNumber.put(files, "115", LANGUAGES);
        for (String language : LANGUAGES) {
            int builtBytes = built.pageInLanguage(request(language, "br"), "patient", Optional.empty())
                    .body()
                    .length;
            Response brotli = files.pageInLanguage(request(language, "br"), "patient", Optional.empty());
            assertThat(brotli.headers()).containsEntry("Content-Encoding", "br");
            assertThat(brotli.body().length).isLessThanOrEqualTo((int) (builtBytes * ANOTHER_NUMBER));
            assertThat(new String(Decoder.decompress(brotli.body()).getDecompressedData(), StandardCharsets.UTF_8))
                    .isEqualTo(page(files, language));
        }
    }

    @Test
    void withTheNumberOfTheBuildNothingChanges() {
        StaticFiles built = new StaticFiles("web");
        StaticFiles files = new StaticFiles("web");
        EmergencyNumber.put(files, "1122", LANGUAGES);
        assertThat(page(files, "ur")).isEqualTo(page(built, "ur"));
    }

    @Test
    void pagesOfAnotherKindAreABuildError() {
        assertThatThrownBy(() -> EmergencyNumber.put(new StaticFiles("testweb"), "115", List.of("en")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("patient.html");
    }
}
