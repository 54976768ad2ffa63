package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The team's PostgreSQL: a server of its own with one small database, most of which does not compress. */
final class Cluster implements AutoCloseable {
    static final String DATABASE = "shop";

    private static final List<String> CONTENT = List.of(
            "CREATE SCHEMA app",
            "CREATE TABLE app.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE,"
                    + " profile jsonb)",
            "INSERT INTO app.users (name, profile) SELECT 'Zoë ' || i, jsonb_build_object('n', i, 'mail', i || '@x')"
                    + " FROM generate_series(1, 20000) i",
            "CREATE TABLE app.events (at date NOT NULL, user_id bigint REFERENCES app.users, note text)"
                    + " PARTITION BY RANGE (at)",
            "CREATE TABLE app.events_1 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2026-07-01')",
            "CREATE TABLE app.events_2 PARTITION OF app.events FOR VALUES FROM ('2026-07-01') TO ('2027-01-01')",
            "INSERT INTO app.events SELECT date '2026-01-01' + (i % 360), 1 + i % 20000, 'event ' || i"
                    + " FROM generate_series(1, 40000) i",
            "CREATE INDEX ON app.events (user_id)",
            "CREATE TABLE app.files (id int PRIMARY KEY, content bytea NOT NULL)",
            "ALTER TABLE app.files ALTER content SET STORAGE EXTERNAL",
            "INSERT INTO app.files SELECT f, (SELECT string_agg(sha512((f || '/' || i)::bytea), ''::bytea)"
                    + " FROM generate_series(1, 1600) i) FROM generate_series(1, 240) f");

    private final Path directory;
    private final Path data;
    private final int port;
    private final Child postmaster;

    Cluster(Path directory) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.port = Ports.free();
        List<String> words = asPostgres(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + directory,
                // Only processes are killed here, never the machine.
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=64MB");
        this.postmaster = new Child("PostgreSQL", words, Map.of(), directory.resolve("postgres.log"), this::answers);
    }

    /** Makes the server and its database. */
    void create() throws IOException, SQLException {
        createEmpty();
        sql("postgres", "CREATE DATABASE " + DATABASE);
        for (String statement : CONTENT) {
            sql(DATABASE, statement);
        }
    }

    void createEmpty() throws IOException {
        initialize();
        postmaster.start();
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The first column of the answer, as text. */
    List<String> rows(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    int port() {
        return port;
    }

    Path tools() {
        return BIN;
    }

    /** Where its socket is. */
    Path directory() {
        return directory;
    }

    void start() throws IOException {
        postmaster.start();
    }

    /** The postmaster and all its backends, with SIGKILL. */
    void kill() {
        postmaster.kill();
        Processes.kill(Processes.within(data));
    }

    void sql(String database, String statement) throws SQLException {
        try (Connection connection = connect(database);
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    /** The database vanishes while sessions are at work in it. */
    void hide() {
        Eventually.holds(Duration.ofSeconds(30), "the database is renamed", () -> {
            sql(
                    "postgres",
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + DATABASE + "'");
            sql("postgres", "ALTER DATABASE " + DATABASE + " RENAME TO hidden");
            return true;
        });
    }

    void showAgain() throws SQLException {
        sql("postgres", "ALTER DATABASE hidden RENAME TO " + DATABASE);
    }

    /** Sessions of the product that the server still has. */
    int windlassSessions() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement each = connection.createStatement();
                ResultSet count = each.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'windlass-%'")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Override
    public void close() {
        postmaster.close();
        Processes.kill(Processes.within(data));
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    private boolean answers() throws SQLException {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(5);
        }
    }

    private void initialize() throws IOException {
        Files.createDirectories(directory);
        if (isRoot()) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        run(asPostgres(
                "initdb",
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync"));
    }

    private void run(List<String> words) throws IOException {
        Path log = directory.resolve("initdb.log");
        try {
            int exit = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException(words + " ended with " + exit + ": " + Files.readString(log));
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** What an operator would type; with an environment of its own, so that it is no child of the step that runs it. */
    List<String> restartWords() {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        words.addAll(asPostgres("pg_ctl", "restart", "-w", "-D", data.toString(), "-l", directory + "/restarted.log"));
        return words;
    }

    private static List<String> asPostgres(String program, String... arguments) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
        }
        words.add(BIN.resolve(program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The newest server that is installed. */
    private static final Path BIN = newest();

    private static Path newest() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getName(bin.getNameCount() - 2).toString())))
                    .orElseThrow();
        } catch (IOException missing) {
            throw new IllegalStateException("no PostgreSQL server in /usr/lib/postgresql", missing);
        }
    }
}
