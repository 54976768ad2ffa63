package dev.windlass.activities.protect;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.protect.RealProtection.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.recovery.DrillLog;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectWorkflow;
import dev.windlass.workflows.recovery.DrillDatabasePlanWorkflow;
import dev.windlass.workflows.recovery.DrillDatabaseWorkflow;
import dev.windlass.workflows.recovery.DrillOutcome;
import dev.windlass.workflows.recovery.DrillRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A recovery that nobody needs, with pgBackRest as it is installed, over the double that refuses what R2 refuses. */
@Tag("integration")
@Timeout(value = 200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrillDatabaseTest {
    private static final DrillRequest SHOP = new DrillRequest(new DatabaseName("shop"), "test");

    private final RealProtection real = new RealProtection("drilled", "10s");

    DrillDatabaseTest() throws IOException, InterruptedException {}

    @AfterEach
    void close() throws IOException {
        real.close();
    }

    @Test
    void comesBackOutOfTheBucketIsMeasuredAndLeavesNothing() throws IOException {
        real.sql("CREATE DATABASE shop");
        Database shop = GrowingDatabase.named(real.cluster.database(), "shop");
        ProtectOutcome done =
                real.start(ProtectWorkflow.class, "protect", TaskQueues.RUNS).run(request(ProtectRequest.RESTART));
        assertThat(done).isInstanceOf(ProtectOutcome.Protected.class);
        // After the backup, so that it comes out of WAL. pgBackRest counts in seconds.
        sql(
                shop,
                "SELECT pg_sleep(1.1)",
                "CREATE TABLE public.orders (id int PRIMARY KEY, words text)",
                "INSERT INTO public.orders SELECT i, 'order ' || i FROM generate_series(1, 1000) AS i");
        real.effects.forget();
        Plan planned = real.start(DrillDatabasePlanWorkflow.class, "planned", TaskQueues.PLANNING)
                .plan(SHOP);
        assertThat(planned.steps()).extracting(step -> step.id().value()).containsExactly("measure", "restore");
        assertThat(real.effects.all()).as("a plan changes nothing").isEmpty();

        DrillOutcome outcome = real.start(DrillDatabaseWorkflow.class, "drill", TaskQueues.RUNS)
                .run(SHOP);

        assertThat(outcome.restored().rows()).isEqualTo(1000);
        assertThat(outcome.restored().tables()).isEqualTo(1);
        assertThat(outcome.lost()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(40));
        assertThat(outcome.restored().untilItAnswers()).isPositive();
        requireEqual();
        assertThat(real.scratch()).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(words -> words.contains(real.scratch().toString())))
                .isEmpty();
        assertThat(real.r2.requests())
                .as("the cluster beside has a timeline of its own, and none of it in the live archive")
                .noneMatch(line -> line.contains("PUT") && line.contains("/15-1/0000000200000000"));
        Path state = real.directory.resolve("state");
        assertThat(new DrillLog(state).read())
                .singleElement()
                .satisfies(drill -> assertThat(drill.outcome()).isEqualTo(outcome));
        assertThat(Files.readString(state.resolve("audit.jsonl"))).contains("database shop is back in ");
        Files.createDirectories(Path.of("target/histories"));
        Files.writeString(Path.of("target/histories/drill-database.json"), real.history("drill"));
    }

    /** With the plan for the moment that was found. */
    private void requireEqual() {
        PlanEquality equality = new PlanEquality(real.drillPlanOf("drill"), Set.of());
        assertThat(equality.differences(real.effects.all())).isEmpty();
        assertThat(equality.missing(real.effects.all())).isEmpty();
    }
}
