package dev.windlass.starter.runs;

import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleListDescription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Schedules of a server: listed, and run by hand. */
final class TemporalSchedules {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

    private final WorkflowClient client;
    private final RpcErrors errors;
    private final Clock clock;

    TemporalSchedules(WorkflowClient client, RpcErrors errors, Clock clock) {
        this.client = client;
        this.errors = errors;
        this.clock = clock;
    }

    List<ScheduleState> list() {
        return errors.translating(() -> schedules()
                .listSchedules()
                .map(TemporalSchedules::state)
                .sorted(Comparator.comparing(ScheduleState::name))
                .toList());
    }

    RunId trigger(String name) {
        return errors.translating(() -> {
            ScheduleHandle schedule = schedules().getHandle(name);
            ScheduleInfo before = schedule.describe().getInfo();
            schedule.trigger();
            return runBegunSince(before, schedule);
        });
    }

    private RunId runBegunSince(ScheduleInfo before, ScheduleHandle schedule) {
        Instant patience = clock.instant().plus(STARTS_WITHIN);
        while (true) {
            ScheduleInfo now = schedule.describe().getInfo();
            Optional<RunId> begun = newest(now).filter(run -> !newest(before).equals(Optional.of(run)));
            if (begun.isPresent()) {
                return begun.get();
            }
            if (now.getNumActionsSkippedOverlap() > before.getNumActionsSkippedOverlap()) {
                throw new Complaint(
                        "schedule " + schedule.getId() + " did not start: its last run is still going on",
                        newest(now)
                                .map(run -> "follow that one: windlass run wait " + run.workflowId())
                                .orElse("list the runs: windlass runs"),
                        "windlass help exit-codes",
                        ExitCode.LOCKED);
            }
            if (clock.instant().isAfter(patience)) {
                throw new Complaint(
                        "schedule " + schedule.getId() + " was triggered, and started nothing within "
                                + STARTS_WITHIN.toSeconds() + " s",
                        "see whether a run appears: windlass runs",
                        "windlass help connection",
                        ExitCode.OUTSIDE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static Optional<RunId> newest(ScheduleInfo info) {
        return info.getRecentActions().stream()
                .max(Comparator.comparing(ScheduleActionResult::getStartedAt))
                .map(ScheduleActionResult::getAction)
                .filter(ScheduleActionExecutionStartWorkflow.class::isInstance)
                .map(ScheduleActionExecutionStartWorkflow.class::cast)
                .map(action -> new RunId(action.getWorkflowId(), action.getFirstExecutionRunId()));
    }

    private static ScheduleState state(ScheduleListDescription listed) {
        return new ScheduleState(
                listed.getScheduleId(),
                listed.getSchedule().getState().isPaused()
                        ? ScheduleState.Activity.PAUSED
                        : ScheduleState.Activity.ACTIVE,
                listed.getInfo().getNextActionTimes().stream().min(Comparator.naturalOrder()),
                listed.getInfo().getRecentActions().stream()
                        .map(ScheduleActionResult::getStartedAt)
                        .max(Comparator.naturalOrder()),
                Optional.ofNullable(listed.getSchedule().getState().getNote()).orElse(""));
    }

    private ScheduleClient schedules() {
        return ScheduleClient.newInstance(
                client.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .build());
    }
}
