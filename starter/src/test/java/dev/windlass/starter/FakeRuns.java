package dev.windlass.starter;

import dev.windlass.starter.runs.Questions;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.RunStatus;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.runs.Runs;
import dev.windlass.starter.runs.ScheduleState;
import dev.windlass.starter.runs.ServerLostException;
import dev.windlass.starter.runs.TakenIdException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A server in memory. */
final class FakeRuns implements Runs {
    final List<String> calls = new ArrayList<>();
    final Map<String, RunState> states = new LinkedHashMap<>();
    final Map<String, Supplier<CompletableFuture<Object>>> outcomes = new HashMap<>();
    final Map<String, Object> answers = new HashMap<>();
    List<ScheduleState> schedules = List.of();
    Optional<String> timeline = Optional.empty();
    final FakeQuestions questions = new FakeQuestions();
    boolean polled = true;
    /** Ids that other runs have. */
    final Set<String> taken = new HashSet<>();

    boolean closed;
    boolean lost;

    @Override
    public String address() {
        return "127.0.0.1:7233";
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Override
    public <I> RunId start(Runbook<I, ?> runbook, String workflowId, I request, String summary) {
        if (taken.contains(workflowId)) {
            throw new TakenIdException(workflowId);
        }
        calls.add("start " + runbook.workflowType() + " " + request + " (" + summary + ")");
        RunId id = new RunId(workflowId, "run-1");
        states.putIfAbsent(
                workflowId,
                new RunState(
                        id,
                        runbook.workflowType(),
                        RunStatus.RUNNING,
                        Optional.empty(),
                        Sample.NOW,
                        Optional.empty(),
                        List.of()));
        return id;
    }

    @Override
    public RunId ask(String workflowType, String workflowId, List<Object> arguments) {
        calls.add("ask " + workflowType + " " + arguments);
        Object answer = answers.get(workflowType);
        outcomes.put(
                workflowId,
                () -> answer == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer));
        return new RunId(workflowId, "run-1");
    }

    @Override
    public RunState look(String workflowId) {
        if (lost) {
            throw new ServerLostException(address(), "connection refused");
        }
        RunState state = states.get(workflowId);
        if (state == null) {
            throw new IllegalArgumentException("the test knows no run " + workflowId);
        }
        return state;
    }

    @Override
    public Optional<String> timeline(String workflowId) {
        return timeline;
    }

    @Override
    public <O> CompletableFuture<O> outcome(RunId run, Class<O> type) {
        return outcomes.getOrDefault(run.workflowId(), CompletableFuture::new)
                .get()
                .thenApply(type::cast);
    }

    @Override
    public List<RunState> recent(List<String> workflowTypes, int limit) {
        calls.add("recent " + workflowTypes + " " + limit);
        return List.copyOf(states.values());
    }

    @Override
    public void cancel(String workflowId) {
        calls.add("cancel " + (workflowId.startsWith("ask-") ? "ask" : workflowId));
    }

    @Override
    public boolean isPolled(String queue) {
        return polled;
    }

    @Override
    public Questions questions() {
        return questions;
    }

    @Override
    public List<ScheduleState> schedules() {
        return schedules;
    }

    @Override
    public RunId trigger(String schedule) {
        calls.add("trigger " + schedule);
        return states.values().iterator().next().id();
    }

    @Override
    public void close() {
        closed = true;
    }
}
