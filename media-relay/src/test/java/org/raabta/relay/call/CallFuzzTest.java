package org.raabta.relay.call;

import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * A call between two legs is fed one input cut into datagrams. Each begins with two bytes: length, and in the second one
 * who sends it, whether it is RTCP, and how long the wait before it is.
 */
class CallFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyDatagramsAreBorne(byte[] input) {
        CallDriver driver = CallDriver.consultation();
        int at = 0;
        while (at + 2 <= input.length) {
            int length = Math.min(input[at] & 0xFF, input.length - at - 2);
            int how = input[at + 1];
            byte[] datagram = Arrays.copyOfRange(input, at + 2, at + 2 + length);
            at += 2 + length;
            driver.advanceMs((how & 0x3C) * 4L);
            if ((how & 1) == 0) {
                driver.rtp((how & 2) == 0 ? PATIENT : DOCTOR, datagram);
            } else {
                driver.rtcp((how & 2) == 0 ? PATIENT : DOCTOR, datagram);
            }
        }
        driver.advanceMs(4000);
        checkOutputs(driver);
    }

    /** Whatever came in, what goes out is sound. */
    static void checkOutputs(CallDriver driver) {
        for (CallDriver.Sent sent : driver.sent) {
            if (sent.rtcp()) {
                sent.messages();
            } else {
                sent.rtp();
            }
        }
        driver.assertNoLeak();
    }
}
