package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.protect.RealProtection;
import dev.windlass.activities.recovery.ReplayRig.Recovery;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.protect.BackupKind;
import dev.windlass.workflows.recovery.ReplayedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in the bucket is not what was written, for good. */
@Tag("integration")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterDamageTest {
    private static ReplayRig rig;
    private static String full;
    private static String differential;

    private Path file = Path.of("none");
    private byte[] whole = new byte[0];

    @BeforeAll
    static void loseACluster() throws IOException, InterruptedException {
        Assumptions.assumeTrue(PostgresForTests.isRoot(), "a recovered machine is worked on as root");
        rig = new ReplayRig("damaged", lost -> {
            lost.sql("CREATE TABLE public.between AS SELECT n, md5(n::text) AS text FROM generate_series(1, 50000) n");
            lost.backUp("second", BackupKind.DIFFERENTIAL);
        });
        differential = rig.recovery().look().backup();
        full = differential.substring(0, differential.indexOf('_'));
    }

    @AfterAll
    static void close() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @AfterEach
    void drop() throws IOException {
        if (whole.length > 0) {
            Files.write(file, whole);
        }
        rig.machine.passphrase = RealProtection.PASSPHRASE;
        rig.drop();
    }

    static Stream<Named<UnaryOperator<byte[]>>> damages() {
        return Stream.of(
                Named.of("a byte in the middle", bytes -> flipped(bytes, bytes.length / 2)),
                Named.of("the last byte", bytes -> flipped(bytes, bytes.length - 1)),
                Named.of("the second half is gone", bytes -> Arrays.copyOf(bytes, bytes.length / 2)),
                Named.of("nothing is in it", bytes -> new byte[0]));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    private void damage(Path damaged, UnaryOperator<byte[]> how) throws IOException {
        file = damaged;
        whole = Files.readAllBytes(file);
        Files.write(file, how.apply(whole));
    }

    private static Path largestOf(String label) throws IOException {
        return rig.largestInBucket("/backup/damaged/" + label + "/");
    }

    private static Recovery looked(Optional<Instant> to) {
        Recovery recovery = rig.recovery(to);
        recovery.look();
        return recovery;
    }

    private static Failure failureOf(Recovery recovery) {
        return Failure.in(catchThrowable(recovery::replay)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("damages")
    void theBackupBeforeIsTakenAndNothingThatWasCommittedIsLost(UnaryOperator<byte[]> how) throws IOException {
        damage(largestOf(differential), how);

        ReplayedCluster replayed = looked(Optional.empty()).replay();

        rig.requireEveryRow();
        assertThat(replayed.backup()).isEqualTo(full);
        assertThat(replayed.findings())
                .singleElement()
                .asString()
                .startsWith("cluster main comes from an older physical backup, for " + differential
                        + " is damaged: ERROR: [");
    }

    @Test
    void whereTheFullOneIsDamagedNoneServes() throws IOException {
        damage(largestOf(full), bytes -> flipped(bytes, bytes.length / 2));

        Failure why = failureOf(looked(Optional.empty()));

        assertThat(why.type()).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        assertThat(why.fact())
                .startsWith("no backup of stanza damaged can be restored: " + differential + ": ERROR: [")
                .contains("; " + full + ": ERROR: [");
    }

    @ParameterizedTest
    @MethodSource("damages")
    void walEndsBeforeASegmentThatIsDamaged(UnaryOperator<byte[]> how) throws IOException {
        damage(segment(2), how);

        ReplayedCluster replayed = looked(Optional.empty()).replay();

        assertThat(rig.rows()).isEqualTo("0,1false");
        assertThat(replayed.last()).isPresent();
        assertThat(replayed.findings())
                .singleElement()
                .asString()
                .startsWith("THE WAL OF CLUSTER main ENDS EARLY, in segment …"
                        + rig.wal.get(1).substring(8))
                .contains(rig.wal.get(2) + " is damaged in the bucket: [");
    }

    @Test
    void aSetThatIsYoungerThanWhatIsBeforeTheDamageIsTheBetterOne() throws IOException {
        damage(segment(2), bytes -> flipped(bytes, bytes.length / 2));
        Recovery recovery = looked(Optional.empty());

        Failure why = Failure.in(catchThrowable(() -> recovery.replay(rig.written(3))))
                .orElseThrow();

        assertThat(why.type()).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        assertThat(why.fact())
                .startsWith("THE WAL OF CLUSTER main ENDS EARLY")
                .endsWith("and the set of " + rig.written(3) + " is younger");
        assertThat(Path.of(rig.machine.places.replayed())).doesNotExist();
        assertThat(recovery.replay(rig.written(1)).findings()).hasSize(1);
    }

    @Test
    void aMomentThatLiesBehindADamagedSegmentIsNotReplacedByAnother() throws IOException {
        damage(segment(1), bytes -> flipped(bytes, bytes.length / 2));

        Failure why = failureOf(looked(Optional.of(rig.written(2))));

        assertThat(why.type().isRetryable()).isFalse();
        assertThat(why.fact()).isEqualTo("the WAL of cluster main ends before " + rig.written(2));
    }

    @Test
    void walIsReplayedUpToAMomentAndNotFurther() {
        looked(Optional.of(rig.written(1).plusMillis(1))).replay();

        assertThat(rig.rows()).isEqualTo("0,1false");
    }

    /** What pgBackRest makes of the first bytes, and says, is another thing with each. */
    @Test
    void aPassphraseThatDoesNotFitIsSaidBeforeAnythingIsRestored() {
        for (int other = 0; other < 30; other++) {
            rig.machine.passphrase = "another one " + other;

            Failure why = Failure.in(catchThrowable(rig.recovery()::look)).orElseThrow();

            assertThat(why.fact()).startsWith("the repository of stanza damaged cannot be read with this passphrase");
            assertThat(why.type()).isEqualTo(FailureType.WRONG_IDENTITY);
        }
    }

    private static Path segment(int number) throws IOException {
        return rig.inBucket(each -> each.getFileName().toString().startsWith(rig.wal.get(number) + "-"));
    }
}
