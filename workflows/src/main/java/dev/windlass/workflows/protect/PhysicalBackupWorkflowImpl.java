package dev.windlass.workflows.protect;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** A physical backup; one that ends well is quiet, for the watch says when none does. */
public final class PhysicalBackupWorkflowImpl implements PhysicalBackupWorkflow {
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Override
    public PhysicalBackupOutcome run(PhysicalBackupRequest request) {
        TreeMap<String, String> asked = new TreeMap<>();
        asked.put("cluster", request.cluster().value());
        asked.put("kind", request.kind().words());
        try {
            return Audit.during(
                    "physical backup",
                    request.requestedBy(),
                    Sorted.copyOf(asked),
                    () -> Locks.holding(List.of("protect/" + request.cluster()), PATIENCE, () -> backUp(request)));
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> Announcer.announce(new ProtectNotices(request.cluster())
                            .broken(request.kind().words() + " backup", failed)))
                    .run();
            throw failed;
        }
    }

    private static PhysicalBackupOutcome backUp(PhysicalBackupRequest request) {
        Plan plan = ProtectStubs.planning("plan the backup").planBackup(request);
        PhysicalBackup made = new ProtectRun(request.cluster(), plan, new Timeline(plan)).backUp();
        Duration took = Duration.ofMillis(
                Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis());
        return new PhysicalBackupOutcome(made, took, List.of());
    }
}
