package dev.windlass.workflows.backup;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;

/** Restores a stored copy and compares it; its verdict is the newest one on that set. */
public final class RestoreTestWorkflowImpl implements RestoreTestWorkflow {
    @Override
    public RestoreTestOutcome run(RestoreTestRequest request) {
        try {
            return Audit.during(
                    "restore test",
                    request.requestedBy(),
                    Sorted.of("set", request.set().map(SetId::value).orElse("the newest proven one")),
                    () -> planAndTest(request));
        } catch (TemporalFailure failed) {
            BackupFailures.announce("restore test", failed);
            throw failed;
        }
    }

    private static RestoreTestOutcome planAndTest(RestoreTestRequest request) {
        RestoreTestPlan plan = BackupStubs.planning("plan the restore test").planRestoreTest(request);
        return Locks.holding(List.of(plan.manifest().set().lock()), Duration.ofHours(6), () -> test(plan, request));
    }

    private static RestoreTestOutcome test(RestoreTestPlan tested, RestoreTestRequest request) {
        WorkflowInfo info = Workflow.getInfo();
        Plan plan = tested.plan();
        Slots slots = Slots.of("set", tested.manifest().set().value()).with("run", info.getRunId());
        Timeline timeline = new Timeline(plan);
        Proving proving = new Proving(plan, timeline, tested.manifest(), tested.source(), request.identity(), slots);
        tested.manifest().databases().forEach(database -> proving.prove(database.database()));
        tested.manifest().archives().forEach(archive -> proving.proveArchive(archive.archive()));
        tested.manifest().redis().forEach(redis -> proving.proveRedis(redis.redis()));
        Proof proof = proving.verdict();
        Step record = plan.step(BackupSteps.RECORD).fill(slots);
        timeline.during(record.id(), () -> {
            BackupStubs.brief(record).recordProof(new RecordOrder(record, proof));
            return true;
        });
        Proving.require(proof);
        Duration took = Duration.ofMillis(Workflow.currentTimeMillis() - info.getRunStartedTimestampMillis());
        List<String> undelivered = timeline.during(
                BackupSteps.NOTIFY,
                () -> Announcer.announce(
                        new BackupNotices(info.getWorkflowId(), info.getRunId()).restoreTested(proof, took)));
        return new RestoreTestOutcome(proof, took, undelivered);
    }
}
