package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerApplicationTest {
    @TempDir
    private Path directory;

    private String refused(Path opsFile) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process worker = JavaProcess.start(WorkerApplication.class, output.toFile(), "--ops", opsFile.toString());
        try {
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(2);
            return Files.readString(output);
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void refusesABrokenOpsFileNamingEveryProblem() throws IOException, InterruptedException {
        Path opsFile = Files.writeString(directory.resolve("ops.yml"), "version: 1\nteem: us\n");
        assertThat(refused(opsFile)).contains(opsFile + ":2:1: teem: ").contains("team", "databases", "backup");
    }

    @Test
    void refusesToStartWithoutAnOpsFile() throws IOException, InterruptedException {
        Path nowhere = directory.resolve("nowhere.yml");
        assertThat(refused(nowhere)).startsWith(nowhere + ":1:1: ").contains("\n  hint: ");
    }
}
