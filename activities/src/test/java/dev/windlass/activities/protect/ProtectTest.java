package dev.windlass.activities.protect;

import static dev.windlass.activities.protect.RealProtection.MAIN;
import static dev.windlass.activities.protect.RealProtection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.BackupKind;
import dev.windlass.workflows.protect.PhysicalBackupOutcome;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectPlanWorkflow;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectWorkflow;
import dev.windlass.workflows.protect.ProtectionFinding;
import dev.windlass.workflows.protect.ProtectionFinding.Kind;
import dev.windlass.workflows.protect.ProtectionStatus;
import dev.windlass.workflows.protect.ProtectionStatusWorkflow;
import dev.windlass.workflows.protect.WatchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** pgBackRest as it is installed, against the double that refuses what R2 refuses. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProtectTest {
    private static final String SETTINGS = "SELECT coalesce(string_agg(name || '=' || setting, ' ' ORDER BY name), '')"
            + " FROM pg_file_settings WHERE name LIKE 'archive%'";

    private final RealProtection real = new RealProtection();
    private int looks;

    ProtectTest() throws IOException, InterruptedException {}

    @AfterEach
    void close() throws IOException {
        real.close();
    }

    @Test
    void protectsOnceARestartWasAcceptedAndThenChangesNothing() throws IOException {
        assertThat(findings()).containsExactly(Kind.NOT_PROTECTED, Kind.REPOSITORY_UNREACHABLE);
        ProtectOutcome waiting = protect("waiting", request());
        assertThat(waiting)
                .isInstanceOfSatisfying(
                        ProtectOutcome.WaitsForRestart.class,
                        waits -> assertThat(waits.command()).isEqualTo(String.join(" ", real.cluster.restart())));
        requireEqual("waiting");
        assertThat(real.value("SHOW archive_mode")).isEqualTo("off");
        assertThat(real.value(SETTINGS)).contains("archive_mode=on");

        Plan plan = real.start(ProtectPlanWorkflow.class, "planned", TaskQueues.PLANNING)
                .plan(request(ProtectRequest.RESTART));
        assertThat(plan.steps())
                .extracting(step -> step.id().value())
                .containsExactly("restart", "check", "backup", "inspect", "notify");
        ProtectOutcome done = protect("restarted", request(ProtectRequest.RESTART));
        assertThat(done)
                .isInstanceOfSatisfying(
                        ProtectOutcome.Protected.class,
                        made -> assertThat(made.digest()).isEqualTo(plan.digest()));
        requireEqual("restarted");
        assertThat(real.value("SHOW archive_mode")).isEqualTo("on");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real.configuration())))
                .isEqualTo("rw-r-----");
        assertThat(Files.readString(real.configuration())).contains("=" + RealProtection.PASSPHRASE + "\n");
        assertThat(real.configurations().toFile().list()).containsExactly("main.conf");

        assertThat(protect("again", request(ProtectRequest.RESTART)))
                .isEqualTo(new ProtectOutcome.AlreadyProtected(MAIN));
        assertThat(real.effects.all()).isEmpty();
        assertThat(findings()).isEmpty();
        real.lastDrill = Optional.of(Instant.now().minus(Duration.ofDays(36)));
        assertThat(findings()).containsExactly(Kind.DRILL_OLD);
        real.lastDrill = Optional.of(Instant.now().minus(Duration.ofDays(34)));
        assertThat(findings()).isEmpty();
        real.lastDrill = Optional.empty();
        Files.setLastModifiedTime(
                real.configuration(), FileTime.from(Instant.now().minus(Duration.ofDays(36))));
        assertThat(findings()).as("protected long ago, and never drilled").containsExactly(Kind.DRILL_OLD);
        Files.setLastModifiedTime(real.configuration(), FileTime.from(Instant.now()));
        for (String run : List.of("waiting", "restarted", "again")) {
            assertThat(real.history(run)).doesNotContain(RealProtection.PASSPHRASE, RealProtection.SECRET);
        }

        PhysicalBackupOutcome differential = real.backUp("differential", BackupKind.DIFFERENTIAL);
        assertThat(differential.backup().type()).isEqualTo("diff");
        String first = differential.backup().label().substring(0, 16);
        PhysicalBackupOutcome full = real.backUp("full", BackupKind.FULL);
        assertThat(full.backup().type()).isEqualTo("full");
        assertThat(real.r2.requests())
                .noneMatch(line -> line.contains("\"status\":429") || line.contains("\"status\":400"));
        assertThat(real.r2.requests())
                .as("keep_fulls is 1, so the first backup goes when the second is complete")
                .anyMatch(line -> line.contains("DELETE") && line.contains(first));
        assertThat(findings()).isEmpty();
        real.r2.order("GET .*backup/main/backup.info.*", 0, "status 403");
        assertThat(findings()).as("not a repository without backups").containsExactly(Kind.REPOSITORY_UNREACHABLE);
    }

    @Test
    void leavesAnArchiveCommandOfSomebodyElseAlone() {
        real.sql("ALTER SYSTEM SET archive_command = 'cp %p /mnt/other/%f'");

        Failure failure = failureOf("refused", request(ProtectRequest.RESTART));

        assertThat(failure.type()).isEqualTo(FailureType.PRECONDITION);
        assertThat(failure.message())
                .isEqualTo(
                        "cluster main archives already, by an archive_command of somebody else: cp %p /mnt/other/%f\n"
                                + "hint: see whom that serves; if it may end, say --accept archive_command\n"
                                + "see: runbooks/protect.md#somebody-elses-archiving");
        assertThat(real.value(SETTINGS)).isEqualTo("archive_command=cp %p /mnt/other/%f");
        assertThat(real.configuration()).doesNotExist();
    }

    @Test
    void endsWhereTheBucketDoesNotAnswerAndLeavesNothing() throws IOException {
        real.use("https://localhost:9", RealProtection.SECRET, RealProtection.PASSPHRASE);

        Failure failure = failureOf("unreachable", request(ProtectRequest.RESTART));

        assertThat(failure.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(failure.anchor()).isEqualTo("protect.md#bucket-unreachable");
        assertThat(real.value(SETTINGS)).isEmpty();
        assertThat(real.configurations()).isEmptyDirectory();
    }

    @Test
    void putsTheSettingsBackWhereNoSegmentArrives() throws IOException {
        real.sql("ALTER SYSTEM SET archive_timeout = '5min'");
        real.r2.order("PUT .*archive/main/15-1.*", 0, "status 403");

        Failure failure = failureOf("no-segment", request(ProtectRequest.RESTART));

        assertThat(failure.fact()).startsWith("no WAL segment reached the repository in time");
        assertThat(failure.anchor()).isEqualTo("protect.md#archiving-fails");
        assertThat(real.value("SHOW archive_mode")).as("until its next restart").isEqualTo("on");
        assertThat(real.value(SETTINGS))
                .as("without any command the server would keep all WAL")
                .isEqualTo("archive_command=/bin/true archive_timeout=5min");
        PostgresForTests.waitUntil(
                "no segment waits",
                () -> real.value("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'")
                        .equals("0"));
        assertThat(real.configurations()).isEmptyDirectory();
        requireUndone("no-segment");

        real.r2.clearFaults();
        assertThat(protect("afterwards", request())).isInstanceOf(ProtectOutcome.Protected.class);
    }

    @Test
    void putsTheFileBackWhereTheNewKeyIsRefused() throws IOException {
        protect("waiting", request());
        real.use(real.r2.endpoint().replace("127.0.0.1", "localhost"), "another-secret", RealProtection.PASSPHRASE);

        Failure failure = failureOf("wrong-key", request(ProtectRequest.RESTART));

        assertThat(failure.type()).isEqualTo(FailureType.STORAGE_REFUSED);
        assertThat(failure.anchor()).isEqualTo("protect.md#bucket-refuses-us");
        assertThat(Files.readString(real.configuration()))
                .contains("repo1-s3-key-secret=" + RealProtection.SECRET + "\n");
        assertThat(real.configurations().toFile().list()).containsExactly("main.conf");
    }

    @Test
    void saysThatThePassphraseIsAnotherOneAndGoesOnWithTheOld() throws IOException {
        protect("waiting", request());
        real.use(real.r2.endpoint().replace("127.0.0.1", "localhost"), RealProtection.SECRET, "another one");

        Failure failure = failureOf("wrong-passphrase", request());

        assertThat(failure.type()).isEqualTo(FailureType.WRONG_IDENTITY);
        assertThat(failure.anchor()).isEqualTo("protect.md#wrong-passphrase");
        assertThat(Files.readString(real.configuration())).contains("=" + RealProtection.PASSPHRASE + "\n");
    }

    private ProtectOutcome protect(String id, ProtectRequest request) {
        return real.start(ProtectWorkflow.class, id, TaskQueues.RUNS).run(request);
    }

    private Failure failureOf(String id, ProtectRequest request) {
        Throwable thrown = catchThrowable(() -> protect(id, request));
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
    }

    private List<Kind> findings() {
        ProtectionStatus status = real.start(ProtectionStatusWorkflow.class, "look" + ++looks, TaskQueues.PLANNING)
                .look(new WatchRequest(MAIN));
        return status.findings().stream().map(ProtectionFinding::kind).toList();
    }

    private void requireUndone(String run) {
        assertThat(new PlanEquality(real.planOf(run), Set.of("run")).differences(real.effects.all()))
                .isEmpty();
        real.effects.forget();
    }

    private void requireEqual(String run) {
        Plan plan = real.planOf(run);
        PlanEquality equality = new PlanEquality(plan, Set.of("run"));
        assertThat(equality.differences(real.effects.all())).isEmpty();
        assertThat(equality.missing(real.effects.all())).isEmpty();
        real.effects.forget();
    }
}
