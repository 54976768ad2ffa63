package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.RedisForTests;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.client.WorkflowFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a real PostgreSQL: what a sync really executes is what its plan says, whichever step fails. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagingSyncEqualsPlanTest {
    private static RedisForTests redis;
    private static StagingSyncRig rig;

    @BeforeAll
    static void start(@TempDir Path directory) {
        redis = RedisForTests.start(directory);
        rig = new StagingSyncRig(", redis: {host: " + directory.resolve(RedisForTests.SOCKET)
                + ", password: 'env:REDIS_OF_TESTS', database: 2}");
        rig.classify("version: 1", """
                version: 1
                after_sql:
                  - UPDATE app.payments SET amount = amount + 1
                  - INSERT INTO app.payments (amount) VALUES (4711)
                """);
    }

    @AfterAll
    static void stop() {
        rig.close();
        redis.close();
    }

    private static PlanEquality prepare() {
        rig.newStaging();
        Plan plan = rig.plan();
        rig.effects.forget();
        return new PlanEquality(plan, Set.of("old-staging"), Set.of(StagingSyncSteps.NOTIFY));
    }

    @Test
    void aSyncDoesWhatItsPlanSays() throws IOException {
        PlanEquality equality = prepare();

        StagingSyncOutcome.Synced first = (StagingSyncOutcome.Synced) rig.run("staging-sync");

        requireEqual(equality);
        keepHistory("staging-sync");

        sql(
                rig.server(),
                "COMMENT ON DATABASE \"" + first.replaced()
                        + "\" IS 'replaced by windlass staging-sync at 2026-01-01T00:00:00Z'");
        rig.effects.forget();
        assertThat(((StagingSyncOutcome.Synced) rig.run("second")).dropped()).containsExactly(first.replaced());
        requireEqual(equality);
    }

    private static void requireEqual(PlanEquality equality) {
        List<Executed> effects = rig.effects.all();
        assertThat(equality.differences(effects)).isEmpty();
        assertThat(equality.missing(effects)).isEmpty();
    }

    static Stream<StepId> steps() {
        return Stream.of(
                StagingSyncSteps.COPY,
                StagingSyncSteps.REWRITE,
                StagingSyncSteps.SCAN,
                StagingSyncSteps.SWAP,
                StagingSyncSteps.FLUSH,
                StagingSyncSteps.CLEAR);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepThatFailsForGoodIsTheLastButForWhatIsTakenBack(StepId step) {
        PlanEquality equality = prepare();
        rig.failAt(step);

        if (step.equals(StagingSyncSteps.FLUSH) || step.equals(StagingSyncSteps.CLEAR)) {
            // Staging is new: what stays behind is told.
            assertThat(((StagingSyncOutcome.Synced) rig.run("without-" + step)).problems())
                    .singleElement()
                    .asString()
                    .endsWith(": broken by the test");
        } else {
            assertThatThrownBy(() -> rig.run("without-" + step)).isInstanceOf(WorkflowFailedException.class);
        }
        assertThat(equality.differences(rig.effects.all())).isEmpty();
    }

    @Test
    void planningOnlyLooks() {
        rig.newStaging();
        List<String> before = rig.databases();
        rig.effects.forget();

        assertThat(rig.plan().steps()).hasSize(6);

        assertThat(rig.effects.all()).isEmpty();
        assertThat(rig.databases()).isEqualTo(before);
    }

    /** For the replay test of the workflows module: copied there by hand with each release. */
    private static void keepHistory(String id) throws IOException {
        Path directory = Files.createDirectories(Path.of("target/histories"));
        Files.writeString(directory.resolve(id + ".json"), rig.history(id));
    }
}
