package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.RehearsedRunbooks.Fault;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.client.WorkflowFailedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real workflow over recording effects: what it does is what its plan says, whichever step fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupEqualsPlanTest {
    private static final ArchiveName UPLOADS = new ArchiveName("uploads");
    private static final RedisName QUEUES = new RedisName("queues");

    private final RehearsedRunbooks rehearsed = new RehearsedRunbooks("orders", "users");

    @AfterEach
    void close() {
        rehearsed.close();
    }

    @Test
    void aBackupDoesWhatItsPlanSays() {
        assertThat(rehearsed.backup().proof().databases()).hasSize(2);
        assertThat(equality().differences(rehearsed.effects())).isEmpty();
        assertThat(equality().missing(rehearsed.effects())).isEmpty();
        assertThat(rehearsed.headlines()).singleElement().asString().startsWith("backup proven: orders ");
        assertThat(rehearsed.audited()).containsExactly(AuditEvent.Kind.STARTED, AuditEvent.Kind.ENDED);
    }

    static Stream<StepId> stepsBeforeTheCommit() {
        return Stream.of(
                BackupSteps.PREPARE,
                BackupSteps.dump(new DatabaseName("orders")),
                BackupSteps.dump(new DatabaseName("users")),
                BackupSteps.archive(UPLOADS),
                BackupSteps.saveRedis(QUEUES),
                BackupSteps.upload(new DatabaseName("users")),
                BackupSteps.uploadArchive(UPLOADS),
                BackupSteps.uploadRedis(QUEUES),
                BackupSteps.COMMIT);
    }

    @ParameterizedTest
    @MethodSource("stepsBeforeTheCommit")
    void aStepThatFailsBeforeTheCommitLeavesNothing(StepId step) {
        rehearsed.fail(step, Fault.FOR_GOOD);
        assertThatThrownBy(rehearsed::backup).isInstanceOf(WorkflowFailedException.class);
        List<Executed> effects = rehearsed.effects();
        assertThat(equality().differences(effects)).isEmpty();
        assertThat(effects.stream().map(Executed::effect).toList())
                .endsWith(rehearsed
                        .plan()
                        .step(BackupSteps.PREPARE)
                        .fill(rehearsed.set())
                        .undo()
                        .getLast());
        assertThat(rehearsed.headlines()).containsExactly("backup failed: step " + step + " was told to fail");
    }

    static Stream<StepId> stepsAfterTheCommit() {
        return Stream.of(
                BackupSteps.prove(new DatabaseName("users")),
                BackupSteps.proveArchive(UPLOADS),
                BackupSteps.proveRedis(QUEUES),
                BackupSteps.RECORD);
    }

    @ParameterizedTest
    @MethodSource("stepsAfterTheCommit")
    void aStepThatFailsAfterTheCommitKeepsTheSet(StepId step) {
        rehearsed.fail(step, Fault.FOR_GOOD);
        assertThatThrownBy(rehearsed::backup).isInstanceOf(WorkflowFailedException.class);
        assertThat(equality().differences(rehearsed.effects())).isEmpty();
        assertThat(rehearsed.effects())
                .noneMatch(executed -> executed.step().equals(BackupSteps.PREPARE)
                        && rehearsed
                                .plan()
                                .step(BackupSteps.PREPARE)
                                .fill(rehearsed.set())
                                .undo()
                                .contains(executed.effect()));
        assertThat(rehearsed.headlines()).containsExactly("backup failed: step " + step + " was told to fail");
    }

    @ParameterizedTest
    @MethodSource("stepsBeforeTheCommit")
    void aStepThatFailsOnceIsTriedAgain(StepId step) {
        rehearsed.fail(step, Fault.ONCE);
        rehearsed.backup();
        assertThat(equality().differences(rehearsed.effects())).isEmpty();
        assertThat(equality().missing(rehearsed.effects())).isEmpty();
    }

    static Stream<StepId> proofs() {
        return Stream.of(
                BackupSteps.prove(new DatabaseName("orders")),
                BackupSteps.proveArchive(UPLOADS),
                BackupSteps.proveRedis(QUEUES));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void aSetThatDoesNotRestoreIsRecordedAndAnnouncedAndFailsTheRun(StepId step) {
        rehearsed.fail(step, Fault.DIFFERS);
        assertThatThrownBy(rehearsed::backup)
                .isInstanceOf(WorkflowFailedException.class)
                .satisfies(thrown -> assertThat(Failure.in(thrown).map(Failure::type))
                        .isEqualTo(Optional.of(FailureType.RESTORE_DIFFERS)));
        assertThat(rehearsed.effects()).anyMatch(executed -> executed.step().equals(BackupSteps.RECORD));
        assertThat(rehearsed.effects()).noneMatch(executed -> executed.step().equals(BackupSteps.PRUNE));
        assertThat(rehearsed.headlines()).singleElement().asString().startsWith("backup failed: set ");
        assertThat(rehearsed.audited()).containsExactly(AuditEvent.Kind.STARTED, AuditEvent.Kind.ENDED);
    }

    private PlanEquality equality() {
        return new PlanEquality(rehearsed.plan(), Set.of("older-set", "old-set"));
    }
}
