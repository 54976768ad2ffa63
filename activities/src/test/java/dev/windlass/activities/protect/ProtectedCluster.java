package dev.windlass.activities.protect;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.DatabaseName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of a test's own that could archive, and does not yet: archive_mode is off, as it is by default. */
final class ProtectedCluster implements AutoCloseable {
    private static final String USER = "postgres";
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path directory;
    private final Path tools;

    private ProtectedCluster(Path directory, Path tools) {
        this.directory = directory;
        this.tools = tools;
    }

    static ProtectedCluster start() throws IOException {
        Path directory = Files.createTempDirectory("windlass-wal");
        ProtectedCluster cluster = new ProtectedCluster(directory, newestTools());
        if (ROOT) {
            run(List.of("chown", USER, directory.toString()));
        }
        cluster.asOwner("initdb", "-D", cluster.data(), "-U", USER, "--auth=trust", "--data-checksums", "--no-sync");
        Files.writeString(
                Path.of(cluster.data(), "postgresql.conf"),
                "listen_addresses = ''\nunix_socket_directories = '" + directory
                        + "'\nfsync = off\nshared_buffers = 32MB\n");
        cluster.asOwner("pg_ctl", "start", "-w", "-D", cluster.data(), "-l", directory + "/log");
        return cluster;
    }

    String data() {
        return directory + "/data";
    }

    String socket() {
        return directory.toString();
    }

    String owner() {
        return ROOT ? USER : System.getProperty("user.name");
    }

    /** With an environment of its own: the server must not look like a child of the step that restarts it. */
    List<String> restart() {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        words.addAll(owned("pg_ctl", "restart", "-w", "-D", data(), "-l", directory + "/log"));
        return words;
    }

    Database database() {
        return new Database(
                new DatabaseName("cluster"),
                "postgres",
                "test",
                socket(),
                5432,
                USER,
                Optional.empty(),
                Optional.of(tools.toString()),
                List.of());
    }

    private static List<String> asOwnerWords(String... words) {
        List<String> all = new ArrayList<>();
        if (ROOT) {
            all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
        }
        all.addAll(List.of(words));
        return all;
    }

    private void asOwner(String program, String... arguments) throws IOException {
        run(owned(program, arguments));
    }

    private List<String> owned(String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(tools.resolve(program).toString()));
        words.addAll(List.of(arguments));
        return asOwnerWords(words.toArray(String[]::new));
    }

    private static void run(List<String> argv) throws IOException {
        Path output = Files.createTempFile("windlass-wal", ".out");
        try {
            Process process = new ProcessBuilder(argv)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(argv + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } finally {
            Files.delete(output);
        }
    }

    private static Path newestTools() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new AssertionError("no initdb: install the package postgresql"));
        }
    }

    /** While the server is down, as a disk would. */
    void overwrite(String file, long at, byte[] bytes) throws IOException {
        asOwner("pg_ctl", "stop", "-m", "fast", "-w", "-D", data());
        try (FileChannel channel = FileChannel.open(Path.of(data(), file), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
        asOwner("pg_ctl", "start", "-w", "-D", data(), "-l", directory + "/log");
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(Path.of(data(), "postmaster.pid"))) {
            asOwner("pg_ctl", "stop", "-m", "immediate", "-w", "-D", data());
        }
        run(List.of("rm", "-rf", "--", directory.toString()));
    }
}
