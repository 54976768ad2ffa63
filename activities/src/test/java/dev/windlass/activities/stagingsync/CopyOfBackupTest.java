package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.stagingsync.CopiedSet;
import dev.windlass.workflows.stagingsync.SourceChoice;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.TerminatedFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A real set of a real shop, restored into a real throw-away cluster: staging gets last night's people, masked. */
@Tag("integration")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CopyOfBackupTest {
    private static StagingSyncRig rig;
    private static SetId set;

    @BeforeAll
    static void start() {
        rig = new StagingSyncRig();
        rig.newStaging();
        assertThat(failure(Optional.of(SourceChoice.BACKUP)))
                .satisfies(none -> assertThat(none.fact())
                        .isEqualTo("there is no proven set of database shop that this machine can open"))
                .satisfies(none -> assertThat(none.type()).isEqualTo(FailureType.NOT_FOUND));
        set = rig.backUp("backup");
        // What only production has.
        sql(rig.shop.source, "DELETE FROM app.payments WHERE id = (SELECT max(id) FROM app.payments)");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void begin() {
        rig.newStaging();
        rig.letPass(Duration.ZERO);
        rig.effects.forget();
    }

    private static Failure failure(Optional<SourceChoice> from) {
        return Failure.in(Assertions.catchThrowableOfType(
                        WorkflowFailedException.class, () -> rig.run("fails" + System.nanoTime(), from)))
                .orElseThrow();
    }

    private static String payments() {
        return value(rig.staging, "SELECT count(*) FROM app.payments");
    }

    private static void requireNothingLeft() throws IOException {
        try (var left = Files.list(rig.scratch())) {
            assertThat(left).isEmpty();
        }
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Order(1)
    @Test
    void aYoungSetIsTheSourceAndGoesWithItsCluster() throws IOException {
        Plan plan = rig.plan();
        assertThat(plan.resolved().get("source")).startsWith("set " + set + ", as of ");
        assertThat(plan.steps().getFirst().title()).isEqualTo("Restore shop from local into a scratch cluster");

        StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("young");

        assertThat(synced.problems()).isEmpty();
        assertThat(synced.of().map(CopiedSet::set)).contains(set);
        assertThat(payments()).isEqualTo("2001");
        assertThat(value(rig.staging, "SELECT count(*) FROM app.users WHERE email LIKE '%@example.test'"))
                .isEqualTo("2000");
        PlanEquality equality = new PlanEquality(plan, Set.of("old-staging"), Set.of(StagingSyncSteps.NOTIFY));
        assertThat(equality.differences(rig.effects.all())).isEmpty();
        assertThat(equality.missing(rig.effects.all())).isEmpty();
        assertThat(rig.everythingTold("young")).doesNotContain("real1@", "Person1", "+4179");
        requireNothingLeft();
        Files.createDirectories(Path.of("target/histories"));
        Files.writeString(Path.of("target/histories/staging-sync-of-a-backup.json"), rig.history("young"));
    }

    @Order(2)
    @Test
    void productionIsTheSourceWhenItIsAskedFor() {
        StagingSyncOutcome.Synced synced =
                (StagingSyncOutcome.Synced) rig.run("production", Optional.of(SourceChoice.PRODUCTION));
        assertThat(synced.of()).isEmpty();
        assertThat(payments()).isEqualTo("2000");
    }

    @Order(3)
    @Test
    void anOldSetIsNoSource() {
        rig.letPass(Duration.ofHours(27));
        assertThat(rig.plan().resolved().get("source"))
                .startsWith("production, for the newest proven set is set " + set + ", as of ")
                .endsWith(", and max_age is 26 h; as fast as it goes, its moment held for at most 2 h 0 min");
        assertThat(failure(Optional.of(SourceChoice.BACKUP)).type()).isEqualTo(FailureType.PRECONDITION);
    }

    @Order(4)
    @Test
    void aClusterThatIsKilledIsRestoredOnceMore() throws IOException {
        rig.interruptAt(StagingSyncSteps.COPY, CopyOfBackupTest::killTheCluster);
        StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("killed");
        assertThat(synced.of().map(CopiedSet::set)).contains(set);
        assertThat(payments()).isEqualTo("2001");
        requireNothingLeft();
    }

    private static void killTheCluster() {
        ProcessHandle postmaster = cluster();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    private static ProcessHandle cluster() {
        try (var clusters = Files.list(rig.scratch())) {
            Path directory = clusters.filter(Files::isDirectory).findFirst().orElseThrow();
            List<String> lines = Files.readAllLines(directory.resolve("data/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst())).orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Order(5)
    @Test
    void aFailureLaterRemovesTheCluster() throws IOException {
        rig.failAt(StagingSyncSteps.SCAN);
        assertThat(failure(Optional.empty()).fact()).isEqualTo("broken by the test");
        assertThat(value(rig.staging, "SELECT words FROM public.old")).isEqualTo("as it was");
        requireNothingLeft();
    }

    @Order(6)
    @Test
    void whatATerminatedRunHasRestoredIsRemovedByTheNextOneForItsTarget() throws IOException {
        rig.interruptAt(StagingSyncSteps.COPY, () -> {
            rig.terminate("terminated");
            throw new IllegalStateException("its run is no more");
        });
        assertThatThrownBy(() -> rig.run("terminated")).hasRootCauseInstanceOf(TerminatedFailure.class);
        ProcessHandle left = cluster();
        assertThat(left.isAlive()).as("raw rows can be read").isTrue();
        Path ofNobody = Files.createFile(rig.scratch().resolve("windlass-0.staging-sync"));

        StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("next");

        assertThat(synced.of().map(CopiedSet::set)).contains(set);
        assertThat(left.isAlive()).isFalse();
        Files.delete(ofNobody);
        requireNothingLeft();
    }

    @Order(7)
    @Test
    void aSetThatCannotBeRestoredIsToldAndProductionTakesItsPlaceOnlyWhereEitherWillDo() throws IOException {
        damageTheDump();
        Failure refused = failure(Optional.of(SourceChoice.BACKUP));
        assertThat(refused.type()).isEqualTo(FailureType.RESTORE_FAILED);
        assertThat(refused.fact()).startsWith("set " + set + " cannot be restored here: ");
        assertThat(value(rig.staging, "SELECT words FROM public.old")).isEqualTo("as it was");

        StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("damaged");

        assertThat(synced.of()).isEmpty();
        assertThat(synced.problems())
                .singleElement()
                .asString()
                .startsWith("it was copied from production itself, for set " + set + " cannot be restored here: ");
        assertThat(payments()).isEqualTo("2000");
        requireNothingLeft();
    }

    private static void damageTheDump() throws IOException {
        Path dump;
        try (var files = Files.walk(rig.backups())) {
            dump = files.filter(file -> file.toString().endsWith(".dump.zst.age"))
                    .findFirst()
                    .orElseThrow();
        }
        try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int before = file.read();
            file.seek(file.length() / 2);
            file.write(before ^ 0xff);
        }
    }
}
