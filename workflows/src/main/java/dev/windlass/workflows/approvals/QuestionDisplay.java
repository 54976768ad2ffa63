package dev.windlass.workflows.approvals;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the boards true in the background. There is at most one command at a time; a newer state takes the place of one
 * that waits for its board, so an outage costs few events, and nobody's decision waits for it.
 */
final class QuestionDisplay {
    private final Supplier<QuestionView> view;
    private final ApprovalActivities boards;
    private List<Posting> postings = List.of();
    private boolean isStale;
    private boolean isShowing;
    private @Nullable CancellationScope command;

    QuestionDisplay(Question question, Supplier<QuestionView> view) {
        this.view = view;
        this.boards = QuestionStubs.board("show " + question.id() + " where people are");
    }

    void refresh() {
        isStale = true;
        if (command != null) {
            command.cancel("the question has changed");
        }
        if (!isShowing) {
            isShowing = true;
            Workflow.newDetachedCancellationScope(() -> Async.procedure(this::show))
                    .run();
        }
    }

    /** Somebody else goes on trying: two at once could leave the older state on the board. */
    void giveUp() {
        isStale = false;
        if (command != null) {
            command.cancel("the run goes on without this board");
        }
    }

    boolean isTrue() {
        return !isShowing;
    }

    List<Posting> postings() {
        return postings;
    }

    ShowOrder order() {
        return new ShowOrder(view.get(), postings);
    }

    private void show() {
        while (isStale) {
            isStale = false;
            try {
                postings = Objects.requireNonNull(start()).get();
            } catch (TemporalFailure unreachable) {
                // Cancelled for a newer state, or refused for good: then the boards stay as they are.
                Workflow.getLogger(QuestionDisplay.class)
                        .warn("{} is not shown: {}", view.get().question().id(), unreachable.getMessage());
            }
            command = null;
        }
        isShowing = false;
    }

    private @Nullable Promise<List<Posting>> start() {
        Started started = new Started();
        CancellationScope scope =
                Workflow.newCancellationScope(() -> started.promise = Async.function(boards::show, order()));
        command = scope;
        scope.run();
        return started.promise;
    }

    private static final class Started {
        private @Nullable Promise<List<Posting>> promise;
    }
}
