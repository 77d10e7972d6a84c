package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page that tries a link measures with. */
class TryHttpTest {
    @Test
    void bytesComeDownAsManyAsWantedAndGoUp(@TempDir Path data) throws Exception {
        try (ServerFixture raabta = ServerFixture.start(data)) {
            var page = raabta.send(raabta.request("/try"));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("tel:1122");
            assertThat(raabta.send(raabta.request("/try/more")).statusCode()).isEqualTo(404);
            for (int wanted : new int[] {0, 24_000, 32_000}) {
                var down = raabta.send(raabta.request("/api/try?b=" + wanted));
                assertThat(down.headers().firstValue("content-length")).contains(Integer.toString(wanted));
                assertThat(down.headers().firstValue("cache-control")).contains("no-store");
            }
            for (String wrong : new String[] {"", "?b=", "?b=-1", "?b=32001", "?b=999999", "?b=1e3"}) {
                assertThat(raabta.send(raabta.request("/api/try" + wrong)).statusCode())
                        .as(wrong)
                        .isEqualTo(422);
            }
            byte[] body = new byte[6_000];
            assertThat(raabta.send(raabta.request("/api/try").POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                            .statusCode())
                    .isEqualTo(204);
            byte[] large = new byte[70_000];
            assertThat(raabta.send(raabta.request("/api/try").POST(HttpRequest.BodyPublishers.ofByteArray(large)))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(raabta.send(raabta.request("/api/try").DELETE()).statusCode())
                    .isEqualTo(405);
        }
    }
}
