package org.raabta.bench.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EstoiTest {
    private final Estoi estoi = new Estoi();

    static List<String> recipes() throws IOException {
        return StreamSupport.stream(
                        ((Iterable<String>) () -> {
                                    try {
                                        return Reference.load()
                                                .expected()
                                                .get("estoi")
                                                .fieldNames();
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                })
                                .spliterator(),
                        false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void agreesWithTheOtherImplementation(String recipe) throws IOException {
        Reference reference = Reference.load();
        double expected = reference.expected().get("estoi").get(recipe).asDouble();
        assertThat(estoi.of(reference.clean(), reference.damaged(recipe)).orElseThrow())
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void agreesAfterResamplingFrom48kHz() throws IOException {
        Reference reference = Reference.load();
        double[] clean = thereAndBack(reference.clean());
        double[] noisy = thereAndBack(reference.damaged("noise5"));
        assertThat(estoi.of(clean, noisy).orElseThrow())
                .isCloseTo(reference.expected().get("estoiNoise5At48kHz").asDouble(), within(0.002));
    }

    @Test
    void loudnessDoesNotMatter() throws IOException {
        Reference reference = Reference.load();
        double[] loud =
                Arrays.stream(reference.damaged("noise5")).map(v -> v * 3).toArray();
        assertThat(estoi.of(reference.clean(), loud).orElseThrow())
                .isCloseTo(reference.expected().get("estoi").get("noise5").asDouble(), within(1e-6));
    }

    @Test
    void tooLittleSpeechIsNotMeasured() throws IOException {
        double[] clean = Arrays.copyOf(Reference.load().clean(), 3000);
        assertThat(estoi.of(clean, clean)).isEmpty();
        assertThat(estoi.of(new double[0], new double[0])).isEmpty();
        assertThatThrownBy(() -> estoi.of(new double[5], new double[6])).hasMessageContaining("one length");
    }

    private static double[] thereAndBack(double[] at10kHz) {
        float[] in = new float[at10kHz.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) at10kHz[i];
        }
        Recording up = new Recording(in, Estoi.RATE_HZ, 0).atRate(48_000);
        return up.atRate(Estoi.RATE_HZ).slice(0, in.length);
    }
}
