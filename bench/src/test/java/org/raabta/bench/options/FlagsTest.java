package org.raabta.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
    private static final Set<String> KNOWN = Set.of("--link", "--speed", "--count", "--out");
    private static final List<String> SPEEDS = List.of("slow", "fast");

    @TempDir
    Path directory = Path.of("");

    @Test
    void whatIsNotGivenIsOtherwise() throws Exception {
        Flags none = Flags.read(List.of(), KNOWN);
        assertThat(none.one("--speed", SPEEDS, Function.identity())).isEmpty();
        assertThat(none.one("--speed", SPEEDS, Function.identity(), "slow")).isEqualTo("slow");
        assertThat(none.number("--count", 7, 1, 9)).isEqualTo(7);
    }

    @Test
    void whatIsGivenIsTaken() throws Exception {
        Flags flags = Flags.read(List.of("--count", "9", "--speed", "fast", "--out", "-"), KNOWN);
        assertThat(flags.one("--speed", SPEEDS, Function.identity(), "slow")).isEqualTo("fast");
        assertThat(flags.number("--count", 7, 1, 9)).isEqualTo(9);
        assertThat(flags.path("--out")).isEqualTo(Path.of("-"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lank cliff | unknown option --lank; known are --count, --link, --out, --speed",
                "--link --out d | --link needs a value",
                "--link | --link needs a value",
                "--out a --out a | --out is given twice",
                "--speed none | --speed: known are slow, fast",
                "--count 10 | --count must be a whole number from 1 to 9",
                "--count 0 | --count must be a whole number from 1 to 9",
                "--count 99999999999999999999 | --count must be a whole number from 1 to 9",
                "--count 1 | --out is missing",
                "--out d | --link is missing",
                "--out d --link nowhere | --link: unknown link; known are gprs-rural",
                "--out d --link ./no.conf | --link: there is no file no.conf"
            })
    void whatIsWrongIsNamed(String arguments, String message) {
        assertThatThrownBy(() -> {
                    Flags flags = Flags.read(List.of(arguments.split(" ")), KNOWN);
                    flags.one("--speed", SPEEDS, Function.identity());
                    flags.number("--count", 7, 1, 9);
                    flags.path("--out");
                    flags.link("--link");
                })
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aFileThatIsThereComesBeforeTheShippedLinks() throws Exception {
        Path file = directory.resolve("mine.conf");
        Files.writeString(file, "rate = soon");
        assertThatThrownBy(() ->
                        Flags.read(List.of("--link", file.toString()), KNOWN).link("--link"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--link: mine.conf");
        assertThat(Flags.read(List.of("--link", "cliff"), KNOWN).link("--link").name())
                .isEqualTo("cliff");
    }
}
