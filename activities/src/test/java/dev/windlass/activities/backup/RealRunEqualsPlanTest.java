package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.Proof.Verdict;
import dev.windlass.workflows.backup.PruneRequest;
import dev.windlass.workflows.backup.PruneWorkflow;
import dev.windlass.workflows.backup.RestoreFilesOutcome;
import dev.windlass.workflows.backup.RestoreFilesPlan;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.backup.RestoreFilesWorkflow;
import dev.windlass.workflows.backup.RestoreOutcome;
import dev.windlass.workflows.backup.RestorePlan;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.backup.RestoreTestPlan;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.backup.RestoreTestWorkflow;
import dev.windlass.workflows.backup.RestoreWorkflow;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real parts: what each runbook really executes is what its plan says. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealRunEqualsPlanTest {
    private final RealRunbooks real = new RealRunbooks();

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void everyRunbookDoesWhatItsPlanSays() throws IOException {
        SampleSql.load(real.database);
        BackupOutcome first = backUp("first");
        assertThat(first.proof().verdict()).isEqualTo(Verdict.PROVEN);
        requireEqual(real.planOf("first", Plan.class));

        BackupOutcome second = backUp("second");
        assertThat(real.identities().list()).containsExactly(second.manifest().set());
        requireEqual(real.planOf("second", Plan.class));

        real.start(RestoreTestWorkflow.class, "tested")
                .run(new RestoreTestRequest(Optional.empty(), Optional.empty(), Optional.empty(), "test"));
        requireEqual(real.planOf("tested", RestoreTestPlan.class));

        RestoreOutcome restored = real.start(RestoreWorkflow.class, "restored")
                .run(new RestoreRequest(
                        second.manifest().set(),
                        Optional.empty(),
                        "restored copy",
                        Optional.of(SampleOperations.REMOTE),
                        Optional.empty(),
                        "test"));
        assertThat(restored.comparison().differences()).isEmpty();
        requireEqual(real.planOf("restored", RestorePlan.class));
        assertThat(PostgresForTests.value(
                        real.postgres.database("postgres"),
                        "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database WHERE NOT datistemplate"))
                .isEqualTo(real.database.database() + ",postgres,restored copy");

        Path into = real.directory().resolve("restored files");
        RestoreFilesOutcome files = real.start(RestoreFilesWorkflow.class, "files")
                .run(new RestoreFilesRequest(
                        second.manifest().set(),
                        new ArchiveName("uploads"),
                        into.toString(),
                        Optional.of(SampleOperations.REMOTE),
                        Optional.empty(),
                        "test"));
        assertThat(files.comparison().differences()).isEmpty();
        requireEqual(real.planOf("files", RestoreFilesPlan.class));
        SampleFiles.requireEqual(
                real.directory().resolve("uploads"), Path.of(into + "/" + real.directory() + "/uploads"));

        real.start(PruneWorkflow.class, "pruned").run(new PruneRequest("test"));
        keepHistories(List.of("first", "second", "tested", "restored", "files", "pruned"));
        assertThat(Files.list(Path.of(real.directory() + "/scratch"))).isEmpty();
    }

    private BackupOutcome backUp(String id) {
        return real.start(BackupWorkflow.class, id).run(new BackupRequest(List.of(), "test"));
    }

    private void requireEqual(Plan plan) {
        PlanEquality equality = new PlanEquality(plan, Set.of("older-set", "old-set"));
        assertThat(equality.differences(real.effects.all())).isEmpty();
        assertThat(equality.missing(real.effects.all())).isEmpty();
        real.effects.forget();
    }

    /** For the replay test of the workflows module: copied there by hand with each release. */
    private void keepHistories(List<String> ids) throws IOException {
        Path directory = Files.createDirectories(Path.of("target/histories"));
        for (String id : ids) {
            Files.writeString(directory.resolve(id + ".json"), real.history(id));
        }
    }
}
