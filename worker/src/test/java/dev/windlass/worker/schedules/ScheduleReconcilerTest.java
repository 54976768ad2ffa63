package dev.windlass.worker.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.worker.testing.DevServer;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.kernel.PayloadJson;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class ScheduleReconcilerTest {
    private static DevServer temporal;
    private static ScheduleClient client;

    @BeforeAll
    static void startTemporal() {
        temporal = DevServer.start();
        client = ScheduleClient.newInstance(
                temporal.stubs(),
                ScheduleClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build());
    }

    @AfterAll
    static void stopTemporal() {
        temporal.close();
    }

    @BeforeEach
    void removeEverySchedule() {
        client.listSchedules()
                .toList()
                .forEach(each -> client.getHandle(each.getScheduleId()).delete());
        Eventually.holds(
                Duration.ofSeconds(20),
                "no schedule is left",
                () -> client.listSchedules().findAny().isEmpty());
    }

    private static DesiredSchedule backup(String cron) {
        return new DesiredSchedule(
                "windlass/backup",
                BackupWorkflow.class,
                new BackupRequest(List.of(), "schedule"),
                "backup",
                "back up",
                new CronSchedule(cron, ZoneId.of("Europe/Rome"), Duration.ofHours(6)));
    }

    private static void reconcile(DesiredSchedule... desired) {
        new ScheduleReconciler(client, List.of(desired)).reconcile();
    }

    private static Schedule live(String id) {
        return client.getHandle(id).describe().getSchedule();
    }

    private static Instant lastUpdate(String id) {
        Instant updated = client.getHandle(id).describe().getInfo().getLastUpdatedAt();
        return updated == null ? Instant.EPOCH : updated;
    }

    private static void awaitListed(String id) {
        Eventually.holds(
                Duration.ofSeconds(20),
                id + " is listed",
                () -> client.listSchedules()
                        .anyMatch(each -> each.getScheduleId().equals(id)));
    }

    @Test
    void createsWhatOpsYmlAsksForWithEverythingExplicit() {
        new ScheduleReconciler(client, SampleOperations.with(temporal.address())).reconcile();
        Schedule schedule = live("windlass/backup");
        assertThat(schedule.getPolicy().getOverlap()).isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
        assertThat(schedule.getPolicy().getCatchupWindow()).isEqualTo(Duration.ofHours(6));
        assertThat(schedule.getSpec().getTimeZoneName()).isEqualTo("Europe/Rome");
        assertThat(schedule.getSpec().getJitter()).isIn(null, Duration.ZERO);
        assertThat(schedule.getSpec().getCalendars()).hasSize(1);
        assertThat(schedule.getSpec().getCalendars().getFirst().getComment()).startsWith("0 3 * * * (ops.yml ");
        assertThat(live("windlass/restore-test").getSpec().getCalendars()).hasSize(1);
    }

    @Test
    void leavesAloneWhatIsRightAlready() {
        reconcile(backup("0 3 * * *"));
        reconcile(backup("0 3 * * *"));
        assertThat(lastUpdate("windlass/backup")).isEqualTo(Instant.EPOCH);
    }

    @Test
    void updatesInPlaceAndKeepsAPauseAndItsNote() {
        reconcile(backup("0 3 * * *"));
        client.getHandle("windlass/backup").pause("moving house");
        reconcile(backup("30 2 * * *"));
        Schedule schedule = live("windlass/backup");
        assertThat(schedule.getSpec().getCalendars().getFirst().getComment()).startsWith("30 2 * * * ");
        assertThat(schedule.getState().isPaused()).isTrue();
        assertThat(schedule.getState().getNote()).isEqualTo("moving house");
    }

    @Test
    void putsBackWhatSomeoneEditedByHand() {
        reconcile(backup("0 3 * * *"));
        client.getHandle("windlass/backup")
                .update(input -> new io.temporal.client.schedules.ScheduleUpdate(
                        Schedule.newBuilder(input.getDescription().getSchedule())
                                .setSpec(io.temporal.client.schedules.ScheduleSpec.newBuilder()
                                        .setCronExpressions(List.of("0 9 * * *"))
                                        .build())
                                .build()));
        reconcile(backup("0 3 * * *"));
        assertThat(live("windlass/backup").getSpec().getCalendars().getFirst().getComment())
                .startsWith("0 3 * * * ");
        assertThat(live("windlass/backup").getSpec().getTimeZoneName()).isEqualTo("Europe/Rome");
    }

    @Test
    void pausesAnOrphanSayingWhyAndRunsItAgainWhenItIsWantedAgain() {
        reconcile(backup("0 3 * * *"));
        awaitListed("windlass/backup");
        reconcile();
        assertThat(live("windlass/backup").getState().isPaused()).isTrue();
        assertThat(live("windlass/backup").getState().getNote())
                .isEqualTo("paused by windlass: ops.yml has no such schedule any more");
        reconcile(backup("0 3 * * *"));
        assertThat(live("windlass/backup").getState().isPaused()).isFalse();
    }

    @Test
    void leavesTheSchedulesOfOthersAlone() {
        client.createSchedule(
                "theirs",
                backup("0 3 * * *")
                        .with(io.temporal.client.schedules.ScheduleState.newBuilder()
                                .build()),
                io.temporal.client.schedules.ScheduleOptions.newBuilder().build());
        awaitListed("theirs");
        reconcile();
        assertThat(live("theirs").getState().isPaused()).isFalse();
    }

    @Test
    void aTriggerStartsTheRunWithItsRequestAndItsMemo() {
        DesiredSchedule desired = backup("0 3 * * *");
        reconcile(desired);
        ScheduleHandle handle = client.getHandle("windlass/backup");
        handle.trigger();
        Eventually.holds(
                Duration.ofSeconds(20),
                "the schedule has started a run",
                () -> !handle.describe().getInfo().getRecentActions().isEmpty());
        WorkflowClient runs = temporal.client();
        Eventually.holds(
                Duration.ofSeconds(20),
                "the run is visible",
                () -> runs.listExecutions("WorkflowType = 'Backup'")
                        .anyMatch(run -> run.getExecution().getWorkflowId().startsWith("backup-")
                                && desired.digest().equals(run.getMemo(DesiredSchedule.MEMO, String.class))));
    }
}
