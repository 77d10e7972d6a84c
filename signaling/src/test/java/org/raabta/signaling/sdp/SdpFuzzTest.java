package org.raabta.signaling.sdp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.OptionalInt;
import org.raabta.relay.control.Fingerprint;
import org.raabta.relay.control.MediaAddress;
import org.raabta.signaling.link.Instance;

/** Any text is an offer or an SdpException; every accepted offer has an answer. */
class SdpFuzzTest {
    private static final SdpAnswer.Server SERVER = new SdpAnswer.Server(
            new Instance("EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAA"),
            Fingerprint.ofSdp(SdpTest.FINGERPRINT),
            new MediaAddress("203.0.113.5", 9000, OptionalInt.of(8443)),
            7);

    @FuzzTest
    void offer(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            SdpAnswer.write(SdpOffer.parse(text), SERVER);
        } catch (SdpException e) {
            assertReason(e);
        }
        try {
            SdpFragment.parse(text).ifPresent(SdpAnswer::fragment);
        } catch (SdpException e) {
            assertReason(e);
        }
    }

    private static void assertReason(SdpException e) {
        if (e.getMessage() == null || e.getMessage().isEmpty()) {
            throw new AssertionError("a refusal says why");
        }
    }
}
