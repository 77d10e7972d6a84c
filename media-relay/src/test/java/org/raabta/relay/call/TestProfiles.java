package org.raabta.relay.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.raabta.adapter.profile.Profile;

/** The shipped profiles, for tests: production code reads no files down here. */
public final class TestProfiles {
    private TestProfiles() {}

    public static Profile shipped(String name) {
        try (InputStream in = Profile.class.getResourceAsStream(name + ".profile")) {
            return Profile.parse(name, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
