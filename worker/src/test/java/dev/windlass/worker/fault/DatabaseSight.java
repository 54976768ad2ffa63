package dev.windlass.worker.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All there is to see of a database: two that look alike are the same to whoever uses them. */
final class DatabaseSight {
    private DatabaseSight() {}

    /** The schema, the rows of every table as a hash, and sequences. */
    static List<String> of(Cluster cluster, String database) throws IOException, SQLException {
        List<String> all = new ArrayList<>(List.of(schema(cluster, database, List.of())));
        all.addAll(contents(cluster, database));
        return all;
    }

    /** As {@link #of}, with the database's own name, owner, rights, limit and settings. */
    static List<String> withTheDatabaseItself(Cluster cluster, String database) throws IOException, SQLException {
        List<String> all = new ArrayList<>(List.of(schema(cluster, database, List.of("--create"))));
        all.addAll(contents(cluster, database));
        return all;
    }

    private static List<String> contents(Cluster cluster, String database) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : cluster.rows(database, """
                SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
                """)) {
            all.addAll(cluster.rows(
                    database,
                    "SELECT '" + table + " ' || count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), ''"
                            + " ORDER BY t::text)), '') FROM " + table + " t"));
        }
        all.addAll(
                cluster.rows(
                        database,
                        "SELECT schemaname || '.' || sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences ORDER BY 1"));
        return all;
    }

    private static String schema(Cluster cluster, String database, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                cluster.tools().resolve("pg_dump").toString(),
                "--schema-only",
                "--host=127.0.0.1",
                "--port=" + cluster.port(),
                "--username=postgres"));
        words.addAll(options);
        words.add(database);
        Process dump = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (Stream<String> lines = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()) {
            // A word that is another one each time.
            return lines.filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                    .collect(Collectors.joining("\n"));
        }
    }
}
