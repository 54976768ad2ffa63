package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.protect.RealProtection;
import dev.windlass.activities.storage.R2;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.runbooks.recovery.ReplayStep;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.ReplayedCluster;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lost cluster out of the R2 double, by PostgreSQL and pgBackRest as they are installed. */
@Tag("integration")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterReplayTest {
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final int SEGMENTS = 4;

    private static RealProtection lost;
    private static ReplayedMachine machine;
    private static Plan plan;
    private static Step step;
    private static ReplayEffects effects;

    /** Each has the row of its number. */
    private static final List<String> WAL = new ArrayList<>();

    @BeforeAll
    static void loseACluster() throws IOException, InterruptedException {
        Assumptions.assumeTrue(PostgresForTests.isRoot(), "a recovered machine is worked on as root");
        lost = new RealProtection("replayed");
        lost.protect();
        lost.sql("CREATE TABLE public.written (number int)");
        for (int number = 0; number < SEGMENTS; number++) {
            lost.sql("INSERT INTO public.written VALUES (" + number + ")");
            WAL.add(lost.value("SELECT pg_walfile_name(pg_switch_wal())"));
        }
        PostgresForTests.waitUntil(
                "the last segment is archived",
                () -> lost.value("SELECT last_archived_wal >= '" + WAL.getLast() + "' FROM pg_stat_archiver")
                        .equals("t"));
        int major = Integer.parseInt(lost.value("SHOW server_version_num")) / 10_000;
        RecoveryBucket bucket = new RecoveryBucket(
                lost.r2.endpoint().replace("127.0.0.1", "localhost"), "auto", R2.BUCKET, "team/", Authority.PRIVATE);
        machine = new ReplayedMachine(bucket, lost.r2.authority().toString(), major);
        LostCluster cluster = new LostCluster(
                new ClusterName("main"),
                "replayed",
                major,
                ReplayedMachine.PASSPHRASE_FILE,
                List.of(new LostCluster.LostDatabase(SHOP, "postgres")),
                Instant.now(),
                Optional.empty());
        effects = new ReplayEffects(machine.server, cluster, bucket);
        plan = new PlanOfRecoverVps(machine.places, manifest(major), Optional.of(cluster))
                .plan(request(bucket))
                .plan();
        step = plan.step(RecoverVpsSteps.CLUSTER);
    }

    private static Manifest manifest(int major) {
        Manifest sample = RecordingMachine.MANIFEST;
        return new Manifest(
                sample.format(),
                sample.set(),
                sample.committedAt(),
                sample.run(),
                sample.plan(),
                List.of(new DatabaseSummary(SHOP, major + ".1", sample.committedAt(), 4, 100, 1000)),
                sample.archives(),
                sample.redis(),
                sample.artefacts(),
                sample.recipients());
    }

    private static RecoverVpsRequest request(RecoveryBucket bucket) {
        RecoverVpsRequest any = VpsClaimsTest.request("ana", Claiming.IF_FREE);
        return new RecoverVpsRequest(any.target(), bucket, any.set(), any.glass(), any.budget(), any.claiming());
    }

    @AfterAll
    static void close() throws IOException {
        if (machine != null) {
            machine.close();
            lost.close();
        }
    }

    @BeforeEach
    void look() {
        Step repository = plan.step(RecoverVpsSteps.REPOSITORY);
        new ClusterReplay(machine.parts(), effects, "postgres", machine.context(repository)).look(repository);
        machine.effects.forget();
    }

    @AfterEach
    void drop() throws IOException {
        lost.r2.clearFaults();
        machine.run(ReplayStep.in(step).end(), machine.context(step));
        ScratchProcesses.endAll(Path.of(machine.server.data()));
        Files.deleteIfExists(Path.of(machine.places.replayed()));
    }

    private static ReplayedCluster replay() {
        return new ClusterReplay(machine.parts(), effects, "postgres", machine.context(step)).replay(step);
    }

    /** As Temporal does, again and again; what is final is no answer. */
    private static boolean hasReplayed() {
        try {
            replay();
            return true;
        } catch (ApplicationFailure failed) {
            assertThat(failed.isNonRetryable()).as(failed.getMessage()).isFalse();
            return false;
        }
    }

    private static void requireEveryRow() {
        assertThat(
                        PostgresForTests.value(
                                RecoveredDatabase.named("postgres", SHOP, machine.server, "postgres"),
                                "SELECT string_agg(number::text, ',' ORDER BY number) || pg_is_in_recovery() FROM public.written"))
                .isEqualTo("0,1,2,3false");
    }

    @Test
    void allThatWasArchivedIsThereAndTheServerIsTheMachinesOwn() {
        ReplayedCluster replayed = replay();

        requireEveryRow();
        assertThat(replayed.last()).isPresent();
        assertThat(replayed.findings()).isEmpty();
        assertThat(Path.of(machine.server.configuration(), "conf.d/windlass-replay.conf"))
                .doesNotExist();
        assertThat(new PlanEquality(plan, Set.of()).differences(machine.effects.all()))
                .isEmpty();
    }

    /** To PostgreSQL it must not be the end of WAL: it would let people in without what lies in the bucket. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"status 403", "status 503"})
    void aBucketThatDoesNotAnswerIsNotTheEndOfWal(String answer) {
        lost.r2.order("GET .*archive/replayed/.*" + WAL.get(2) + "-.*", 0, answer);

        Throwable failed = catchThrowable(ClusterReplayTest::replay);

        Failure why = Failure.in(failed).orElseThrow();
        assertThat(why.fact())
                .startsWith("the server of cluster main cannot fetch its WAL: FATAL:  could not restore file \""
                        + WAL.get(2) + "\"");
        assertThat(why.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(why.type().isRetryable()).isTrue();
        lost.r2.clearFaults();
        replay();
        requireEveryRow();
    }

    @Test
    void aSegmentThatIsMissingInBetweenIsSaid() throws IOException {
        Path segment;
        try (Stream<Path> files = Files.walk(lost.r2.authority().resolveSibling("data"))) {
            segment = files.filter(file -> file.getFileName().toString().startsWith(WAL.get(2) + "-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path away = Files.createTempDirectory("windlass-segment").resolve("segment");
        Files.move(segment, away);
        try {
            assertThat(replay().findings())
                    .singleElement()
                    .asString()
                    .startsWith("THE WAL OF CLUSTER main ENDS EARLY, in segment …"
                            + WAL.get(1).substring(8))
                    .contains("the newest that was archived is ");
        } finally {
            Files.move(away, segment);
            Files.delete(away.getParent());
        }
    }

    static Stream<Named<Function<ReplayStep, Command>>> tail() {
        return Stream.of(
                Named.of("stop", ReplayStep::stop),
                Named.of("cleanUp", ReplayStep::cleanUp),
                Named.of("service", ReplayStep::service));
    }

    @ParameterizedTest
    @MethodSource("tail")
    void whatIsReplayedStaysWhereTheWorkerIsKilledAfter(Function<ReplayStep, Command> last) {
        machine.killAfter(last.apply(ReplayStep.in(step)));
        assertThatThrownBy(ClusterReplayTest::replay).isInstanceOf(ReplayedMachine.Killed.class);
        lost.r2.order(".*", 0, "status 503");

        ReplayedCluster replayed = replay();

        requireEveryRow();
        assertThat(replayed.last()).isPresent();
        assertThat(replay()).as("once more").isEqualTo(replayed);
        requireEveryRow();
    }

    @Test
    void aWorkerThatIsKilledWhileItReplaysBeginsAnew() {
        machine.killAfter(ReplayStep.in(step).start());
        assertThatThrownBy(ClusterReplayTest::replay).isInstanceOf(ReplayedMachine.Killed.class);

        PostgresForTests.waitUntil("the killed server is gone", ClusterReplayTest::hasReplayed);

        requireEveryRow();
    }
}
