package org.raabta.bench.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.raabta.bench.material.WavFile;

/** What {@code src/test/reference/make_reference.py} stored, and its recipes for damaged signals carried out here. */
final class Reference {
    private final double[] clean;
    private final JsonNode expected;

    private Reference(double[] clean, JsonNode expected) {
        this.clean = clean;
        this.expected = expected;
    }

    static Reference load() throws IOException {
        float[] samples = WavFile.parse(bytes("clean.wav")).samples();
        double[] clean = new double[samples.length];
        Arrays.setAll(clean, i -> samples[i]);
        return new Reference(clean, new ObjectMapper().readTree(bytes("reference.json")));
    }

    double[] clean() {
        return clean.clone();
    }

    JsonNode expected() {
        return expected;
    }

    double[] damaged(String recipe) {
        int n = clean.length;
        double[] out = clean.clone();
        if (recipe.equals("noiseAlone")) {
            return noise();
        } else if (recipe.startsWith("noise")) {
            double gain = Math.pow(10, -Integer.parseInt(recipe.substring(5)) / 20.0);
            double[] noise = noise();
            Arrays.setAll(out, i -> clean[i] + noise[i] * gain);
        } else if (recipe.startsWith("average")) {
            int taps = Integer.parseInt(recipe.substring(7));
            Arrays.setAll(out, i -> {
                double sum = 0;
                for (int k = Math.max(0, i - taps + 1); k <= i; k++) {
                    sum += clean[k];
                }
                return sum / taps;
            });
        } else if (recipe.startsWith("gaps")) {
            int share = Integer.parseInt(recipe.substring(4));
            Arrays.setAll(out, i -> i % 6000 < 60 * share ? 0 : clean[i]);
        } else if (recipe.equals("late20ms")) {
            Arrays.setAll(out, i -> i < 200 ? 0 : clean[i - 200]);
        } else if (recipe.equals("reversed")) {
            Arrays.setAll(out, i -> clean[n - 1 - i]);
        } else if (recipe.equals("silence")) {
            Arrays.fill(out, 0);
        } else if (!recipe.equals("clean")) {
            throw new IllegalArgumentException(recipe);
        }
        return out;
    }

    /** As loud as the speech; the same numbers as the script's. */
    private double[] noise() {
        double[] noise = new double[clean.length];
        long state = 7;
        for (int i = 0; i < noise.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            noise[i] = (state >>> 11) / (double) (1L << 53) * 2 - 1;
        }
        double gain = Math.sqrt(energy(clean) / energy(noise));
        Arrays.setAll(noise, i -> noise[i] * gain);
        return noise;
    }

    private static double energy(double[] values) {
        return Arrays.stream(values).map(v -> v * v).sum();
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Reference.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
