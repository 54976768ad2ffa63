package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.CONNECTIONS;
import static dev.windlass.activities.backup.PostgresForTests.context;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On archives that pg_dump itself writes: into a pipe, and with offsets into a file. */
@Tag("integration")
class DataOffsetsTest {
    private static PostgresForTests server;
    private Path directory;
    private ScratchRun run;
    private Database database;

    @BeforeAll
    static void startServer() {
        server = PostgresForTests.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeDatabase() throws IOException {
        directory = Files.createTempDirectory("windlass-offsets");
        server.openToAll(directory);
        run = new ScratchRun(server, directory);
        database = server.createDatabase();
        SampleSql.load(database);
        sql(database, "CREATE TABLE app.empty (id int)");
    }

    @AfterEach
    void removeDirectory() {
        server.remove(directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void unpacksTheVeryFileThatPgDumpWouldHaveWritten(int compression) throws IOException {
        byte[] withOffsets = Files.readAllBytes(dumpToFile(compression));
        run.sealAsDump(dump(compression));

        byte[] unpacked = unpack();

        assertThat(withoutTime(unpacked)).isEqualTo(withoutTime(withOffsets));
        assertThat(withoutTime(pipedWithoutOffsets(compression))).isNotEqualTo(withoutTime(withOffsets));
    }

    @Test
    void leavesADumpAloneThatHasItsOffsets() throws IOException {
        Path withOffsets = dumpToFile(0);
        run.sealAsDump("cat", withOffsets.toString());

        assertThat(unpack()).isEqualTo(Files.readAllBytes(withOffsets));
    }

    @Test
    void leavesADumpAloneThatEndsEarlyAndPgRestoreSaysSo() throws IOException {
        byte[] whole = pipedWithoutOffsets(0);
        DatabaseFacts facts = run.dump(database, context("dump"));
        run.sealAsDump("head", "--bytes=" + (whole.length - 2000), piped().toString());

        assertThat(unpack()).isEqualTo(Arrays.copyOf(whole, whole.length - 2000));
        try (ScratchCluster cluster =
                ScratchCluster.prepare(run.shell(), CONNECTIONS, context("prove"), run.step(database), facts.bytes())) {
            assertThatThrownBy(() -> cluster.restore(facts, database))
                    .satisfies(thrown ->
                            assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.RESTORE_FAILED))
                    .hasMessageContaining("pg_restore cannot restore the dump: pg_restore: error: ");
        }
    }

    private byte[] unpack() throws IOException {
        Step step = run.step(database).fill(Slots.of("token", "unpacked"));
        run.shell().run(step.command("install"), context("prove")).orFail("", "");
        DataOffsets.unpack(run.shell(), step, context("prove")).orFail("", "");
        return Files.readAllBytes(run.scratch().resolve("unpacked/database.dump"));
    }

    private Path dumpToFile(int compression) {
        Path file = server.directory().resolve("file.dump");
        String[] words = dump(compression);
        String[] withFile = Arrays.copyOf(words, words.length + 1);
        withFile[words.length] = "--file=" + file;
        server.runAsUser(withFile);
        return file;
    }

    private byte[] pipedWithoutOffsets(int compression) throws IOException {
        ProcessBuilder dump = new ProcessBuilder(dump(compression));
        Process process = dump.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] bytes = process.getInputStream().readAllBytes();
        Files.write(piped(), bytes);
        return bytes;
    }

    private Path piped() {
        return directory.resolve("piped.dump");
    }

    private String[] dump(int compression) {
        return new String[] {
            server.tool("pg_dump"),
            "--format=custom",
            "--compress=" + compression,
            "--dbname=" + ScratchRun.target(database)
        };
    }

    /** Seven numbers after eleven bytes and the compression, which was a number before version 1.15. */
    private static byte[] withoutTime(byte[] archive) {
        int time = 11 + (archive[ArchiveField.MINOR_VERSION] < 15 ? 5 : 1);
        byte[] bytes = archive.clone();
        Arrays.fill(bytes, time, time + 35, (byte) 0);
        return bytes;
    }
}
