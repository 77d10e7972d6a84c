package org.raabta.bench.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneMeterTest {
    private static final int RATE = Tone.SAMPLE_RATE;

    @ParameterizedTest
    @ValueSource(doubles = {300, 440, 997, 1500, 3402.5})
    void namesAPureToneAndFindsMostOfTheEnergyInIt(double hz) {
        ToneMeter meter = new ToneMeter(RATE);
        Tone tone = new Tone(hz);
        boolean full = false;
        while (!full) {
            full = takeFrame(meter, tone.nextFrame());
        }
        ToneMeter.Heard heard = meter.heard().orElseThrow();
        assertThat((double) heard.hz()).isBetween(hz - 2.5, hz + 2.5);
        assertThat(heard.share()).isBetween(0.8, 1.0);
    }

    @Test
    void noiseIsNoTone() {
        long seed = 20261123;
        Random random = new Random(seed);
        ToneMeter meter = new ToneMeter(RATE);
        while (!meter.take(random.nextGaussian() * 0.2)) {
            // fills the window
        }
        assertThat(meter.heard().orElseThrow().share())
                .as("share of the strongest tone in noise, seed %d", seed)
                .isLessThan(0.05);
    }

    @Test
    void quietIsSilence() {
        ToneMeter meter = new ToneMeter(RATE);
        while (!meter.take(0.001)) {
            // fills the window
        }
        assertThat(meter.heard()).isEmpty();
    }

    private static boolean takeFrame(ToneMeter meter, byte[] pcm) {
        boolean full = false;
        for (int at = 0; at < pcm.length && !full; at += 2) {
            full = meter.take((short) ((pcm[at] & 0xff) | (pcm[at + 1] << 8)) / (double) Short.MAX_VALUE);
        }
        return full;
    }
}
