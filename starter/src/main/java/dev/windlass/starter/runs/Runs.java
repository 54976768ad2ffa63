package dev.windlass.starter.runs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The runs of one Temporal server. Every method throws {@link Complaint} for what a person must be told and {@link
 * ServerLostException} when the server does not answer.
 */
public interface Runs extends AutoCloseable {
    /** host:port of the server. */
    String address();

    String namespace();

    /**
     * @param summary one line for Temporal's UI
     * @throws TakenIdException when there is, or was, a run of that id
     */
    <I> RunId start(Runbook<I, ?> runbook, String workflowId, I request, String summary);

    /** Starts a look-up, which the server forgets about after a minute without a worker. */
    RunId ask(String workflowType, String workflowId, List<Object> arguments);

    RunState look(String workflowId);

    /** The run's steps and how they stand (Markdown), where a worker answers. */
    Optional<String> timeline(String workflowId);

    /** Completes when the run ends; a run that failed completes it with a {@link Complaint}. */
    <O> CompletableFuture<O> outcome(RunId run, Class<O> type);

    /** Newest first. */
    List<RunState> recent(List<String> workflowTypes, int limit);

    void cancel(String workflowId);

    /** Whether a worker asked this queue for work lately. True as well where the server cannot tell. */
    boolean isPolled(String queue);

    /** What people are asked. */
    Questions questions();

    List<ScheduleState> schedules();

    /** Runs a schedule's action now, and tells the run it became. */
    RunId trigger(String schedule);

    @Override
    void close();
}
