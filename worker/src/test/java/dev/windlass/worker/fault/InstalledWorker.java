package dev.windlass.worker.fault;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The worker as its systemd unit has it: unpacked, and with an archive of its classes. Without, a machine with two processors
 * would be busy with nothing but its starts. Made once for each build; who else wants it meanwhile waits for it.
 */
final class InstalledWorker {
    private static final String JAR = "windlass-worker-0.1.0.jar";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path directory;

    private InstalledWorker(Path directory) {
        this.directory = directory;
    }

    static InstalledWorker ofThisBuild() throws IOException {
        Path built = Built.at("worker/target/" + JAR);
        InstalledWorker worker = new InstalledWorker(built.resolveSibling("installed"));
        // The jar of each build bears the same time.
        String build = Trees.sha256(built) + " " + Built.java();
        Path mark = worker.directory.resolve("build");
        try (FileChannel alone = FileChannel.open(
                built.resolveSibling("installed.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            alone.lock();
            if (!Files.exists(mark) || !Files.readString(mark).equals(build)) {
                Trees.delete(worker.directory);
                worker.unpack(built);
                worker.writeArchive();
                Files.writeString(mark, build);
            }
        }
        return worker;
    }

    /** The words that start it. */
    List<String> words() {
        return words(directory.resolve(JAR), "-XX:SharedArchiveFile=" + archive());
    }

    /**
     * Links to it, of which the jar's can be replaced by another build.
     *
     * @return the words that start what the links lead to
     */
    List<String> words(Path links) throws IOException {
        Files.createSymbolicLink(links.resolve("lib"), directory.resolve("lib"));
        Files.createSymbolicLink(jar(links), directory.resolve(JAR));
        return words(jar(links), "-XX:SharedArchiveFile=" + archive());
    }

    /** Its name is part of what the archive was made of. */
    static Path jar(Path links) {
        return links.resolve(JAR);
    }

    private Path archive() {
        return directory.resolve("worker.jsa");
    }

    private static List<String> words(Path jar, String option) {
        return List.of(
                Built.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                option,
                "-jar",
                jar.toString());
    }

    private void unpack(Path built) throws IOException {
        Host.run(List.of(
                Built.java(),
                "-Djarmode=tools",
                "-jar",
                built.toString(),
                "extract",
                "--destination",
                directory.toString()));
    }

    /** One that is ready and then stopped as a supervisor would. */
    private void writeArchive() throws IOException {
        Path log = directory.resolve("worker.log");
        int port = Ports.free();
        try (DevServer temporal = DevServer.start()) {
            Map<String, String> environment = Map.of(
                    "WINDLASS_OPS_FILE", opsFile(temporal.address()).toString(), "SERVER_PORT", Integer.toString(port));
            List<String> words = words(directory.resolve(JAR), "-XX:ArchiveClassesAtExit=" + archive());
            try (Child worker = new Child("the first worker", words, environment, log, () -> isReady(port))) {
                worker.start();
                worker.stop();
            }
        }
        if (!Files.exists(archive())) {
            throw new IOException("no " + archive() + ": " + Files.readString(log));
        }
    }

    private Path opsFile(String temporal) throws IOException {
        return Files.writeString(directory.resolve("ops.yml"), """
                version: 1
                team: Faults
                state: %1$s/state
                temporal: {address: "%2$s"}
                databases: {shop: {}}
                backup:
                  directory: %1$s/backups
                  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
                """.formatted(directory, temporal));
    }

    static boolean isReady(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }
}
