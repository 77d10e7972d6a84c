package org.raabta.bench.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transform, correlation, resampling: against definitions and stored values. */
class SignalTest {
    private static final long SEED = 20_261_123;

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 64, 512})
    void transformIsTheDefinition(int size) {
        Random random = new Random(SEED);
        double[] re = random.doubles(size, -1, 1).toArray();
        double[] im = random.doubles(size, -1, 1).toArray();
        double[] gotRe = re.clone();
        double[] gotIm = im.clone();
        Fft fft = new Fft(size);
        fft.forward(gotRe, gotIm);
        for (int k = 0; k < size; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int n = 0; n < size; n++) {
                double angle = -2 * Math.PI * k * n / size;
                sumRe += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
                sumIm += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
            }
            assertThat(gotRe[k]).as("seed %d, bin %d", SEED, k).isCloseTo(sumRe, within(1e-9));
            assertThat(gotIm[k]).as("seed %d, bin %d", SEED, k).isCloseTo(sumIm, within(1e-9));
        }
        fft.inverse(gotRe, gotIm);
        assertThat(gotRe).as("seed %d", SEED).containsExactly(re, within(1e-12));
    }

    @Test
    void onlyPowersOfTwo() {
        assertThatThrownBy(() -> new Fft(48)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Fft.sizeFor(1)).isEqualTo(2);
        assertThat(Fft.sizeFor(512)).isEqualTo(512);
        assertThat(Fft.sizeFor(513)).isEqualTo(1024);
    }

    @Test
    void correlationAgreesWithTheOtherImplementation() throws IOException {
        Reference reference = Reference.load();
        double[] clean = reference.clean();
        double[] noisy = reference.damaged("noise0");
        Correlation correlation = new Correlation();
        int cases = 0;
        for (JsonNode lag : reference.expected().get("correlation")) {
            double[] longer = Arrays.copyOfRange(
                    clean, lag.get("searchFrom").asInt(), lag.get("searchTo").asInt());
            double[] shorter = Arrays.copyOfRange(
                    noisy, lag.get("from").asInt(), lag.get("to").asInt());
            Correlation.Peak peak = correlation.peak(longer, shorter);
            assertThat(peak.index()).isEqualTo(lag.get("best").asInt());
            assertThat(peak.similarity()).isCloseTo(lag.get("value").asDouble(), within(1e-6));
            assertThat(correlation.normalised(longer, shorter)[100])
                    .isCloseTo(lag.get("at100").asDouble(), within(1e-6));
            cases++;
        }
        assertThat(cases).isGreaterThan(5);
    }

    @Test
    void silenceResemblesNothing() {
        double[] values = new Correlation().normalised(new double[100], new double[10]);
        assertThat(values).hasSize(91).containsOnly(0);
        assertThatThrownBy(() -> new Correlation().peak(new double[3], new double[4]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"48000,10000,1000", "48000,8000,440", "22050,48000,3000", "10000,48000,700", "48000,10000,4000"})
    void resamplingKeepsATone(int fromHz, int toHz, double toneHz) {
        float[] in = tone(fromHz, toneHz);
        float[] out = Resampler.between(fromHz, toHz).apply(in);
        float[] ideal = tone(toHz, toneHz);
        assertThat(out).hasSize(ideal.length);
        for (int i = toHz / 20; i < out.length - toHz / 20; i++) {
            assertThat(out[i]).isCloseTo(ideal[i], within(0.002f));
        }
    }

    @Test
    void whatTheLowerRateCannotHoldIsRemoved() {
        float[] out = Resampler.between(48_000, 10_000).apply(tone(48_000, 7000));
        for (int i = 500; i < out.length - 500; i++) {
            assertThat(out[i]).isCloseTo(0, within(0.001f));
        }
    }

    @Test
    void percentilesInterpolate() {
        assertThat(Percentiles.of(new double[0], 0.5)).isEmpty();
        assertThat(Percentiles.of(new double[] {7}, 0.95)).hasValue(7);
        assertThat(Percentiles.of(new double[] {4, 1, 3, 2}, 0.5)).hasValue(2.5);
        assertThat(Percentiles.of(new double[] {4, 1, 3, 2}, 1)).hasValue(4);
    }

    private static float[] tone(int rateHz, double toneHz) {
        float[] out = new float[rateHz / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (0.5 * Math.sin(2 * Math.PI * toneHz * i / rateHz));
        }
        return out;
    }
}
