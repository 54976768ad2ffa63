package dev.windlass.activities.backup;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A PostgreSQL server of a test's own, on a socket in a directory of its own; all of it goes with {@link #close}. */
public final class PostgresForTests implements AutoCloseable {
    static final String USER = "postgres";
    public static final PostgresConnections CONNECTIONS = new PostgresConnections(reference -> {
        throw new AssertionError("no secret is needed here: " + reference);
    });
    private static final AtomicInteger COUNTER = new AtomicInteger();
    /** A step ends what an earlier attempt of it has left running: never what a JVM beside this one runs. */
    private static final String RUN = "test-run-" + ProcessHandle.current().pid();

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Path directory;
    private final Path tools;

    private PostgresForTests(Path directory, Path tools) {
        this.directory = directory;
        this.tools = tools;
    }

    public static PostgresForTests start() {
        try {
            Path directory = Files.createTempDirectory("windlass-pg");
            PostgresForTests server = new PostgresForTests(directory, newestTools());
            if (isRoot()) {
                server.run(List.of("chown", USER, directory.toString()));
            }
            server.runAsUser(
                    server.tool("initdb"), "-D", server.data(), "-U", USER, "--auth=trust", "-E", "UTF8", "--no-sync");
            String options = "-c listen_addresses= -c unix_socket_directories=" + directory
                    + " -c fsync=off -c shared_buffers=32MB -c max_wal_senders=0 -c wal_level=minimal";
            server.runAsUser(
                    server.tool("pg_ctl"), "start", "-w", "-D", server.data(), "-l", directory + "/log", "-o", options);
            return server;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public Path tools() {
        return tools;
    }

    String tool(String name) {
        return tools.resolve(name).toString();
    }

    Path directory() {
        return directory;
    }

    private String data() {
        return directory + "/data";
    }

    long postmasterPid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A new, empty database. */
    public Database createDatabase() {
        String name = "d" + COUNTER.incrementAndGet();
        sql(database("template1"), "CREATE DATABASE " + name + " TEMPLATE template0");
        return database(name);
    }

    Database database(String name) {
        return database(name, USER);
    }

    Database database(String name, String user) {
        return new Database(
                new DatabaseName(name),
                name,
                "test",
                directory.toString(),
                5432,
                user,
                Optional.empty(),
                Optional.of(tools.toString()),
                List.of());
    }

    /** The sample of the demo, at a scale. */
    Database loadSample(String name, String scale) {
        String loader = Path.of("../examples/sample-vps/load-database")
                .toAbsolutePath()
                .normalize()
                .toString();
        run(List.of(
                loader,
                "--host",
                directory.toString(),
                "--port",
                "5432",
                "--user",
                USER,
                "--database",
                name,
                "--scale",
                scale));
        return database(name);
    }

    public static void sql(Database database, String... statements) {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException broken) {
            throw new AssertionError(broken.getMessage(), broken);
        }
    }

    public static String value(Database database, String query) {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException broken) {
            throw new AssertionError(broken.getMessage(), broken);
        }
    }

    public static Connection open(Database database) {
        return CONNECTIONS.open(database, new StepToken("test", "other", StepId.of("other")));
    }

    public static StepContext context(String step) {
        return new StepContext(
                new StepToken("test-workflow", RUN, StepId.of(step)), progress -> {}, EffectJournal.none());
    }

    public static void waitUntil(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 30 s in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    void runAsUser(String... argv) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
        }
        all.addAll(List.of(argv));
        run(all);
    }

    private void run(List<String> argv) {
        try {
            Path output = Files.createTempFile("windlass-pg", ".out");
            Process process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(Path.of("/").toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(argv + " failed: " + Files.readString(output));
            }
            Files.delete(output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** So that the server's user can reach what lies below. */
    public void openToAll(Path directory) {
        run(List.of("chmod", "0711", directory.toString()));
    }

    void remove(Path directory) {
        run(List.of("rm", "-rf", "--", directory.toString()));
    }

    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static Path newestTools() {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new AssertionError("no initdb: install the package postgresql"));
        } catch (IOException missing) {
            throw new AssertionError("no /usr/lib/postgresql: install the package postgresql", missing);
        }
    }

    @Override
    public void close() {
        try {
            if (Files.exists(directory.resolve("data/postmaster.pid"))) {
                runAsUser(tool("pg_ctl"), "stop", "-m", "immediate", "-w", "-D", data());
            }
        } finally {
            run(List.of("rm", "-rf", "--", directory.toString()));
        }
    }
}
