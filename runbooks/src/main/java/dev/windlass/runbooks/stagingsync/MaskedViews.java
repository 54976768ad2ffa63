package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.recovery.TableReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Views in production that give the masked rows and nothing else, and a role that may read them alone. A person makes them, by the
 * script that stands here: Windlass changes nothing in production, and compares before each run.
 */
public final class MaskedViews {
    public static final String SCHEMA = "windlass_masked";

    /** What pg_get_viewdef says depends on it. */
    private static final String SEARCH_PATH = "SET LOCAL search_path = pg_catalog";

    private static final int LONGEST_NAME = 63;

    private final Classification classification;
    private final Schema schema;
    private final String role;

    /** @param role that reads the views */
    public MaskedViews(Classification classification, Schema schema, String role) {
        this.classification = classification;
        this.schema = schema;
        this.role = role;
    }

    /** What each view has to be: hash of its query as it is written here, by the view's name. */
    public SortedMap<String, String> expected() {
        SortedMap<String, String> expected = new TreeMap<>();
        queries().forEach((view, query) -> expected.put(view, hash(query)));
        return expected;
    }

    /** Instead of the statement that masks: the same rows, through the view. */
    public static String copyOut(SchemaTable table, TableReference holder) {
        return "COPY (SELECT "
                + table.copiedColumns().stream()
                        .map(column -> SqlText.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + " FROM " + SCHEMA + "." + SqlText.quoted(name(holder)) + ") TO STDOUT";
    }

    /** For psql, as a role that may read all tables and make roles; can be run again at any time. */
    public String script() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "-- The masked views of Windlass, and the role that reads them. Run it in the database it is for, as a role that may");
        lines.add("-- read every row and make roles, and again whenever the classification or the schema has changed:");
        lines.add("--   psql --set ON_ERROR_STOP=1 --file THIS");
        lines.add(
                "-- A view keeps migrations from dropping its columns and from changing their types: such a migration begins with");
        lines.add("--   DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE;");
        lines.add("-- All of it is removed by that, and by DROP ROLE " + inComment(role) + ".");
        lines.add("BEGIN;");
        lines.add(SEARCH_PATH + ";");
        lines.add("SET LOCAL lock_timeout = '10s';");
        lines.add(SqlText.block("BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = " + SqlText.literal(role)
                        + ") THEN CREATE ROLE " + SqlText.quoted(role) + " LOGIN; END IF; END")
                + ";");
        lines.add("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE;");
        lines.add("CREATE SCHEMA " + SCHEMA + ";");
        lines.add("GRANT USAGE ON SCHEMA " + SCHEMA + " TO " + SqlText.quoted(role) + ";");
        queries().forEach((view, query) -> {
            String name = SCHEMA + "." + SqlText.quoted(view);
            lines.add("CREATE VIEW " + name + " WITH (security_barrier) AS " + query + ";");
            lines.add("GRANT SELECT ON " + name + " TO " + SqlText.quoted(role) + ";");
            lines.add(SqlText.block("BEGIN EXECUTE format('COMMENT ON VIEW %s IS %L', " + SqlText.literal(name) + ", '"
                            + hash(query) + " ' || encode(sha256(convert_to(pg_get_viewdef(" + SqlText.literal(name)
                            + "::regclass), 'UTF8')), 'hex')); END")
                    + ";");
        });
        lines.add("COMMIT;");
        lines.add(
                "-- Then give the role a password that databases.NAME.staging_sync.reader in ops.yml leads to: \\password "
                        + inComment(role));
        return String.join("\n", lines) + "\n";
    }

    /** A comment ends with its line. */
    private static String inComment(String name) {
        return SqlText.quoted(name).replaceAll("\\R", " ");
    }

    /** By the names of the views; a partition has one of its own. */
    private SortedMap<String, String> queries() {
        SortedMap<String, String> queries = new TreeMap<>();
        for (SchemaTable table : schema.tables()) {
            MaskedTable masked = new MaskedTable(classification, table);
            if (!masked.isEmpty()) {
                table.holders().forEach(holder -> queries.put(name(holder), masked.select(holder)));
            }
        }
        return queries;
    }

    private static String name(TableReference holder) {
        String whole = holder.value();
        if (whole.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME) {
            return whole;
        }
        return "table_" + hash(whole).substring(0, 40);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
