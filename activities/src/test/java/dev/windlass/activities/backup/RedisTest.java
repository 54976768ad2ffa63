package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.Pulse;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.Proof.Verdict;
import dev.windlass.workflows.backup.ProveRedisOrder;
import dev.windlass.workflows.backup.RedisProof;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.backup.RestoreTestWorkflow;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The data of a Redis server in a set, when something is wrong or goes on meanwhile. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisTest {
    private static final RedisName QUEUES = new RedisName("queues");

    private final RealRunbooks real = new RealRunbooks();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() throws IOException {
        try (Stream<Path> left =
                Files.list(Files.createDirectories(real.directory().resolve("scratch")))) {
            assertThat(left).isEmpty();
        } finally {
            real.close();
        }
    }

    @Test
    void whatTheServerHasIsLoadedFromTheSet() throws IOException {
        real.redis.call("MSET", "a", "1", "b", "2");
        real.redis.call("RPUSH", "queue", "first", "second");
        real.redis.call("-n", "3", "SET", "in another database", "3");
        BackupOutcome outcome = backUp();
        assertThat(outcome.manifest().redis())
                .singleElement()
                .satisfies(summary -> assertThat(summary.keys()).isEqualTo(4));
        assertThat(outcome.proof().redis()).singleElement().satisfies(proof -> {
            assertThat(proof.keys()).isEqualTo(4);
            assertThat(proof.isProven()).isTrue();
        });
        // As the page puts it back by hand.
        Path elsewhere = real.directory().resolve("elsewhere");
        Path snapshot = Files.createDirectories(elsewhere.resolve("queues")).resolve("dump.rdb");
        String key = outcome.manifest().artefact(Artefact.Kind.REDIS, QUEUES).key();
        Channel.OpenedFile sealed = new Channel.OpenedFile(
                real.directory().resolve("offsite").resolve(key).toString(),
                real.identities().reference(outcome.manifest().set()));
        try (InputStream opened = real.parts().sealedFiles().open(sealed)) {
            Files.copy(opened, snapshot);
        }
        try (RedisForTests another = RedisForTests.start(elsewhere)) {
            assertThat(another.call("MGET", "a", "b")).isEqualTo("1\n2");
            assertThat(another.call("LRANGE", "queue", "0", "-1")).isEqualTo("first\nsecond");
            assertThat(another.call("-n", "3", "GET", "in another database")).isEqualTo("3");
        }
    }

    @Test
    void keysThatRunOutBetweenSnapshotAndProofAreCounted() {
        real.redis.call("SET", "stays", "1");
        real.redis.call("SET", "goes", "1", "PX", "1500");
        BackupOutcome outcome = backUp();
        assertThat(outcome.proof().verdict()).isEqualTo(Verdict.PROVEN);
        var tested = real.start(RestoreTestWorkflow.class, "tested")
                .run(new RestoreTestRequest(Optional.empty(), Optional.empty(), Optional.empty(), "test"));
        assertThat(tested.proof().redis()).singleElement().satisfies(proof -> {
            assertThat(proof.keys()).isEqualTo(1);
            assertThat(proof.expired()).isEqualTo(1);
            assertThat(proof.isProven()).isTrue();
        });
    }

    @Test
    void aServerWithoutKeysIsASetLikeAnother() {
        assertThat(backUp().proof().verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void aServerThatIsNotThereIsWaitedFor() {
        real.redis.kill();
        RedisSnapshot snapshot = new RedisSnapshot(real.parts());
        assertFails(
                FailureType.DATABASE_UNREACHABLE,
                "Redis queues cannot be reached",
                () -> snapshot.look(SampleOperations.queues(real.directory()), PostgresForTests.context("plan")));
        assertThat(FailureType.DATABASE_UNREACHABLE.isRetryable()).isTrue();
    }

    @Test
    void aPasswordThatIsRefusedIsToldAndNotRepeated() {
        real.redis.call("CONFIG", "SET", "requirepass", "another one");
        assertFails(FailureType.CONFIGURATION, "does not let us take a snapshot", this::backUp);
        assertThat(real.directory().resolve("backups/sets")).doesNotExist();
    }

    @Test
    void aDamagedSnapshotIsNotProven() throws IOException {
        real.redis.call("SET", "a", "1");
        BackupOutcome outcome = backUp();
        Path stored = real.directory()
                .resolve("offsite")
                .resolve(
                        outcome.manifest().artefact(Artefact.Kind.REDIS, QUEUES).key());
        byte[] bytes = Files.readAllBytes(stored);
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored, bytes);
        assertThatThrownBy(() -> real.start(RestoreTestWorkflow.class, "tested")
                        .run(new RestoreTestRequest(Optional.empty(), Optional.empty(), Optional.empty(), "test")))
                .satisfies(thrown -> assertThat(Failure.in(thrown)).hasValueSatisfying(failure -> {
                    assertThat(failure.type()).isEqualTo(FailureType.RESTORE_DIFFERS);
                    assertThat(failure.fact()).contains("queues");
                }));
    }

    @Test
    void aProofThatIsCancelledLeavesNothing() {
        real.redis.call("SET", "a", "1");
        BackupOutcome outcome = backUp();
        // As Temporal does: once heard, every heartbeat says it again.
        AtomicBoolean isCancelled = new AtomicBoolean();
        StepContext cancelled = context("cancelled", progress -> {
            if (progress.phase().equals("redis-server")) {
                isCancelled.set(true);
            }
            if (isCancelled.get()) {
                throw new CancellationException("in the middle");
            }
        });
        assertThatThrownBy(() -> prove(outcome, cancelled)).isInstanceOf(CancellationException.class);
        assertThat(ScratchProcesses.isAnyIn(scratchOf(cancelled))).isFalse();
    }

    /** A worker that is killed leaves a server behind, in the directory of the next attempt. */
    @Test
    void whatAKilledAttemptLeftIsEndedFirst() throws IOException {
        real.redis.call("SET", "a", "1");
        BackupOutcome outcome = backUp();
        StepContext again = context("again", progress -> {});
        Path directory = Files.createDirectories(scratchOf(again));
        Files.writeString(directory.resolve("dump.rdb"), "half of a snapshot");
        try (RedisForTests left = RedisForTests.at(directory.resolve("redis.sock"), "another.rdb")) {
            RedisProof proof = prove(outcome, again);
            assertThat(proof.differences()).isEmpty();
            assertThat(proof.keys()).isEqualTo(1);
            assertThat(left.isAlive()).isFalse();
        }
    }

    private Path scratchOf(StepContext context) {
        return real.directory().resolve("scratch/" + context.token().abbreviated());
    }

    private static StepContext context(String run, Pulse pulse) {
        return new StepContext(
                new StepToken(run, "run-" + ProcessHandle.current().pid(), BackupSteps.proveRedis(QUEUES)),
                pulse,
                EffectJournal.none());
    }

    private RedisProof prove(BackupOutcome outcome, StepContext context) {
        Step step = real.planOf("backup-1", Plan.class)
                .step(BackupSteps.proveRedis(QUEUES))
                .fill(Slots.of("set", outcome.manifest().set().value()));
        return new RedisProving(real.parts()).prove(new ProveRedisOrder(step, outcome.manifest(), QUEUES), context);
    }

    @Test
    void namedDatabasesAloneAreASetWithoutIt() {
        BackupOutcome outcome =
                real.start(BackupWorkflow.class, "named").run(new BackupRequest(List.of(real.database.name()), "test"));
        assertThat(outcome.manifest().redis()).isEmpty();
    }

    private BackupOutcome backUp() {
        return real.start(BackupWorkflow.class, "backup-" + runs.incrementAndGet())
                .run(new BackupRequest(List.of(), "test"));
    }

    private static void assertFails(FailureType type, String fact, ThrowingCallable run) {
        assertThatThrownBy(run)
                .satisfies(thrown -> assertThat(Failure.in(thrown)).hasValueSatisfying(failure -> {
                    assertThat(failure.type()).isEqualTo(type);
                    assertThat(failure.fact()).contains(fact).doesNotContain(RedisForTests.PASSWORD);
                }));
    }
}
