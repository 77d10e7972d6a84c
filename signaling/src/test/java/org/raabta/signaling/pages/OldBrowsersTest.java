package org.raabta.signaling.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldBrowsersTest {
    private static final String ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80/191.308; U; en) Presto/2.5.25 Version/10.54",
                "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
                ANDROID + "Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.4.0.1306 Mobile Safari/537.36",
                "UCWEB/2.0 (MIDP-2.0; U; Adr 4.4.4; en-US) U2/1.0.0 UCBrowser/9.7 Mobile",
                "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
                "Mozilla/5.0 (Series40; Nokia311/03.81; Profile/MIDP-2.1) Gecko/20100401 S40OviBrowser/2.2.0.0.31",
                "Mozilla/5.0 (Linux; U; Android 4.1.2; en-us; GT-S6310) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0"
                        + " Mobile Safari/534.30",
                "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)",
                ANDROID + "Chrome/70.0.3538.110 Mobile Safari/537.36",
                "Mozilla/5.0 (Android 9; Mobile; rv:68.0) Gecko/68.0 Firefox/68.0",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1"
            })
    void whoCannotHoldACallIsKnown(String userAgent) {
        assertThat(OldBrowsers.cannotCall(userAgent)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ANDROID + "Chrome/87.0.0.0 Mobile Safari/537.36",
                ANDROID + "Chrome/128.0.0.0 Mobile Safari/537.36 OPR/84.0.0.0",
                ANDROID + "Version/4.0 Chrome/128.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480.0.0.54.88;]",
                "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0",
                "Mozilla/5.0 (Mobile; Nokia 8000 4G; rv:84.0) Gecko/84.0 Firefox/84.0 KAIOS/3.1",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605",
                "WhatsApp/2.24.6.77 A",
                "curl/8.5.0"
            })
    void everybodyElseGetsTheCall(String userAgent) {
        assertThat(OldBrowsers.cannotCall(userAgent)).isFalse();
    }
}
