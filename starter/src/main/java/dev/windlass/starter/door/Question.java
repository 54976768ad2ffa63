package dev.windlass.starter.door;

import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.Runs;
import dev.windlass.workflows.kernel.TaskQueues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Asks the planning worker something, and does not wait for ever. */
final class Question {
    /** A list of sets in a bucket takes seconds; a plan looks at databases too. */
    private static final Duration ANSWERED = Duration.ofSeconds(55);

    /** Time for a worker to come back from a restart. */
    private static final Duration NOBODY_THERE = Duration.ofSeconds(10);

    private final Door door;
    private final Runs runs;

    Question(Door door, Runs runs) {
        this.door = door;
        this.runs = runs;
    }

    <O> O ask(String workflowType, List<Object> arguments, Class<O> answer) {
        boolean polled = runs.isPolled(TaskQueues.PLANNING);
        if (!polled) {
            door.warn(
                    "no worker asks for work on queue " + TaskQueues.PLANNING + " of " + runs.address() + "; waiting "
                            + NOBODY_THERE.toSeconds() + " s for one",
                    "start the worker on the server, or look into its log: journalctl -u windlass-worker -n 50");
        }
        RunId run = runs.ask(workflowType, "ask-" + UUID.randomUUID(), arguments);
        Duration patience = polled ? ANSWERED : NOBODY_THERE;
        try {
            Optional<CompletableFuture<O>> answered = door.patience().await(runs.outcome(run, answer), patience);
            if (answered.isPresent()) {
                return Outcomes.of(answered.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        runs.cancel(run.workflowId());
        throw new Complaint(
                "no answer from a worker on queue " + TaskQueues.PLANNING + " of " + runs.address() + " within "
                        + patience.toSeconds() + " s",
                "start the worker on the server, or look into its log: journalctl -u windlass-worker -n 50",
                "windlass help connection",
                ExitCode.OUTSIDE);
    }
}
