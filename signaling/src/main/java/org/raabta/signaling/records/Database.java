package org.raabta.signaling.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Plain SQL through JDBI that PostgreSQL takes as well; every call blocks. */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** The embedded database in {@code directory}, made and migrated as needed. */
    public static Database embedded(Path directory) {
        // WRITE_DELAY=0: what was acknowledged survives a kill; the default may lose the last half second.
        // RETENTION_TIME: from
        // 45 s on the default writes new chunks into the space of old ones, and a file that was not closed is then
        // opened at an
        // older state (seen: consultations of the last seconds gone after kill -9). Space is given back at a clean end.
        return open("jdbc:h2:file:" + directory.toAbsolutePath().resolve("raabta") + ";WRITE_DELAY=0;RETENTION_TIME="
                + Integer.MAX_VALUE + ";DB_CLOSE_ON_EXIT=FALSE");
    }

    static Database open(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("raabta");
        config.setPassword("");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        config.setPoolName("records");
        HikariDataSource pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    void insert(ConsultRow row) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate(
                            "INSERT INTO consult (id, patient_name, language, created_at, opens_at, expires_at, demo,"
                                    + " profile) VALUES (:id, :name, :language, :created, :opens, :expires, :demo, :profile)")
                    .bind("id", row.id())
                    .bind("name", row.patientName())
                    .bind("language", row.language())
                    .bind("created", row.createdAt())
                    .bind("opens", row.opensAt().map(Timestamp::from).orElse(null))
                    .bind("expires", row.expiresAt())
                    .bind("demo", row.demo())
                    .bind("profile", row.profile())
                    .execute();
            for (String role : new TreeSet<>(row.invited())) {
                handle.createUpdate("INSERT INTO invite (consult_id, role, issued_at, expires_at)"
                                + " VALUES (:id, :role, :issued, :expires)")
                        .bind("id", row.id())
                        .bind("role", role)
                        .bind("issued", row.createdAt())
                        .bind("expires", row.expiresAt())
                        .execute();
            }
        });
    }

    Optional<ConsultRow> find(long consult) {
        return jdbi.withHandle(handle -> find(handle, consult));
    }

    static Optional<ConsultRow> find(Handle handle, long consult) {
        return one(handle, "WHERE id = :id", consult, Instant.EPOCH);
    }

    Optional<ConsultRow> liveDemo(Instant expiresAfter) {
        return jdbi.withHandle(handle -> one(
                handle,
                "WHERE demo AND ended_at IS NULL AND expires_at > :after ORDER BY created_at DESC FETCH FIRST 1 ROW ONLY",
                0,
                expiresAfter));
    }

    void admitted(long consult, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE consult SET admitted_at = :at WHERE id = :id AND admitted_at IS NULL")
                .bind("at", at)
                .bind("id", consult)
                .execute());
    }

    void ended(long consult, Instant at, String by) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE consult SET ended_at = :at, ended_by = :by WHERE id = :id AND ended_at IS NULL")
                .bind("at", at)
                .bind("by", by)
                .bind("id", consult)
                .execute());
    }

    void insert(QualityRecord record) {
        jdbi.useTransaction(handle -> QualitySql.insert(handle, record));
    }

    Optional<QualityRecord> report(long consult) {
        return jdbi.withHandle(handle -> QualitySql.find(handle, consult));
    }

    List<QualityRecord> reports(Instant from, Instant to) {
        return jdbi.withHandle(handle -> QualitySql.between(handle, from, to));
    }

    void audit(AuditEntry entry) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO audit (at, consult_id, actor, action, detail)"
                        + " VALUES (:at, :consult, :actor, :action, :detail)")
                .bind("at", entry.at())
                .bind("consult", entry.consult())
                .bind("actor", entry.actor())
                .bind("action", entry.action())
                .bind("detail", entry.detail())
                .execute());
    }

    List<AuditEntry> trail(long consult) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT at, consult_id, actor, action, detail FROM audit WHERE consult_id = :id ORDER BY id")
                .bind("id", consult)
                .map((rows, context) -> new AuditEntry(
                        rows.getTimestamp("at").toInstant(),
                        rows.getLong("consult_id"),
                        rows.getString("actor"),
                        rows.getString("action"),
                        rows.getString("detail")))
                .list());
    }

    <T extends @Nullable Object> T sql(Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    boolean answers() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one() == 1);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static Optional<ConsultRow> one(Handle handle, String where, long id, Instant after) {
        var query = handle.createQuery("SELECT id, patient_name, language, created_at, opens_at, expires_at,"
                + " admitted_at, ended_at, ended_by, demo, profile FROM consult " + where);
        var bound = where.contains(":id") ? query.bind("id", id) : query.bind("after", after);
        return bound.map((rows, context) -> row(rows, Set.of())).findFirst().map(row -> invited(handle, row));
    }

    private static ConsultRow invited(Handle handle, ConsultRow row) {
        Set<String> roles = new TreeSet<>(handle.createQuery("SELECT role FROM invite WHERE consult_id = :id")
                .bind("id", row.id())
                .mapTo(String.class)
                .list());
        return new ConsultRow(
                row.id(),
                row.patientName(),
                row.language(),
                row.createdAt(),
                row.opensAt(),
                row.expiresAt(),
                row.admittedAt(),
                row.endedAt(),
                row.endedBy(),
                row.demo(),
                row.profile(),
                Set.copyOf(roles));
    }

    private static ConsultRow row(ResultSet rows, Set<String> invited) throws SQLException {
        return new ConsultRow(
                rows.getLong("id"),
                Optional.ofNullable(rows.getString("patient_name")),
                Optional.ofNullable(rows.getString("language")),
                rows.getTimestamp("created_at").toInstant(),
                instant(rows, "opens_at"),
                rows.getTimestamp("expires_at").toInstant(),
                instant(rows, "admitted_at"),
                instant(rows, "ended_at"),
                Optional.ofNullable(rows.getString("ended_by")),
                rows.getBoolean("demo"),
                Optional.ofNullable(rows.getString("profile")),
                invited);
    }

    static Optional<Instant> instant(ResultSet rows, String column) throws SQLException {
        return Optional.ofNullable(rows.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
