package dev.windlass.activities.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Sorted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a restored copy of a database is compared with. It may be megabytes, so it lives in a file of the set and
 * never in a payload.
 *
 * @param format {@value #FORMAT}
 * @param snapshotAt by the server's clock
 * @param bytes pg_database_size
 * @param superuser the server's first superuser, who may have granted roles to others
 * @param properties encoding, collation and the like, and the settings of the database; values of settings are hashed,
 *     since people keep secrets in them
 * @param extensions installed version by name; followed by {@code " of "} and the server's newest where that differs
 * @param largeObjects {@code count} and {@code hash}
 * @param objects constraints, indexes, triggers, policies, views and the like: a state by kind and name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatabaseFacts(
        String format,
        DatabaseName database,
        String serverVersion,
        Instant snapshotAt,
        long bytes,
        String superuser,
        SortedMap<String, String> properties,
        SortedMap<String, String> extensions,
        List<TableFacts> tables,
        List<SequenceFacts> sequences,
        LargeObjects largeObjects,
        SortedMap<String, String> objects) {
    static final String FORMAT = "windlass-facts/1";

    public DatabaseFacts {
        properties = Sorted.copyOf(properties);
        extensions = Sorted.copyOf(extensions);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        objects = Sorted.copyOf(objects);
    }

    public record LargeObjects(long count, String hash) {}

    /** The same for the same rows under the same schema. Sequences are left out: they move without a row. */
    public String fingerprint() {
        try {
            byte[] content = PayloadJson.mapper().writeValueAsBytes(List.of(tables, extensions, largeObjects, objects));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("facts are JSON, and every Java platform has SHA-256", impossible);
        }
    }

    public long rows() {
        return tables.stream().mapToLong(TableFacts::rows).sum();
    }

    DatabaseSummary summary() {
        return new DatabaseSummary(database, serverVersion, snapshotAt, tables.size(), rows(), bytes);
    }

    Map<TableName, TableFacts> tablesByName() {
        Map<TableName, TableFacts> byName = new TreeMap<>();
        tables.forEach(table -> byName.put(table.table(), table));
        return byName;
    }

    /** What CREATE DATABASE must say so that a copy sorts and encodes as the original; from template0. */
    String createOptions() {
        String options = "ENCODING " + literal("encoding") + " LC_COLLATE " + literal("collate") + " LC_CTYPE "
                + literal("ctype");
        return switch (properties.getOrDefault("locale provider", "c")) {
            case "i" -> options + " LOCALE_PROVIDER icu ICU_LOCALE " + literal("locale");
            case "b" -> options + " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + literal("locale");
            default -> options;
        };
    }

    private String literal(String property) {
        return "'" + properties.getOrDefault(property, "").replace("'", "''") + "'";
    }

    /** @param out stays open */
    void write(OutputStream out) throws IOException {
        out.write(PayloadJson.mapper().writeValueAsBytes(this));
    }

    static DatabaseFacts read(InputStream in) throws IOException {
        DatabaseFacts facts = PayloadJson.mapper().readValue(in, DatabaseFacts.class);
        if (!facts.format.equals(FORMAT)) {
            throw new IOException("facts of format " + facts.format + ", this version reads " + FORMAT);
        }
        return facts;
    }
}
