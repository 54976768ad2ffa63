package dev.windlass.worker.recovery;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.BrokenGlass;
import dev.windlass.workflows.recovery.RecoverVpsOutcome;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoveryBucket;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The run: begun, or found where an earlier launcher left it; followed to its end. */
final class LeadRun {
    static final String TYPE = "RecoverVps";

    private final LaunchArguments arguments;
    private final RecoverVpsRequest request;
    private final LocalTemporal server;
    private final LeadWorker worker;
    private final WorkflowClient client;
    private final LeadHome home;
    private final LeadView view;

    LeadRun(LaunchArguments arguments, RecoveryBucket bucket, LocalTemporal server, LeadWorker worker, LeadHome home) {
        this.arguments = arguments;
        this.server = server;
        this.worker = worker;
        this.client = worker.client();
        this.home = home;
        this.request = new RecoverVpsRequest(
                arguments.target(),
                bucket,
                arguments.set(),
                new BrokenGlass(arguments.person(), arguments.reason()),
                arguments.budget(),
                arguments.claiming(),
                arguments.from(),
                arguments.to(),
                arguments.purpose());
        this.view = new LeadView(System.err, Clock.systemUTC(), System.console() != null);
    }

    /** @return the launcher's exit code */
    int follow() {
        WorkflowStub run = client.newUntypedWorkflowStub(
                TYPE,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(RecoverVpsRequest.WORKFLOW_ID)
                        .setTaskQueue(TaskQueues.RECOVERY_LEAD)
                        // Same words again go on with what an earlier launcher began.
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .setStaticSummary("recover " + arguments.target())
                        .build());
        run.start(request);
        requireSameWords();
        view.say("recovering onto " + request.target() + " from " + request.bucket()
                + "\nCtrl-C puts it down; the same words again go on. Look at it: "
                + server.ui(RecoverVpsRequest.WORKFLOW_ID));
        Runtime.getRuntime().addShutdownHook(new Thread(this::takeLeave, "windlass-leave"));
        try {
            RecoverVpsOutcome outcome = outcome(run);
            view.end();
            System.out.print(
                    arguments.form() == LaunchArguments.Form.JSON
                            ? PayloadJson.mapper()
                                            .writerWithDefaultPrettyPrinter()
                                            .writeValueAsString(outcome) + "\n"
                            : OutcomeText.of(outcome, request));
            return outcome.silent().isEmpty() ? ExitCodes.OK : ExitCodes.NOT_SERVING;
        } catch (WorkflowFailedException failed) {
            view.end();
            return tell(failed);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new IllegalStateException("cannot write the outcome as JSON", broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return ExitCodes.INTERRUPTED;
        }
    }

    /** Asked once and waited for: a dev server refuses those who ask again and again. */
    private RecoverVpsOutcome outcome(WorkflowStub run) throws InterruptedException {
        CompletableFuture<RecoverVpsOutcome> outcome = run.getResultAsync(RecoverVpsOutcome.class);
        RunLook look = new RunLook(client, run);
        while (true) {
            look.take().ifPresent(view::show);
            try {
                RecoverVpsOutcome ended = outcome.get(1, TimeUnit.SECONDS);
                look.take().ifPresent(view::show);
                return ended;
            } catch (TimeoutException goesOn) {
                continue;
            } catch (ExecutionException | CompletionException failed) {
                if (failed.getCause() instanceof WorkflowFailedException ours) {
                    look.take().ifPresent(view::show);
                    throw ours;
                }
                throw new IllegalStateException("the run's outcome was not learnt", failed.getCause());
            }
        }
    }

    /** A run onto another machine, or from another bucket or set, is not this one. */
    private void requireSameWords() {
        Payloads input = client.fetchHistory(RecoverVpsRequest.WORKFLOW_ID)
                .getEvents()
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getInput();
        RecoverVpsRequest begun = PayloadJson.dataConverter()
                .fromPayloads(0, Optional.of(input), RecoverVpsRequest.class, RecoverVpsRequest.class);
        if (!begun.target().equals(request.target())
                || !begun.bucket().equals(request.bucket())
                || !begun.set().equals(request.set())
                || begun.from() != request.from()
                || !begun.to().equals(request.to())
                || begun.purpose() != request.purpose()) {
            throw new LaunchRefusedException(
                    (begun.isRehearsal() ? "a rehearsal onto " : "a recovery onto ") + begun.target() + " from "
                            + begun.bucket()
                            + begun.set().map(set -> ", set " + set).orElse("")
                            + begun.to().map(moment -> ", up to " + moment).orElse("") + " is under way in "
                            + home.directory(),
                    "go on with it by its own words, or take a --state of its own for this one",
                    ExitCodes.LOCKED);
        }
    }

    private int tell(WorkflowFailedException failed) {
        Optional<Failure> ours = Failure.in(failed);
        System.err.println("error: "
                + ours.map(Failure::message)
                        .orElseGet(() -> "the run failed: " + Failure.messageOf(failed) + "\nhint: look at its steps: "
                                + home.file("logs")));
        return ours.map(failure -> failure.type().exitCode()).orElse(ExitCodes.ENDED_EARLY);
    }

    /** On Ctrl-C: ssh and the server end with the launcher, in that order. After the run's end there is nothing to do. */
    private void takeLeave() {
        if (view.leave(
                "the recovery is put down; what the target is doing goes on there. The same words again go on with it.")) {
            worker.close();
            server.close();
        }
    }
}
