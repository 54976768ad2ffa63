package dev.windlass.workflows.recovery;

import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** A recovery, in the order of its page. */
public final class RecoverDatabaseWorkflowImpl implements RecoverDatabaseWorkflow {
    /** Whoever changes the database before this run ends within hours, unless it is parked. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    private static final String RUNBOOK = "recover database";

    @Override
    public RecoverDatabaseOutcome run(RecoverDatabaseRequest request) {
        Questions.requireFresh(request.requester());
        Audit.started(RUNBOOK, request.requester().label(), request.requester().asking(request.asked()));
        RecoverDatabaseRun run = new RecoverDatabaseRun(request);
        try {
            // What cannot be is said before anybody waits for the lock.
            run.observe();
            RecoverDatabaseOutcome outcome =
                    Locks.holding(List.of("database/" + request.database()), PATIENCE, run::carryOut);
            Audit.ended(RUNBOOK, RecoverDatabaseOutcome.words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(new RecoveryNotices(request).broken(failed, run.standing()));
                        Audit.ended(RUNBOOK, "failed: " + reason(failed) + "; " + run.standing());
                    })
                    .run();
            throw failed;
        }
    }

    static String reason(TemporalFailure failed) {
        return Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
    }
}
