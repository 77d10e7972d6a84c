package org.raabta.signaling.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String EVERY_KEY = """
            data = /tmp/somewhere
            public-url = "https://clinic.example"
            http.listen = "0.0.0.0:80"
            https { listen = "[::]:443", certificate = a.crt, key = a.key }
            media { advertise = "203.0.113.5:9100", bind = "10.0.0.1", loops = 3 }
            keys { clinic = "clinic-key-of-sixteen", operator = "operator-key-of-16", storage = "storage-key-of-16" }
            clinic { emergency-number = "+92042115", name = " Clinic <1> ", time-zone = Asia/Karachi, keep-place = 7m, price-per-mb = 0.4 }
            consults { lifetime = 2h, max-lifetime = 7d, keep-events = 2d }
            transfers { photo = 1MB, note = 2MB, consult = 3GB, consult-files = 4, clinic = 5GB, keep-free = 6MB }
            transfers { keep = 7d, keep-partial = 8h, finish = 9m }
            profile = rural-2g
            limits { body = 32kB, connections-per-address = 10, request-timeout = 1m, bad-tokens-per-minute = 5 }
            drain = 1s
            """;

    @Test
    void defaultsArePinned() throws SettingsException {
        assertThat(SettingsReader.read(Flags.NONE))
                .isEqualTo(new Settings(
                        Path.of("data"),
                        Optional.empty(),
                        new HostPort("127.0.0.1", 8080),
                        new Settings.Https(new HostPort("0.0.0.0", 8443), Optional.empty(), Optional.empty()),
                        new Settings.Media(new HostPort("auto", 9000), Optional.empty(), 0),
                        new Settings.Keys(Optional.empty(), Optional.empty(), Optional.empty()),
                        new Settings.Clinic(
                                "1122",
                                Optional.empty(),
                                ZoneId.systemDefault(),
                                Duration.ofMinutes(15),
                                OptionalDouble.empty()),
                        new Settings.Consults(Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(30)),
                        new Settings.Transfers(
                                4 << 20,
                                2 << 20,
                                64 << 20,
                                200,
                                20L << 30,
                                256 << 20,
                                Duration.ofDays(90),
                                Duration.ofHours(24),
                                Duration.ofHours(1)),
                        "default",
                        new Settings.Limits(65_536, 256, Duration.ofMinutes(2), 30),
                        Duration.ofSeconds(5)));
    }

    @Test
    void everyKeyMaps() throws SettingsException {
        var config = ConfigFactory.parseString(EVERY_KEY);
        Set<String> given = new TreeSet<>();
        config.entrySet().forEach(entry -> given.add(entry.getKey()));
        assertThat(given).as("the example names every key").isEqualTo(SettingsReader.keys());
        assertThat(SettingsReader.read(config, Flags.NONE))
                .isEqualTo(new Settings(
                        Path.of("/tmp/somewhere"),
                        Optional.of("https://clinic.example"),
                        new HostPort("0.0.0.0", 80),
                        new Settings.Https(
                                new HostPort("::", 443), Optional.of(Path.of("a.crt")), Optional.of(Path.of("a.key"))),
                        new Settings.Media(new HostPort("203.0.113.5", 9100), Optional.of("10.0.0.1"), 3),
                        new Settings.Keys(
                                Optional.of("clinic-key-of-sixteen"),
                                Optional.of("operator-key-of-16"),
                                Optional.of("storage-key-of-16")),
                        new Settings.Clinic(
                                "+92042115",
                                Optional.of("Clinic <1>"),
                                ZoneId.of("Asia/Karachi"),
                                Duration.ofMinutes(7),
                                OptionalDouble.of(0.4)),
                        new Settings.Consults(Duration.ofHours(2), Duration.ofDays(7), Duration.ofDays(2)),
                        new Settings.Transfers(
                                1_000_000,
                                2_000_000,
                                3_000_000_000L,
                                4,
                                5_000_000_000L,
                                6_000_000,
                                Duration.ofDays(7),
                                Duration.ofHours(8),
                                Duration.ofMinutes(9)),
                        "rural-2g",
                        new Settings.Limits(32_000, 10, Duration.ofMinutes(1), 5),
                        Duration.ofSeconds(1)));
    }

    @Test
    void everyKeyIsDocumentedAndNoOther() throws Exception {
        Path doc = Path.of("..", "docs", "settings.md");
        Matcher rows =
                Pattern.compile("^\\| `([a-z.-]+)` \\|", Pattern.MULTILINE).matcher(Files.readString(doc));
        Set<String> documented = new TreeSet<>();
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        assertThat(documented).isEqualTo(SettingsReader.keys());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    htp.listen = "a:1"                | htp: unknown key
                    clinic.emergency-number = "1"     | clinic.emergency-number: must be 2 to 15 digits, with a plus sign before them or without
                    clinic.emergency-number = "<b>"   | clinic.emergency-number: must be 2 to 15 digits, with a plus sign before them or without
                    clinic.name = ""                  | clinic.name: must be 1 to 80 printable characters
                    clinic.time-zone = Lahore         | clinic.time-zone: must be a time zone such as Asia/Karachi
                    clinic.price-per-mb = cheap       | clinic.price-per-mb: must be a number
                    clinic.price-per-mb = -1          | clinic.price-per-mb: must be 0 to 10000
                    http.port = 80                    | http.port: unknown key
                    http.listen = "nowhere"           | http.listen: needs HOST:PORT
                    http.listen = "a:65536"           | http.listen: the port must be 0 to 65535
                    http.listen = { a = 1 }           | http.listen
                    consults.lifetime = 10            | consults.lifetime: needs a unit
                    consults.lifetime = "10"          | consults.lifetime: needs a unit
                    consults.lifetime = "ten days"    | consults.lifetime: must be a time
                    limits.body = 64000               | limits.body: needs a unit
                    limits.body = 1GB                 | limits.body: must be
                    media.loops = 65                  | media.loops: must be 0 to 64
                    media.loops = many                | media.loops: must be a whole number
                    keys.clinic = short               | keys.clinic: must be
                    https.certificate = a.crt         | https.key: certificate and key go together
                    public-url = "ftp://x"            | public-url: must be
                    """)
    void wrongSettingsAreRefusedByName(String line, String message) {
        assertThatThrownBy(() -> SettingsReader.read(ConfigFactory.parseString(line), Flags.NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void flagsWin() throws SettingsException {
        Flags flags = Flags.parse(List.of(
                "--demo",
                "--data",
                "d",
                "--http",
                "127.0.0.1:0",
                "--https",
                "[::1]:0",
                "--media",
                "10.1.1.1:0",
                "--profile",
                "./my.profile"));
        Settings settings = SettingsReader.read(ConfigFactory.parseString(EVERY_KEY), flags);
        assertThat(flags.demo()).isTrue();
        assertThat(settings.data()).isEqualTo(Path.of("d"));
        assertThat(settings.http()).isEqualTo(new HostPort("127.0.0.1", 0));
        assertThat(settings.https().listen()).isEqualTo(new HostPort("::1", 0));
        assertThat(settings.media().advertise()).isEqualTo(new HostPort("10.1.1.1", 0));
        assertThat(settings.profile()).isEqualTo("./my.profile");
    }

    @ParameterizedTest
    @CsvSource({"--what,--what: unknown flag", "--http,--http: needs a value", "--config nowhere.conf,--config: cannot"
    })
    void wrongFlagsAreRefusedByName(String line, String message) {
        assertThatThrownBy(() -> SettingsReader.read(Flags.parse(List.of(line.split(" ")))))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message);
    }
}
