package dev.windlass.workflows.protect;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One that finds nothing is quiet. Databases nobody can look at are told of when they are new. */
public final class StructureCheckWorkflowImpl implements StructureCheckWorkflow {
    @Override
    public StructureCheckOutcome run(StructureCheckRequest request) {
        try {
            return Audit.during(
                    "structure check",
                    request.requestedBy(),
                    Sorted.of("cluster", request.cluster().value()),
                    () -> check(request));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> Announcer.announce(
                            new ProtectNotices(request.cluster()).broken("check of tables and indexes", failed)))
                    .run();
            throw failed;
        }
    }

    private static StructureCheckOutcome check(StructureCheckRequest request) {
        StructureCheckPlan plan =
                ProtectStubs.planning("see which databases can be looked at").planStructureCheck(request);
        Timeline timeline = new Timeline(plan.plan());
        Step step = plan.plan().step(ProtectSteps.STRUCTURE);
        timeline.during(step.id(), () -> {
            ProtectStubs.lengthy(step).checkStructure(new ProtectOrder(request.cluster(), step));
            return true;
        });
        List<String> undelivered = tellOfNew(request, plan);
        Duration took = Duration.ofMillis(
                Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis());
        return new StructureCheckOutcome(request.cluster(), plan.databases(), plan.leftOut(), took, undelivered);
    }

    private static List<String> tellOfNew(StructureCheckRequest request, StructureCheckPlan plan) {
        List<String> known = leftOutBefore(Workflow.getLastCompletionResult(StructureCheckOutcome.class));
        List<String> fresh =
                plan.leftOut().stream().filter(name -> !known.contains(name)).toList();
        return fresh.isEmpty()
                ? List.of()
                : Announcer.announceBriefly(new ProtectNotices(request.cluster()).notLookedAt(fresh));
    }

    private static List<String> leftOutBefore(@Nullable StructureCheckOutcome before) {
        return before == null ? List.of() : before.leftOut();
    }
}
