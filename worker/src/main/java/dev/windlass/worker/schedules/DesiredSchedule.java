package dev.windlass.worker.schedules;

import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A schedule as ops.yml wants it.
 *
 * @param id with {@link #PREFIX}
 * @param workflow the contract
 * @param request its one argument
 * @param workflowId Temporal appends the time
 */
record DesiredSchedule(
        String id, Class<?> workflow, Object request, String workflowId, String summary, CronSchedule when) {
    /** Marks the schedules that belong to us. */
    static final String PREFIX = "windlass/";

    /** Memo of every run a schedule starts: which form of the schedule started it. */
    static final String MEMO = "windlass-schedule";

    private static final ScheduleOverlapPolicy OVERLAP = ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;

    DesiredSchedule {
        if (!id.startsWith(PREFIX)) {
            throw new IllegalArgumentException("schedule id \"" + id + "\" must begin with " + PREFIX);
        }
    }

    Schedule with(ScheduleState state) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(workflow)
                        .setArguments(request)
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(TaskQueues.RUNS)
                                .setStaticSummary(summary)
                                // Never without the other: SDK 1.38 cannot read back a schedule that has only one.
                                .setStaticDetails("schedule `" + id + "`: `" + when.cron() + "` " + when.zone())
                                .setMemo(Map.of(MEMO, digest()))
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setCronExpressions(List.of(when.cron() + " # " + comment()))
                        .setTimeZoneName(when.zone().getId())
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(OVERLAP)
                        .setCatchupWindow(when.catchUp())
                        .build())
                .setState(state)
                .build();
    }

    /**
     * Whether a live schedule is this one already. The server turns cron text into a calendar of its own, so the text
     * cannot be compared; the comment that came with it survives, and goes when someone edits the calendar by hand.
     */
    boolean matches(Schedule live) {
        ScheduleSpec spec = live.getSpec();
        return spec.getCalendars().size() == 1
                && spec.getCalendars().getFirst().getComment().equals(comment())
                && spec.getIntervals().isEmpty()
                && spec.getCronExpressions().isEmpty()
                && spec.getTimeZoneName().equals(when.zone().getId())
                && (spec.getJitter() == null || spec.getJitter().isZero())
                && live.getPolicy() != null
                && live.getPolicy().getOverlap() == OVERLAP
                && when.catchUp().equals(live.getPolicy().getCatchupWindow())
                && live.getAction() instanceof ScheduleActionStartWorkflow action
                && TaskQueues.RUNS.equals(action.getOptions().getTaskQueue());
    }

    private String comment() {
        return when.cron() + " (ops.yml " + digest() + ")";
    }

    /** Twelve hex digits over everything that ops.yml and this version say about it. */
    String digest() {
        String text = String.join(
                "\n",
                id,
                workflow.getName(),
                PayloadJson.canonical(request),
                workflowId,
                summary,
                when.cron(),
                when.zone().getId(),
                when.catchUp().toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
