package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.protect.ProtectPageSample;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import dev.windlass.workflows.recovery.CopySource.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moments that cannot be reached, and what is said of them. */
class PointInTimeRefusalsTest {
    private static final Cluster MAIN = ProtectPageSample.cluster();
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final PhysicalBackup OLD = backup("20261122-010004F", "2026-11-22T01:02:03Z", false);
    private static final PhysicalBackup YOUNG =
            backup("20261122-010004F_20261129-010002D", "2026-11-29T01:00:40Z", false);
    private static final PointInTime SOURCE = new PointInTime(
            MAIN.name(), NOW, OLD.label(), 1 << 20, "/usr/lib/postgresql/15/bin", new Replay("postgres", 0, List.of()));

    @TempDir
    Path directory;

    private static PhysicalBackup backup(String label, String end, boolean damaged) {
        return new PhysicalBackup(label, label.endsWith("F") ? "full" : "diff", Instant.parse(end), 1 << 20, damaged);
    }

    private static PhysicalBackup before(String moment) {
        return Window.of(MAIN, List.of(OLD, YOUNG), NOW).backupBefore(Instant.parse(moment));
    }

    private static Failure failure(ThrowingCallable call) {
        return Failure.in(catchThrowable(call)).orElseThrow();
    }

    @Test
    void beginsWithTheNewestBackupThatEndedASecondBefore() {
        assertThat(before("2026-11-29T12:00:00Z")).isEqualTo(YOUNG);
        assertThat(before("2026-11-29T01:00:41Z")).isEqualTo(YOUNG);
        assertThat(before("2026-11-29T01:00:40.999999Z")).isEqualTo(OLD);
        assertThat(before("2026-11-22T01:02:04Z")).isEqualTo(OLD);
    }

    @Test
    void aMomentOutsideTheWindowIsToldWithTheWindow() {
        assertThat(failure(() -> before("2026-11-29T12:00:00.000001Z")))
                .isEqualTo(new Failure(
                        FailureType.PRECONDITION,
                        "2026-11-29T12:00:00.000001Z has not come yet: the server of cluster main has"
                                + " 2026-11-29T12:00:00Z",
                        "name a moment between 2026-11-22T01:02:04Z and 2026-11-29T12:00:00Z, with its time zone",
                        "recover-database.md#window"));
        assertThat(failure(() -> before("2026-11-22T01:02:03.5Z")))
                .isEqualTo(new Failure(
                        FailureType.PRECONDITION,
                        "cluster main has no backup from before 2026-11-22T01:02:03.500Z",
                        "name a moment between 2026-11-22T01:02:04Z and 2026-11-29T12:00:00Z, or take an older set with"
                                + " --backup",
                        "recover-database.md#window"));
    }

    @Test
    void aBackupWithDamagedPagesIsNoStart() {
        PhysicalBackup damaged = backup("20261129-020002F", "2026-11-29T02:00:40Z", true);
        assertThat(Window.of(MAIN, List.of(OLD, damaged), NOW).backupBefore(NOW))
                .isEqualTo(OLD);
        assertThat(failure(() -> Window.of(MAIN, List.of(damaged), NOW)).fact())
                .isEqualTo("stanza main of cluster main has no backup without damaged pages, so WAL leads nowhere");
    }

    @Test
    void walThatIsNotThereYetIsHopedForUnlessArchivingFails() {
        Instant moment = NOW.minusSeconds(60);
        assertThatCode(() -> wal(false, Optional.of(moment)).requireHopeFor(moment, MAIN))
                .doesNotThrowAnyException();
        assertThatCode(() -> wal(true, Optional.of(moment.plusMillis(1))).requireHopeFor(moment, MAIN))
                .doesNotThrowAnyException();
        assertThat(failure(() -> wal(true, Optional.of(moment)).requireHopeFor(moment, MAIN)))
                .isEqualTo(new Failure(
                        FailureType.TARGET_UNAVAILABLE,
                        "the WAL of 2026-11-29T11:59:00Z has not reached store offsite yet: archive_command fails, and 3"
                                + " segments wait (archived until 2026-11-29T11:59:00Z)",
                        "see windlass protect status main for what stands in its way, then start the recovery again",
                        "recover-database.md#wal-not-there"));
        assertThat(failure(() -> wal(true, Optional.empty()).requireHopeFor(moment, MAIN))
                        .fact())
                .endsWith("(archived until nobody knows when)");
    }

    private static ArchivedWal wal(boolean failing, Optional<Instant> until) {
        return new ArchivedWal(NOW, "pgbackrest …", failing, 3, until);
    }

    @Test
    void theServersLogTellsWhyItDoesNotStart() throws IOException {
        CommandResult failed =
                new CommandResult("pg_ctl", 1, List.of(), List.of("pg_ctl: could not start server"), Optional.empty());
        RewoundStart start = new RewoundStart(SOURCE, directory);
        assertThat(failure(() -> start.require(failed)).fact())
                .isEqualTo(
                        "the cluster restored beside does not start: pg_ctl ended with exit code 1: pg_ctl: could not"
                                + " start server");
        Path log = directory.resolve("server.log");
        Files.writeString(
                log,
                "2026-11-29 12:00:00.000 UTC [7] FATAL:  could not map anonymous shared memory: Cannot allocate memory\n"
                        + "2026-11-29 12:00:00.000 UTC [7] HINT:  …\n"
                        + "2026-11-29 12:00:00.000 UTC [8] FATAL:  the database system is not accepting connections\n");
        assertThat(failure(() -> start.require(failed)))
                .isEqualTo(new Failure(
                        FailureType.COMMAND_FAILED,
                        "the cluster restored beside does not start: FATAL:  could not map anonymous shared memory:"
                                + " Cannot allocate memory",
                        "nothing to do unless it happens again: then look for a lack of memory or disk",
                        "recover-database.md#beside"));
        Files.writeString(log, "x UTC [7] FATAL:  recovery ended before configured recovery target was reached\n");
        assertThat(failure(() -> start.require(failed)))
                .isEqualTo(new Failure(
                        FailureType.RESTORE_FAILED,
                        "cluster main cannot be replayed up to 2026-11-29T12:00:00Z: its WAL ends before",
                        "a segment is missing in between: name an earlier moment, or take a set with --backup",
                        "recover-database.md#wal-not-there"));
        Files.delete(log);
        Files.createSymbolicLink(log, Path.of("/etc/shadow"));
        assertThat(failure(() -> start.require(failed)).fact()).endsWith("could not start server");
    }
}
