package org.raabta.signaling.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The one reader of {@code raabta.conf} (HOCON). It learns the list of keys by reading them. */
public final class SettingsReader {
    private static final int MIN_KEY_LENGTH = 16;

    private final Config config;
    private final Set<String> known = new TreeSet<>();

    private SettingsReader(Config config) {
        this.config = config;
    }

    /** The file that {@code flags} name (none is fine), overridden by the flags themselves. */
    public static Settings read(Flags flags) throws SettingsException {
        Config config = ConfigFactory.empty();
        if (flags.config().isPresent()) {
            config = parse(flags.config().get());
        }
        return read(config, flags);
    }

    /** Every key there is, sorted. */
    public static Set<String> keys() {
        SettingsReader reader = new SettingsReader(ConfigFactory.empty());
        try {
            reader.settings(Flags.NONE);
        } catch (SettingsException e) {
            throw new IllegalStateException("the defaults must be valid", e);
        }
        return reader.known;
    }

    static Settings read(Config config, Flags flags) throws SettingsException {
        SettingsReader reader = new SettingsReader(config);
        Settings settings = reader.settings(flags);
        for (Map.Entry<String, ?> entry : new java.util.TreeMap<>(config.root().unwrapped()).entrySet()) {
            reader.refuseUnknown(entry.getKey(), entry.getValue());
        }
        return settings;
    }

    private static Config parse(Path file) throws SettingsException {
        if (!Files.isReadable(file)) {
            throw new SettingsException("--config: cannot read " + file);
        }
        try {
            return ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF))
                    .resolve();
        } catch (ConfigException e) {
            throw new SettingsException("--config: " + oneLine(e));
        }
    }

    private Settings settings(Flags flags) throws SettingsException {
        Path data = flags.data().orElse(value("data", Path.of("data"), SettingsReader::path));
        Optional<String> publicUrl = optional("public-url", SettingsReader::publicUrl);
        HostPort http = flags.http().orElse(value("http.listen", new HostPort("127.0.0.1", 8080), HostPort::parse));
        HostPort https = flags.https().orElse(value("https.listen", new HostPort("0.0.0.0", 8443), HostPort::parse));
        Optional<Path> certificate = optional("https.certificate", SettingsReader::path);
        Optional<Path> key = optional("https.key", SettingsReader::path);
        if (certificate.isPresent() != key.isPresent()) {
            throw new SettingsException(
                    (key.isPresent() ? "https.certificate" : "https.key") + ": certificate and key go together");
        }
        HostPort media = flags.media()
                .orElse(value("media.advertise", new HostPort(Settings.Media.AUTO, 9000), HostPort::parse));
        return new Settings(
                data,
                publicUrl,
                http,
                new Settings.Https(https, certificate, key),
                new Settings.Media(media, optional("media.bind", Function.identity()), number("media.loops", 0, 0, 64)),
                new Settings.Keys(
                        optional("keys.clinic", SettingsReader::secret),
                        optional("keys.operator", SettingsReader::secret),
                        optional("keys.storage", SettingsReader::secret)),
                new Settings.Clinic(
                        value("clinic.emergency-number", "1122", SettingsReader::phone),
                        optional("clinic.name", SettingsReader::name),
                        value("clinic.time-zone", ZoneId.systemDefault(), SettingsReader::zone),
                        duration("clinic.keep-place", Duration.ofMinutes(15), Duration.ZERO),
                        amount("clinic.price-per-mb", 10_000)),
                new Settings.Consults(
                        duration("consults.lifetime", Duration.ofHours(24), Duration.ofMinutes(1)),
                        duration("consults.max-lifetime", Duration.ofDays(30), Duration.ofMinutes(1)),
                        duration("consults.keep-events", Duration.ofDays(30), Duration.ofHours(1))),
                transfers(),
                flags.profile().orElse(value("profile", "default", Function.identity())),
                new Settings.Limits(
                        size("limits.body", 64 * 1024, 1024, 1024 * 1024),
                        number("limits.connections-per-address", 256, 1, 100_000),
                        duration("limits.request-timeout", Duration.ofMinutes(2), Duration.ofSeconds(1)),
                        number("limits.bad-tokens-per-minute", 30, 1, 10_000)),
                duration("drain", Duration.ofSeconds(5), Duration.ofMillis(100)));
    }

    private Settings.Transfers transfers() throws SettingsException {
        int mostBytes = (1 << 24) - 1;
        return new Settings.Transfers(
                size("transfers.photo", 4 << 20, 1024, mostBytes),
                size("transfers.note", 2 << 20, 1024, mostBytes),
                bytes("transfers.consult", 64L << 20, 1024),
                number("transfers.consult-files", 200, 1, 10_000),
                bytes("transfers.clinic", 20L << 30, 1024),
                bytes("transfers.keep-free", 256L << 20, 0),
                duration("transfers.keep", Duration.ofDays(90), Duration.ofMinutes(1)),
                duration("transfers.keep-partial", Duration.ofHours(24), Duration.ofSeconds(1)),
                duration("transfers.finish", Duration.ofHours(1), Duration.ZERO));
    }

    private <T> T value(String key, T byDefault, Function<String, T> parse) throws SettingsException {
        return optional(key, parse).orElse(byDefault);
    }

    private <T> Optional<T> optional(String key, Function<String, T> parse) throws SettingsException {
        if (!present(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(config.getString(key)));
        } catch (ConfigException.WrongType e) {
            throw new SettingsException(key + ": must be text");
        } catch (IllegalArgumentException e) {
            throw new SettingsException(key + ": " + e.getMessage());
        }
    }

    private int number(String key, int byDefault, int least, int most) throws SettingsException {
        if (!present(key)) {
            return byDefault;
        }
        try {
            int number = config.getInt(key);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ConfigException e) {
            throw new SettingsException(key + ": must be a whole number");
        }
        throw new SettingsException(key + ": must be " + least + " to " + most);
    }

    private OptionalDouble amount(String key, double most) throws SettingsException {
        if (!present(key)) {
            return OptionalDouble.empty();
        }
        try {
            double amount = config.getDouble(key);
            if (amount >= 0 && amount <= most) {
                return OptionalDouble.of(amount);
            }
        } catch (ConfigException e) {
            throw new SettingsException(key + ": must be a number");
        }
        throw new SettingsException(key + ": must be 0 to " + (long) most);
    }

    private int size(String key, int byDefaultBytes, int leastBytes, int mostBytes) throws SettingsException {
        long bytes = bytes(key, byDefaultBytes, 0);
        if (bytes < leastBytes || bytes > mostBytes) {
            throw new SettingsException(key + ": must be " + leastBytes + " to " + mostBytes + " bytes");
        }
        return (int) bytes;
    }

    /** As large as anybody likes. */
    private long bytes(String key, long byDefaultBytes, long leastBytes) throws SettingsException {
        if (!present(key)) {
            return byDefaultBytes;
        }
        withUnit(key, "64kB");
        long bytes;
        try {
            bytes = config.getMemorySize(key).toBytes();
        } catch (ConfigException | ArithmeticException e) {
            throw new SettingsException(key + ": must be a size such as 64kB");
        }
        if (bytes < leastBytes) {
            throw new SettingsException(key + ": must be at least " + leastBytes + " bytes");
        }
        return bytes;
    }

    private Duration duration(String key, Duration byDefault, Duration least) throws SettingsException {
        if (!present(key)) {
            return byDefault;
        }
        withUnit(key, "10m");
        try {
            Duration duration = config.getDuration(key);
            if (duration.compareTo(least) >= 0) {
                return duration;
            }
        } catch (ConfigException e) {
            throw new SettingsException(key + ": must be a time such as 10m");
        }
        throw new SettingsException(key + ": must be at least " + least.toMillis() + "ms");
    }

    /** HOCON takes a bare number as milliseconds or bytes; here the unit is part of the value. */
    private void withUnit(String key, String example) throws SettingsException {
        if (config.getValue(key).valueType() == ConfigValueType.NUMBER
                || !config.getString(key).matches(".*[A-Za-z]\\s*")) {
            throw new SettingsException(key + ": needs a unit, such as " + example);
        }
    }

    private boolean present(String key) throws SettingsException {
        known.add(key);
        try {
            return config.hasPath(key);
        } catch (ConfigException e) {
            throw new SettingsException(key + ": " + oneLine(e));
        }
    }

    private void refuseUnknown(String path, Object value) throws SettingsException {
        if (known.contains(path)) {
            return;
        }
        boolean prefix = known.stream().anyMatch(key -> key.startsWith(path + "."));
        if (prefix && value instanceof Map<?, ?> below) {
            for (Map.Entry<?, ?> entry : below.entrySet()) {
                refuseUnknown(path + "." + entry.getKey(), entry.getValue() == null ? "" : entry.getValue());
            }
        } else {
            throw new SettingsException(path + ": unknown key");
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path", e);
        }
    }

    private static String publicUrl(String text) {
        if (!text.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+")) {
            throw new IllegalArgumentException("must be http(s)://HOST or http(s)://HOST:PORT");
        }
        return text;
    }

    private static String name(String text) {
        if (text.isBlank() || text.length() > 80 || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be 1 to 80 printable characters");
        }
        return text.strip();
    }

    private static String phone(String text) {
        if (!text.matches("\\+?[0-9]{2,15}")) {
            throw new IllegalArgumentException("must be 2 to 15 digits, with a plus sign before them or without");
        }
        return text;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time zone such as Asia/Karachi", e);
        }
    }

    private static String secret(String text) {
        if (!text.matches("[\\x21-\\x7e]{" + MIN_KEY_LENGTH + ",200}")) {
            throw new IllegalArgumentException("must be 16 to 200 printable characters without spaces");
        }
        return text;
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
