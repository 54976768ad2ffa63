package dev.windlass.worker.fault;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.MigrateRequest;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An app that migrates with one of the tools, its database, and what is seen of both without asking the product. */
final class MigratedShop {
    private static final List<String> CONTENT = List.of(
            "CREATE SCHEMA app",
            "CREATE TABLE app.users (id int PRIMARY KEY, name text NOT NULL)",
            "INSERT INTO app.users SELECT i, 'user ' || i FROM generate_series(1, 100) i");

    private static final List<String> MIGRATED = List.of(
            "CREATE TABLE app.done (what text NOT NULL)",
            "CREATE TABLE app.items (id int PRIMARY KEY, note text)",
            "INSERT INTO app.items SELECT i, 'item ' || i FROM generate_series(1, 100) i",
            "CREATE TABLE app.gate (id int)");

    private static final List<String> HISTORIES =
            List.of("public.windlass_migrations", "public._prisma_migrations", "public.flyway_schema_history");

    final Tool tool;
    final String name;
    private final Rig rig;
    private final MigrationFolder migrations;

    MigratedShop(Rig rig, Tool tool) {
        this.rig = rig;
        this.tool = tool;
        this.name = name(tool);
        this.migrations = new MigrationFolder(tool, rig.directory.resolve(folder(tool)));
    }

    /** That of sql is the one with much in it, so that its restore can be seen. */
    static String name(Tool tool) {
        return tool == Tool.SQL ? Cluster.DATABASE : tool.name().toLowerCase(Locale.ROOT);
    }

    private static String folder(Tool tool) {
        return "migrations-" + name(tool);
    }

    static String apps(List<Tool> tools) {
        return "apps:\n" + tools.stream().map(MigratedShop::app).collect(Collectors.joining());
    }

    private static String app(Tool tool) {
        String directory = "DIRECTORY/" + folder(tool);
        List<String> command = MigrationTools.command(tool, directory);
        return """
                  NAME:
                    environments:
                      prod:
                        target: process
                        artefacts: DIRECTORY/artefacts-NAME
                        directory: DIRECTORY/app-NAME
                        command: [/bin/true]
                        user: nobody
                        ports: [%1$d, %2$d]
                        nginx:
                          upstream: NAME
                          upstream_file: DIRECTORY/NAME.conf
                          log: DIRECTORY/NAME.log
                        health:
                          path: /health
                          version_path: /version
                        migrations:
                          tool: %3$s
                          database: NAME
                          directory: %4$s
                          # The test holds them for longer than traffic would bear.
                          lock_timeout: 10m
                          backup_age: 24h
                %5$s""".formatted(
                        4101 + 10 * tool.ordinal(),
                        4102 + 10 * tool.ordinal(),
                        tool.name().toLowerCase(Locale.ROOT),
                        directory,
                        command.isEmpty() ? "" : "          command: " + command + "\n")
                .replace("NAME", name(tool));
    }

    /** Before the backup. */
    void prepare() throws IOException, SQLException {
        MigrationTools.install(tool, rig.directory.resolve(folder(tool)));
        if (!name.equals(Cluster.DATABASE)) {
            rig.postgres.sql("postgres", "CREATE DATABASE " + name);
            for (String statement : CONTENT) {
                rig.postgres.sql(name, statement);
            }
        }
        for (String statement : MIGRATED) {
            rig.postgres.sql(name, statement);
        }
        rig.postgres.sql("postgres", "CREATE DATABASE " + name + "_before TEMPLATE " + name);
    }

    WorkflowStub backUp() {
        return rig.start("Backup", "fault-backup-" + name, new BackupRequest(List.of(new DatabaseName(name)), "test"));
    }

    /** As it was when it was backed up, whatever the case before has left. */
    void reset(MigrationFolder.ThirdOne third) throws IOException, SQLException {
        rig.postgres.sql("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
        rig.postgres.sql("postgres", "CREATE DATABASE " + name + " TEMPLATE " + name + "_before");
        if (third == MigrationFolder.ThirdOne.BREAKS_ON_PRODUCTION) {
            rig.postgres.sql(name, "INSERT INTO app.done VALUES ('unheard of')");
        }
        migrations.write(third);
    }

    WorkflowStub migrate(String workflowId) {
        return rig.start(
                "Migrate",
                workflowId,
                new MigrateRequest(
                        new AppName(name),
                        new EnvironmentName("prod"),
                        new TreeSet<>(),
                        new Requester("test", Optional.empty())));
    }

    MigrateHold hold(MigrateMoment moment) throws SQLException {
        return MigrateHold.take(url(), moment);
    }

    /**
     * All that a migration may change.
     *
     * @param applied what the tool's own record says
     */
    record Sight(String schema, List<String> rows, List<String> applied) {}

    Sight look() throws IOException, SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("done", "items", "users")) {
            rows.addAll(rows("SELECT '" + table + " ' || md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), ''))"
                    + " FROM app." + table + " t"));
        }
        rows.addAll(rows("SELECT what FROM app.done ORDER BY what"));
        return new Sight(schema(), rows, applied());
    }

    private List<String> applied() throws SQLException {
        List<String> applied = new ArrayList<>();
        for (String history : HISTORIES) {
            if (rows("SELECT to_regclass('" + history + "') IS NULL").equals(List.of("f"))) {
                applied.addAll(rows(
                        switch (history) {
                            case "public._prisma_migrations" ->
                                "SELECT migration_name || ' ' || (finished_at IS NOT NULL) FROM " + history
                                        + " WHERE rolled_back_at IS NULL ORDER BY 1";
                            case "public.flyway_schema_history" ->
                                "SELECT script || ' ' || success FROM " + history + " ORDER BY 1";
                            default -> "SELECT name || ' ' || state FROM " + history + " ORDER BY 1";
                        }));
            }
        }
        return applied;
    }

    /** As pg_dump sees it, without the tools' own tables. */
    private String schema() throws IOException {
        List<String> words =
                new ArrayList<>(List.of(rig.postgres.tools().resolve("pg_dump").toString(), "--schema-only"));
        HISTORIES.forEach(table -> words.add("--exclude-table=" + table));
        words.addAll(List.of("--host=127.0.0.1", "--port=" + rig.postgres.port(), "--username=postgres", name));
        Process dump = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (Stream<String> lines = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()) {
            return lines.filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                    .collect(Collectors.joining("\n"));
        }
    }

    private List<String> rows(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + rig.postgres.port() + "/" + name;
    }
}
