package dev.windlass.workflows.kernel;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes locks in sorted order, waits for those that others hold, and gives them back at the end. */
public final class Locks {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration END_OF_OUR_OWN = Duration.ofSeconds(5);

    private Locks() {}

    /**
     * Runs {@code work} while holding every resource.
     *
     * @param patience how long to wait for all of them before failing with {@link FailureType#LOCKED}
     */
    public static <T> T holding(Collection<String> resources, Duration patience, Supplier<T> work) {
        List<Attempt> held = new ArrayList<>();
        try {
            for (String resource : new TreeSet<>(resources)) {
                held.add(take(resource, patience));
            }
            return work.get();
        } finally {
            held.forEach(Attempt::release);
        }
    }

    /** Runs {@code work} while holding those resources that are free now; it is told which. */
    public static <T> T holdingThoseFree(Collection<String> resources, Function<Set<String>, T> work) {
        Map<String, Attempt> held = new TreeMap<>();
        try {
            for (String resource : new TreeSet<>(resources)) {
                Attempt attempt = new Attempt(resource);
                if (attempt.succeeded()) {
                    held.put(resource, attempt);
                }
            }
            return work.apply(held.keySet());
        } finally {
            held.values().forEach(Attempt::release);
        }
    }

    private static Attempt take(String resource, Duration patience) {
        long deadline = Workflow.currentTimeMillis() + patience.toMillis();
        Duration wait = FIRST_WAIT;
        while (true) {
            Attempt attempt = new Attempt(resource);
            if (attempt.succeeded()) {
                return attempt;
            }
            if (isReset("take")) {
                askBack(resource);
            }
            if (Workflow.currentTimeMillis() + wait.toMillis() > deadline) {
                throw new Failure(
                                FailureType.LOCKED,
                                "another run holds " + resource + " and did not give it back within " + patience,
                                "open the workflow lock/" + resource
                                        + " in the Temporal UI: its details name the run that holds it.",
                                "backup.md#locked")
                        .asException();
            }
            Workflow.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
    }

    /**
     * Whether locks may run that this run's predecessor has started: a reset cuts them off, and ends none.
     *
     * @param where apart for each place, since a version holds for the rest of a run
     */
    private static boolean isReset(String where) {
        String original = Workflow.getInfo().getOriginalExecutionRunId();
        return !original.isEmpty()
                && !original.equals(Workflow.getInfo().getRunId())
                && Workflow.getVersion("locks-after-reset/" + where, Workflow.DEFAULT_VERSION, 1) == 1;
    }

    private static void askBack(String resource) {
        try {
            Workflow.newExternalWorkflowStub(LockWorkflow.class, id(resource))
                    .handOver(Workflow.getInfo().getWorkflowId());
        } catch (SignalExternalWorkflowException nobodyHoldsIt) {
            return;
        }
    }

    private static String id(String resource) {
        return "lock/" + resource;
    }

    /** One try to start the child. Its scope is detached: the run's own cancellation must not free the lock early. */
    private static final class Attempt {
        private final String resource;
        private final CancellationScope scope;
        private @Nullable Promise<?> started;
        private @Nullable Promise<?> ended;

        Attempt(String resource) {
            this.resource = resource;
            scope = Workflow.newDetachedCancellationScope(() -> {
                LockWorkflow lock = Workflow.newChildWorkflowStub(
                        LockWorkflow.class,
                        ChildWorkflowOptions.newBuilder()
                                .setWorkflowId(id(resource))
                                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
                                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                                .setStaticSummary("hold the lock on " + resource)
                                .build());
                ended = Async.procedure(
                        lock::hold, new LockRequest(resource, Workflow.getInfo().getWorkflowId()));
                started = Workflow.getWorkflowExecution(lock);
            });
            scope.run();
        }

        boolean succeeded() {
            try {
                Objects.requireNonNull(started).get();
                return true;
            } catch (ChildWorkflowFailure alreadyRunning) {
                return false;
            } catch (CanceledFailure cancelled) {
                scope.cancel();
                throw cancelled;
            }
        }

        /** The run goes on only when the lock is free again, so that whoever waits never meets a run that is over. */
        void release() {
            scope.cancel();
            if (isReset("give-back")) {
                Workflow.newDetachedCancellationScope(this::releaseAfterReset).run();
                return;
            }
            try {
                Objects.requireNonNull(ended).get();
            } catch (ChildWorkflowFailure | CanceledFailure released) {
                return;
            }
        }

        /** Temporal lets a run neither cancel nor see the end of a child that its predecessor started. */
        private void releaseAfterReset() {
            askBack(resource);
            Workflow.await(END_OF_OUR_OWN, Objects.requireNonNull(ended)::isCompleted);
        }
    }
}
