package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What is broken is noticed, said with fact and hint, and costs nothing that was proven before. */
@Tag("fault")
class DetectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int PATIENCE_SECONDS = 240;

    private static Rig rig;
    private static Witness witness;
    private static SmallDisk disk;
    private static String proven = "";

    private long begun;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = Rig.start();
        witness = new Witness(rig);
        disk = SmallDisk.at(rig.directory.resolve("backups"));
        proven = rig.startBackup("detect-first")
                .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class)
                .manifest()
                .set()
                .value();
    }

    @AfterAll
    static void endEverything() throws Exception {
        disk.close();
        rig.close();
    }

    @BeforeEach
    void begin() {
        begun = System.nanoTime();
    }

    @AfterEach
    void mendEverything(TestInfo test) throws IOException {
        rig.r2.release();
        rig.r2.clearFaults();
        witness.keepOnly(proven);
        System.out.printf("fault: %5.1f s  %s%n", (System.nanoTime() - begun) / 1e9, test.getDisplayName());
    }

    @Test
    void aFlippedByteBeforeTheProofFailsTheSet() throws Exception {
        Witness.Memory before = witness.remember();
        rig.r2.hold("PUT .*/manifest\\.json");
        WorkflowStub run = rig.startBackup("detect-flipped-byte");
        Eventually.holds(LIMIT, "the set is about to be committed", () -> rig.r2.held() > 0);
        Path set = rig.localSets().resolve(newSet(before));
        Damage.flipOneBit(set.resolve(dumpIn(set)));
        rig.r2.release();

        Failure failure = failureOf(run);

        assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.RESTORE_DIFFERS);
        for (Path copy : List.of(set, rig.bucket().resolve("sets").resolve(set.getFileName()))) {
            assertThat(Files.readString(copy.resolve("proof.json"))).contains("\"verdict\":\"FAILED\"");
        }
        said(run, failure);
        assertThat(witness.remember().remote()).containsAllEntriesOf(before.remote());
        assertThat(witness.remember().local()).containsAllEntriesOf(before.local());
        witness.seesNothingLeftOf("detect-flipped-byte");
    }

    @Test
    void aFlippedByteInTheBucketFailsTheRestoreTestAndTheSet() throws Exception {
        Path copy = rig.bucket().resolve("sets").resolve(proven);
        Path dump = copy.resolve(dumpIn(copy));
        Damage.flipOneBit(dump);
        WorkflowStub run = rig.start("RestoreTest", "detect-bucket-byte", restoreTest(Optional.empty()));

        Failure failure = failureOf(run);

        assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.RESTORE_DIFFERS);
        for (Path store : List.of(rig.localSets(), rig.bucket().resolve("sets"))) {
            Path checks = store.resolve(proven).resolve("checks");
            assertThat(Trees.files(checks)).hasSize(1);
            assertThat(Files.readString(checks.resolve(Trees.files(checks).getFirst())))
                    .contains("\"verdict\":\"FAILED\"");
            Trees.delete(checks);
        }
        said(run, failure);
        Damage.flipOneBit(dump);
        witness.seesNothingLeftOf("detect-bucket-byte");
    }

    @Test
    void aTruncatedObjectIsNotTakenForASet() throws Exception {
        Path copy = rig.bucket().resolve("sets").resolve(proven);
        Path dump = copy.resolve(dumpIn(copy));
        byte[] whole = Files.readAllBytes(dump);
        Damage.truncate(dump);
        WorkflowStub run = rig.start("RestoreTest", "detect-truncated", restoreTest(Optional.empty()));

        Failure failure = failureOf(run);

        assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.NOT_FOUND);
        assertThat(failure.fact()).isEqualTo("set " + proven + " is not whole in store bucket, it is in [local]");
        said(run, failure);
        Damage.overwrite(dump, whole);
    }

    @Test
    void anotherIdentityOpensNothing() throws Exception {
        Witness.Memory before = witness.remember();
        Path other = rig.directory.resolve("other.agekey");
        OpsFile.newIdentity(other);
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        WorkflowStub run = rig.start(
                "RestoreTest", "detect-wrong-identity", restoreTest(Optional.of(new SecretReference("file:" + other))));

        Failure failure = failureOf(run);

        assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.WRONG_IDENTITY);
        said(run, failure);
        witness.seesNoNewSet(before);
        witness.seesNothingLeftOf("detect-wrong-identity");
    }

    @Test
    void anExpiredKeyIsRefusedAndSaid() throws Exception {
        Witness.Memory before = witness.remember();
        rig.r2.fault("/" + OpsFile.BUCKET, 0, "expire-key");
        WorkflowStub run = rig.startBackup("detect-expired-key");

        Failure failure = failureOf(run);

        assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.STORAGE_REFUSED);
        assertThat(failure.hint()).startsWith("renew the key in env:FAULT_KEY_ID and env:FAULT_SECRET_KEY");
        said(run, failure);
        seesNoNewManifest(before);
    }

    @Test
    void anAilingBucketIsWaitedFor() throws Exception {
        Witness.Memory before = witness.remember();
        rig.r2.fault("PUT .*partNumber=1", 2, "status 503");
        rig.r2.fault("PUT .*partNumber=2", 1, "status 429");
        rig.r2.fault("PUT .*partNumber=3", 1, "cut-after 70000 bytes");
        rig.r2.fault("PUT .*partNumber=4", 1, "drop-answer");
        rig.r2.fault("PUT .*/manifest\\.json", 1, "drop-answer");
        rig.r2.fault("PUT .*/proof\\.json", 1, "status 500");
        WorkflowStub run = rig.startBackup("detect-ailing-bucket");

        run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);

        String set = witness.seesOneNewProvenSet(before);
        witness.seesNothingLeftOf("detect-ailing-bucket");
        proven = set;
    }

    @Test
    void aDatabaseThatVanishesIsSaidToBeGone() throws Exception {
        Witness.Memory before = witness.remember();
        WorkflowStub run = rig.startBackup("detect-vanished");
        List<Long> stopped = Moment.MID_DUMP.await(rig, run, Victim.POSTGRES, new Random(0));
        rig.postgres.hide();
        try {
            Processes.signal("CONT", stopped);

            Failure failure = failureOf(run);

            assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.DATABASE_GONE);
            said(run, failure);
            witness.seesNoNewSet(before);
            witness.seesNothingLeftOf("detect-vanished");
        } finally {
            rig.postgres.showAgain();
        }
    }

    @Test
    void anOldPgDumpIsRefused() throws Exception {
        Witness.Memory before = witness.remember();
        Path tools = Files.createDirectories(rig.directory.resolve("old-tools"));
        Path dump = tools.resolve("pg_dump");
        Files.writeString(dump, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
        Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig.ops.write(tools, rig.directory.resolve("backups"));
        rig.worker.kill();
        rig.worker.start();
        try {
            WorkflowStub run = rig.startBackup("detect-old-tools");

            Failure failure = failureOf(run);

            assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.TOOL_TOO_OLD);
            assertThat(failure.fact()).contains("9.6.24, older than the server of database shop");
            said(run, failure);
            witness.seesNoNewSet(before);
        } finally {
            rig.ops.write();
            rig.worker.kill();
            rig.worker.start();
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingIsKeptOfTheRun() throws Exception {
        assumeTrue(disk.isMounted(), disk::whyNot);
        Witness.Memory before = witness.remember();
        WorkflowStub run = rig.startBackup("detect-full-disk");
        List<Long> stopped = Moment.MID_DUMP.await(rig, run, Victim.POSTGRES, new Random(0));
        disk.keepFull();
        try {
            Processes.signal("CONT", stopped);

            Failure failure = failureOf(run);

            assertThat(failure.type()).as(failure.message()).isEqualTo(FailureType.DISK_FULL);
            said(run, failure);
            witness.seesNoNewSet(before);
            witness.seesNothingLeftOf("detect-full-disk");
        } finally {
            disk.empty();
        }
    }

    private static Failure failureOf(WorkflowStub run) {
        WorkflowFailedException thrown = assertThrows(
                WorkflowFailedException.class, () -> run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, Object.class));
        return Failure.in(thrown).orElseThrow(() -> new AssertionError("no failure of ours", thrown));
    }

    /** People hear of it once, with the hint. */
    private static void said(WorkflowStub run, Failure failure) {
        List<String> messages = witness.messagesOf(run.getExecution().getRunId());
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst()).contains("hint: ").contains("last proven: ");
        assertThat(failure.hint()).isNotBlank();
    }

    private static void seesNoNewManifest(Witness.Memory before) throws IOException {
        Witness.Memory now = witness.remember();
        assertThat(now.local()).containsAllEntriesOf(before.local());
        assertThat(now.remote()).containsAllEntriesOf(before.remote());
        assertThat(now.local().keySet())
                .filteredOn(file -> file.endsWith("manifest.json"))
                .hasSize(1);
        assertThat(now.remote().keySet())
                .filteredOn(file -> file.endsWith("manifest.json"))
                .hasSize(1);
    }

    /** As the schedule asks for it: the newest proven set, from the bucket. */
    private static RestoreTestRequest restoreTest(Optional<SecretReference> identity) {
        return new RestoreTestRequest(Optional.empty(), Optional.empty(), identity, "test");
    }

    private static String newSet(Witness.Memory before) throws IOException {
        return Trees.entries(rig.localSets()).stream()
                .filter(set -> !before.sets().contains(set))
                .findFirst()
                .orElseThrow();
    }

    private static String dumpIn(Path set) throws IOException {
        return Trees.files(set).stream()
                .filter(file -> file.contains(".dump."))
                .findFirst()
                .orElseThrow();
    }
}
