package org.raabta.relay.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RtpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyDatagramIsReadOrRefused(byte[] datagram) {
        RtpProbe.probe(datagram);
    }
}
