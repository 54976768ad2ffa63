package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.starter.runs.ActivityState;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.RunStatus;
import dev.windlass.starter.runs.ServerLostException;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitTest {
    private static final String ID = "backup-20261124T061000Z";

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);
    private final CompletableFuture<Object> outcome = new CompletableFuture<>();
    private int pauses;

    WaitTest() {
        runs.outcomes.put(ID, () -> outcome);
    }

    private static RunState dumping(long done, int attempt) {
        return new RunState(
                new RunId(ID, "run-1"),
                "Backup",
                RunStatus.RUNNING,
                Optional.of("dump/shop"),
                Sample.NOW,
                Optional.empty(),
                List.of(new ActivityState(
                        "7",
                        "DumpDatabase",
                        attempt,
                        Optional.of(new Progress("dump", done, Optional.of(312_000_000L), "bytes", "app.users")),
                        attempt > 1 ? Optional.of("connection refused") : Optional.empty())));
    }

    @Test
    void tellsProgressInALogAndThenTheOutcome() {
        typed.atEachPause = () -> {
            pauses++;
            runs.states.put(ID, dumping(pauses * 10_000_000L, 1));
            if (pauses == 12) {
                outcome.complete(Sample.outcome());
            }
        };

        assertThat(typed.type("backup", "run", "--wait")).isZero();

        assertThat(typed.err()).isEqualTo("""
                following backup-20261124T061000Z (Ctrl-C leaves it going)
                06:10:01Z step dump/shop
                06:10:01Z dump 3 %, 10.0 MB of 312 MB (app.users)
                06:10:11Z dump 35 %, 110 MB of 312 MB, 10.0 MB/s, ETA 20 s (app.users)
                06:10:12Z dump 110 MB in 10 s
                """);
        assertThat(typed.out()).isEqualTo("""
                set 20261124T030000Z-1f3a09bc proven, 98.8 MB, in 3 min 20 s
                DATABASE  TABLES       ROWS  COMPARED  RESTORED IN  COMPARED IN
                shop          42  1,234,567  equal            48 s          9 s
                removed 20261115T030000Z-00000001 from local
                kept 20261114T030000Z-00000002 in r2: the newest proven set
                freed 99.0 MB
                not notified: slack: channel_not_found
                """);
    }

    @Test
    void saysWhyAnAttemptIsRepeated() {
        runs.states.put(ID, dumping(5_000_000, 1));
        typed.atEachPause = () -> {
            runs.states.put(ID, dumping(0, 2));
            if (++pauses == 2) {
                outcome.complete(Sample.outcome());
            }
        };

        assertThat(typed.type("run", "wait", ID)).isZero();

        assertThat(typed.err()).contains("06:10:01Z DumpDatabase: attempt 2, for connection refused\n");
    }

    @Test
    void failsWithTheRunsOwnWordsAndItsExitCode() {
        outcome.completeExceptionally(Complaint.of(new Failure(
                FailureType.DISK_FULL,
                "disk of /var/backups has 3 GB free, 12 GB needed",
                "make room",
                "backup.md#disk-full")));

        assertThat(typed.type("backup", "run", "--wait")).isEqualTo(6);

        assertThat(typed.err()).isEqualTo("""
                following backup-20261124T061000Z (Ctrl-C leaves it going)
                error: disk of /var/backups has 3 GB free, 12 GB needed
                hint: make room
                see: runbooks/backup.md#disk-full
                run: backup-20261124T061000Z
                """);
    }

    @Test
    void leavesTheRunGoingOnCtrlC() {
        typed.atEachPause = () -> {
            if (++pauses == 1) {
                typed.pressCtrlC();
            } else {
                outcome.complete(Sample.outcome());
            }
        };

        typed.type("backup", "run", "--wait");

        assertThat(typed.err())
                .endsWith(
                        "backup-20261124T061000Z goes on. Come back: windlass run wait backup-20261124T061000Z, end it:"
                                + " windlass run cancel backup-20261124T061000Z\n");
        assertThat(runs.calls).noneMatch(call -> call.startsWith("cancel"));
    }

    @Test
    void waitsOverARestartOfTheServer() {
        CompletableFuture<Object> lost =
                CompletableFuture.failedFuture(new ServerLostException("127.0.0.1:7233", "io exception"));
        runs.outcomes.put(ID, () -> pauses == 0 ? lost : outcome);
        typed.atEachPause = () -> {
            pauses++;
            outcome.complete(Sample.outcome());
        };

        assertThat(typed.type("backup", "run", "--wait")).isZero();

        assertThat(typed.err()).isEqualTo("""
                following backup-20261124T061000Z (Ctrl-C leaves it going)
                06:10:00Z Temporal at 127.0.0.1:7233 does not answer: io exception; the run goes on when it is back, trying again
                """);
    }

    @Test
    void givesUpOnAServerThatStaysAwayAndTellsHowToComeBack() {
        runs.outcomes.put(
                ID,
                () -> CompletableFuture.failedFuture(new ServerLostException("127.0.0.1:7233", "connection refused")));
        runs.lost = true;

        assertThat(typed.type("backup", "run", "--wait")).isEqualTo(6);

        assertThat(typed.err()).endsWith("""
                gave up after 10 min 00 s; come back: windlass run wait backup-20261124T061000Z
                run: backup-20261124T061000Z
                """);
    }
}
