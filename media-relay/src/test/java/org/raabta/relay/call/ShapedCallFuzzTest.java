package org.raabta.relay.call;

import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;

/**
 * The patient's payloads, whatever they are, towards a doctor with a plan. Each begins with two bytes: length; payload
 * type, marker, loss before it and the wait after it in the other.
 */
class ShapedCallFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyPayloadsAreShaped(byte[] input) {
        CallDriver driver = CallDriver.consultation();
        AudioPlan audio = new AudioPlan(8000, 60, input.length % 2 == 1, false);
        driver.plan(PATIENT, DOCTOR, Speech.plan(Rung.SLOW_VIDEO, audio, new VideoPlan(30, 5, 120)));
        int at = 0;
        int sequence = 0;
        while (at + 2 <= input.length) {
            int length = Math.min(input[at] & 0xFF, input.length - at - 2);
            int how = input[at + 1];
            int type = (how & 3) == 0 ? 111 : (how & 3) == 1 ? 63 : 96;
            sequence += 1 + (how >> 2 & 1);
            driver.rtp(
                    PATIENT,
                    Packets.packet()
                            .type(type)
                            .ssrc(type == 96 ? 2 : 1)
                            .marker((how & 8) != 0)
                            .sequence(sequence)
                            .timestamp(960 * sequence)
                            .payload(Arrays.copyOfRange(input, at + 2, at + 2 + length))
                            .bytes());
            at += 2 + length;
            driver.advanceMs((how & 0x70) / 4);
        }
        driver.advanceMs(4000);
        CallFuzzTest.checkOutputs(driver);
    }
}
