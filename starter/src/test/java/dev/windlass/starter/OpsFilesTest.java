package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsFilesTest {
    private final FakeRuns runs = new FakeRuns();

    @TempDir
    Path directory;

    private void write(String name, String more) throws IOException {
        Files.writeString(directory.resolve(name), """
                version: 1
                team: Example
                databases: {shop: {}}
                backup: {recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p]}
                """ + more);
    }

    @Test
    void linksARunToItsPageInTheTemporalUi() throws IOException {
        write("ours.yml", "notifications: {temporal_ui: 'https://temporal.example.com/'}\n");
        Typed typed = new Typed(runs, directory, Map.of("WINDLASS_OPS_FILE", "ours.yml"));

        assertThat(typed.type("backup", "run")).isZero();

        assertThat(typed.out()).isEqualTo("""
                started backup-20261124T061000Z
                follow it: windlass run wait backup-20261124T061000Z
                look at it: https://temporal.example.com/namespaces/default/workflows/backup-20261124T061000Z/run-1/history
                """);
    }

    @Test
    void acceptsAFileWithoutProblems() throws IOException {
        write("ops.yml", "");
        Typed typed = new Typed(runs, directory, Map.of());

        assertThat(typed.type("check")).isZero();

        assertThat(typed.out()).isEqualTo(directory.resolve("ops.yml") + ": no problem (1 database, 0 stores)\n");
    }

    @Test
    void printsAPlanThatTheWorkerMade() {
        runs.answers.put(
                "PlanBackupRunbook",
                Plan.of(
                        "backup",
                        new TreeMap<>(Map.of("databases", "shop")),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        List.of(Step.of(new StepId("prepare"), "Make the set's folder", List.of()))));
        Typed typed = new Typed(runs);

        assertThat(typed.type("plan", "backup", "--database", "shop")).isZero();

        assertThat(runs.calls)
                .containsExactly("ask PlanBackupRunbook [OfBackup[request=BackupRequest[databases=[shop],"
                        + " requestedBy=ana]]]");
        assertThat(typed.out()).contains("Make the set's folder");
    }
}
