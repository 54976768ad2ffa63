package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.starter.runs.ActivityState;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.RunStatus;
import dev.windlass.starter.runs.ScheduleState;
import dev.windlass.workflows.kernel.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunCommandsTest {
    private static final String RUNNING = "backup-20261124T060000Z";

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    RunCommandsTest() {
        runs.states.put(
                RUNNING,
                new RunState(
                        new RunId(RUNNING, "run-1"),
                        "Backup",
                        RunStatus.RUNNING,
                        Optional.of("upload/shop"),
                        Instant.parse("2026-11-24T06:00:00Z"),
                        Optional.empty(),
                        List.of(new ActivityState(
                                "9",
                                "UploadArtefact",
                                2,
                                Optional.of(new Progress("upload", 3, Optional.of(12L), "parts", "")),
                                Optional.of("store r2 answers 503")))));
        runs.states.put(
                "prune-20261123T060000Z",
                new RunState(
                        new RunId("prune-20261123T060000Z", "run-2"),
                        "Prune",
                        RunStatus.TIMED_OUT,
                        Optional.empty(),
                        Instant.parse("2026-11-23T06:00:00Z"),
                        Optional.of(Instant.parse("2026-11-23T06:00:07Z")),
                        List.of()));
    }

    @Test
    void listsRecentRuns() {
        assertThat(typed.type("runs", "--limit", "5")).isZero();

        assertThat(runs.calls)
                .containsExactly(
                        "recent [Backup, RestoreTest, Restore, RestoreFiles, Prune, Deploy, PlanOfMigratingDeploy, Migrate,"
                                + " PlanOfMigrate, Protect, PhysicalBackup, ProtectionWatch, StructureCheck, RecoverDatabase, DrillDatabase, RecoverDns, StagingSync] 5");
        assertThat(typed.out()).isEqualTo("""
                RUN                      RUNBOOK  STATUS     STAGE           STARTED         TOOK
                backup-20261124T060000Z  backup   running    upload/shop  10 min ago  10 min 00 s
                prune-20261123T060000Z   prune    timed out  -              24 h ago          7 s
                """);
    }

    @Test
    void showsWhatARunIsDoing() {
        runs.timeline = Optional.of("**backup** plan `ab`\n\n- ✔ Dump shop\n- ▶ Upload shop\n");

        assertThat(typed.type("run", "show", RUNNING)).isZero();

        assertThat(typed.out()).isEqualTo("""
                run      backup-20261124T060000Z
                runbook  backup
                status   running
                stage    upload/shop
                started  2026-11-24T06:00:00Z (10 min ago)
                took     10 min 00 s so far
                doing    UploadArtefact, attempt 2: upload 25 %, 3 parts of 12 parts; before: store r2 answers 503

                backup plan ab

                - ✔ Dump shop
                - ▶ Upload shop
                """);
    }

    @Test
    void cancelsARun() {
        assertThat(typed.type("run", "cancel", RUNNING)).isZero();

        assertThat(runs.calls).containsExactly("cancel " + RUNNING);
        assertThat(typed.out()).isEqualTo("""
                asked backup-20261124T060000Z to stop
                see it end: windlass run wait backup-20261124T060000Z
                """);
    }

    @Test
    void listsSchedules() {
        runs.schedules = List.of(new ScheduleState(
                "backup",
                ScheduleState.Activity.ACTIVE,
                Optional.of(Instant.parse("2026-11-25T03:00:00Z")),
                Optional.of(Instant.parse("2026-11-24T03:00:00Z")),
                ""));

        assertThat(typed.type("schedules")).isZero();

        assertThat(typed.out()).isEqualTo("""
                SCHEDULE  STATUS  NEXT (UTC)              IN     LAST  NOTE
                backup    active  2026-11-25T03:00:00Z  20 h  3 h ago
                """);
    }

    @Test
    void triggersAScheduleAndTellsItsRun() {
        runs.schedules = List.of(
                new ScheduleState("backup", ScheduleState.Activity.ACTIVE, Optional.empty(), Optional.empty(), ""));

        assertThat(typed.type("schedules", "trigger", "backup")).isZero();

        assertThat(typed.out()).isEqualTo("""
                started backup-20261124T060000Z
                follow it: windlass run wait backup-20261124T060000Z
                """);
    }

    @Test
    void namesTheSchedulesThereAre() {
        runs.schedules = List.of(
                new ScheduleState("backup", ScheduleState.Activity.PAUSED, Optional.empty(), Optional.empty(), ""));

        assertThat(typed.type("schedules", "trigger", "bakup")).isEqualTo(4);

        assertThat(typed.err()).isEqualTo("""
                error: no schedule bakup
                hint: there are: backup
                see: windlass help exit-codes
                """);
    }
}
