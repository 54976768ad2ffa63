package dev.windlass.starter.door;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.runs.Runs;
import dev.windlass.starter.runs.TakenIdException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One command's talk with the server. */
public final class Session implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int MOST_AT_ONCE = 5;

    private final Door door;
    private final OpsFiles files;
    private final Runs runs;

    private Session(Door door, OpsFiles files, Runs runs) {
        this.door = door;
        this.files = files;
        this.runs = runs;
    }

    public static Session open(Door door, ConnectionOptions options) {
        OpsFiles files = new OpsFiles(door, options.opsFile);
        return new Session(door, files, door.connector().connect(options, files));
    }

    public Runs runs() {
        return runs;
    }

    public Instant now() {
        return door.clock().instant();
    }

    /** Starts a run, and follows it where that is wanted. */
    public <I, O> int start(Runbook<I, O> runbook, I request, String summary, WaitOption wait, JsonOption json) {
        return startSigned(runbook, runbook.name(), id -> request, summary, wait, json);
    }

    /**
     * As the other.
     *
     * @param name the first word of the run's id
     * @param request for the id that it is given: whoever signs a request signs it for this one
     */
    public <I, O> int startSigned(
            Runbook<I, O> runbook,
            String name,
            Function<String, I> request,
            String summary,
            WaitOption wait,
            JsonOption json) {
        warnWhenNobodyWorks(runbook.queue(), "the run waits in the server until one does");
        RunId run = begin(runbook, name, request, summary);
        return followOrTell(run, id -> runbook, wait, json);
    }

    /** Ids tell seconds: of two who start in the same one, the later waits for the next. */
    private <I> RunId begin(Runbook<I, ?> runbook, String name, Function<String, I> request, String summary) {
        TakenIdException last = new TakenIdException(name);
        for (int attempt = 0; attempt < MOST_AT_ONCE; attempt++) {
            String id = name + "-" + TIME.format(now());
            try {
                return runs.start(runbook, id, request.apply(id), summary);
            } catch (TakenIdException taken) {
                last = taken;
                waitForTheNextSecond(taken);
            }
        }
        throw last;
    }

    private void waitForTheNextSecond(TakenIdException taken) {
        try {
            // Nothing completes this: it is the pause.
            door.patience().await(new CompletableFuture<Void>(), Duration.ofSeconds(1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw taken;
        }
    }

    /** Follows a run that was started where that is wanted, or else tells how to. */
    public int followOrTell(RunId run, Function<String, Runbook<?, ?>> runbook, WaitOption wait, JsonOption json) {
        if (wait.wait) {
            return follow(run, runbook.apply(run.workflowId()), json);
        }
        json.print(
                door,
                run,
                "started " + run.workflowId() + "\nfollow it: windlass run wait " + run.workflowId() + look(run));
        return 0;
    }

    /** Stays with a run until it ends, and tells its outcome. */
    public <O> int follow(RunId run, Runbook<?, O> runbook, JsonOption json) {
        O outcome = new Wait(door, runs, run, look(run)).until(runbook.outcome());
        json.print(door, outcome, runbook.report().tell(outcome, now()));
        return runbook.report().exitCode(outcome).number();
    }

    /** An answer that only a worker can give, such as what lies on its disk. */
    public <O> O ask(String workflowType, Object argument, Class<O> answer) {
        return new Question(door, runs).ask(workflowType, List.of(argument), answer);
    }

    public <O> O ask(String workflowType, Class<O> answer) {
        return new Question(door, runs).ask(workflowType, List.of(), answer);
    }

    /** The ops.yml of this side, where there is a good one; the worker's may be another. */
    public Optional<Operations> operations() {
        return files.operations();
    }

    public void warnWhenNobodyWorks(String queue, String consequence) {
        if (!runs.isPolled(queue)) {
            door.warn(
                    "no worker asks for work on queue " + queue + " of " + runs.address() + "; " + consequence,
                    "start the worker on the server, or look into its log: journalctl -u windlass-worker -n 50");
        }
    }

    /** A line with the run's page in Temporal's UI, where ops.yml says how to get there. */
    public String look(RunId run) {
        return files.temporalUi()
                .map(ui -> "\nlook at it: " + ui + "/namespaces/" + runs.namespace() + "/workflows/" + run.workflowId()
                        + "/" + run.runId() + "/history")
                .orElse("");
    }

    @Override
    public void close() {
        runs.close();
    }
}
