package dev.windlass.runbooks.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final Path EXPECTED = Path.of("src/test/resources/page");

    @Test
    void planIsPrintedWithWhatAPersonWouldType() throws IOException {
        assertThat(PlanText.of(SamplePlans.small())).isEqualTo(Files.readString(EXPECTED.resolve("plan.txt")));
    }

    @Test
    void markdownHoldsTheSame() throws IOException {
        assertThat(PlanMarkdown.of(SamplePlans.small())).isEqualTo(Files.readString(EXPECTED.resolve("plan.md")));
    }

    @Test
    void planWithoutUndoSaysSo() {
        Plan plan = Plan.of(
                "empty", Sorted.of(), Sorted.of(), Sorted.of(), List.of(Step.of(StepId.of("look"), "Look", List.of())));
        assertThat(PlanText.of(plan)).endsWith("== Undo, when a step fails for good\n  No step needs undoing.\n");
    }

    @Test
    void placesAreWrittenOutWhenOpsYmlIsThere() {
        OpsFileReading reading = OpsFile.read(Path.of("../ops.example.yml"));
        assertThat(PlanText.of(SamplePlans.small(), ((OpsFileReading.Accepted) reading).operations()))
                .contains("PGPASSWORD=\"$SHOP_DATABASE_PASSWORD\" psql --no-psqlrc --host=127.0.0.1 --port=5432 \\\n"
                        + "    --username=windlass_backup --dbname=shop_production\n"
                        + "shop=> SELECT count(*) FROM users;\n")
                .contains("rm -rf -- /var/backups/windlass/sets/{set}/\n")
                .contains("--bucket example-backups")
                .contains("--key production/sets/{set}/manifest.json")
                .contains("AWS_ACCESS_KEY_ID: env:R2_ACCESS_KEY_ID for offsite, exported\n")
                .doesNotContain("_DATABASE:");
    }
}
