package org.raabta.signaling.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.raabta.adapter.profile.Preference;
import org.raabta.adapter.profile.Profile;

class ProfilesTest {
    private static final java.util.List<String> SHIPPED = Profile.SHIPPED;

    @TempDir
    private Path data;

    private String good = "";

    @BeforeEach
    void readOne() throws Exception {
        try (InputStream in = Profile.class.getResourceAsStream("default.profile")) {
            good = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(good).contains("\npreference = motion\n");
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void whatIsShippedCanBeUsed(String name) throws Exception {
        assertThat(ProfileFiles.read(name).name()).isEqualTo(name);
    }

    @Test
    void aFileIsReadAnewAndABrokenOneLeavesTheLastGood() throws Exception {
        Path file = Files.writeString(data.resolve("clinic.profile"), good);
        Profiles profiles = new Profiles(file.toString(), data.resolve("profiles"));
        assertThat(profiles.current(Optional.empty()).preference()).isEqualTo(Preference.MOTION);
        Files.writeString(file, good.replace("\npreference = motion\n", "\npreference = detail\n"));
        assertThat(profiles.current(Optional.empty()).preference())
                .as("without a restart")
                .isEqualTo(Preference.DETAIL);
        Files.writeString(file, "preference = speed\n");
        assertThat(profiles.current(Optional.empty()).preference()).isEqualTo(Preference.DETAIL);
        Files.delete(file);
        assertThat(profiles.current(Optional.empty()).preference()).isEqualTo(Preference.DETAIL);
        assertThat(profiles.current(Optional.of("never-there")).preference())
                .as("the deployment's serves where nothing else can")
                .isEqualTo(Preference.DETAIL);
    }

    @Test
    void aBrokenProfileIsNamedWithLineAndKeyInOneLine() throws Exception {
        Path file = Files.writeString(data.resolve("clinic.profile"), "# mine\npreference = speed\n");
        assertThatThrownBy(() -> new Profiles(file.toString(), data))
                .isInstanceOf(UnusableProfileException.class)
                .hasMessageStartingWith("clinic.profile, line 2, preference: ")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> new Profiles("rurall", data))
                .isInstanceOf(UnusableProfileException.class)
                .hasMessageContaining("rurall: no such file, and the names are default, rural-2g");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> ProfileFiles.read(file.toString())).isInstanceOf(UnusableProfileException.class);
        Files.write(file, new byte[300_000]);
        assertThatThrownBy(() -> ProfileFiles.read(file.toString())).hasMessageEndingWith("too large");
    }

    @Test
    void consultationsAskByNameAndNeverByPath() throws Exception {
        Path directory = Files.createDirectory(data.resolve("profiles"));
        Files.writeString(directory.resolve("valley.profile"), good);
        Files.writeString(directory.resolve("broken.profile"), "preference = speed\n");
        Files.writeString(directory.resolve("Odd Name.profile"), good);
        Files.writeString(data.resolve("outside.profile"), good);
        Profiles profiles = new Profiles("default", directory);
        assertThat(refusal(profiles, "rural-2g")).isEmpty();
        assertThat(refusal(profiles, "valley")).isEmpty();
        assertThat(refusal(profiles, "broken"))
                .hasValueSatisfying(why -> assertThat(why).startsWith("broken.profile, line 1, preference: "));
        assertThat(refusal(profiles, "../outside"))
                .contains("unknown; known are " + String.join(", ", SHIPPED) + ", broken, valley");
        assertThat(refusal(profiles, data.resolve("outside.profile").toString()))
                .isPresent();
        assertThat(refusal(profiles, "")).isPresent();
        assertThat(profiles.current(Optional.of("valley")).name()).isEqualTo("valley");
    }

    private static Optional<String> refusal(Profiles profiles, String name) throws Exception {
        return profiles.refusal(name).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
