package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.recovery.ReplayRig.Recovery;
import dev.windlass.runbooks.recovery.ReplayStep;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.recovery.ReplayedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static ReplayRig rig;
    private static Recovery recovery;

    @BeforeAll
    static void loseACluster() throws IOException, InterruptedException {
        Assumptions.assumeTrue(PostgresForTests.isRoot(), "a recovered machine is worked on as root");
        rig = new ReplayRig("replayed", lost -> {});
        recovery = rig.recovery();
    }

    @AfterAll
    static void close() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void look() {
        recovery.look();
    }

    @AfterEach
    void drop() throws IOException {
        rig.drop();
    }

    @Test
    void allThatWasArchivedIsThereAndTheServerIsTheMachinesOwn() {
        ReplayedCluster replayed = recovery.replay();

        rig.requireEveryRow();
        assertThat(replayed.last()).isPresent();
        assertThat(replayed.findings()).isEmpty();
        assertThat(Path.of(rig.machine.server.configuration(), "conf.d/windlass-replay.conf"))
                .doesNotExist();
        assertThat(new PlanEquality(recovery.plan(), Set.of()).differences(rig.machine.effects.all()))
                .isEmpty();
    }

    /** To PostgreSQL it must not be the end of WAL: it would let people in without what lies in the bucket. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"status 403", "status 503"})
    void aBucketThatDoesNotAnswerIsNotTheEndOfWal(String answer) {
        rig.lost.r2.order("GET .*archive/replayed/.*" + rig.wal.get(2) + "-.*", 0, answer);

        Throwable failed = catchThrowable(recovery::replay);

        Failure why = Failure.in(failed).orElseThrow();
        assertThat(why.fact())
                .startsWith("the server of cluster main cannot fetch its WAL: FATAL:  could not restore file \""
                        + rig.wal.get(2) + "\"");
        assertThat(why.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(why.type().isRetryable()).isTrue();
        rig.lost.r2.clearFaults();
        recovery.replay();
        rig.requireEveryRow();
    }

    @Test
    void aSegmentThatIsMissingInBetweenIsSaid() throws IOException {
        Path segment = rig.inBucket(file -> file.getFileName().toString().startsWith(rig.wal.get(2) + "-"));
        Path away = Files.createTempDirectory("windlass-segment").resolve("segment");
        Files.move(segment, away);
        try {
            assertThat(recovery.replay().findings())
                    .singleElement()
                    .asString()
                    .startsWith("THE WAL OF CLUSTER main ENDS EARLY, in segment …"
                            + rig.wal.get(1).substring(8))
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
        rig.machine.killAfter(last.apply(recovery.commands()));
        assertThatThrownBy(recovery::replay).isInstanceOf(ReplayedMachine.Killed.class);
        rig.lost.r2.order(".*", 0, "status 503");

        ReplayedCluster replayed = recovery.replay();

        rig.requireEveryRow();
        assertThat(replayed.last()).isPresent();
        assertThat(recovery.replay()).as("once more").isEqualTo(replayed);
        rig.requireEveryRow();
    }

    @Test
    void aWorkerThatIsKilledWhileItReplaysBeginsAnew() {
        rig.machine.killAfter(recovery.commands().start());
        assertThatThrownBy(recovery::replay).isInstanceOf(ReplayedMachine.Killed.class);

        recovery.replay();

        rig.requireEveryRow();
    }

    /** PostgreSQL does not start while the process lives that its lock file names. */
    @Test
    void aServerThatWasKilledAndIsNotQuiteGoneIsWaitedFor() throws IOException {
        Process going = new ProcessBuilder("setpriv", "--reuid=postgres", "--clear-groups", "sleep", "4").start();
        Path socket = Path.of(rig.machine.places.socket());
        Files.write(
                socket.resolve(".s.PGSQL.5432.lock"),
                List.of(String.valueOf(going.pid()), rig.machine.server.data(), "1", "5432", socket.toString(), ""));

        recovery.replay();

        assertThat(going.isAlive()).isFalse();
        rig.requireEveryRow();
    }
}
