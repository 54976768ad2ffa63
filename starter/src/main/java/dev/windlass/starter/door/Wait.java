package dev.windlass.starter.door;

import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.Runs;
import dev.windlass.starter.runs.ServerLostException;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.ProgressView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stays with a run until it ends. The run does not need us: whatever happens here, it goes on. */
final class Wait {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** A server that restarts is back within minutes; the run has lost nothing by it. */
    private static final Duration SERVER_MAY_BE_AWAY = Duration.ofMinutes(10);

    private final Door door;
    private final Runs runs;
    private final RunId run;
    private final String look;
    private final ProgressView view;
    private Optional<Instant> lostSince = Optional.empty();
    private boolean left;

    Wait(Door door, Runs runs, RunId run, String look) {
        this.door = door;
        this.runs = runs;
        this.run = run;
        this.look = look;
        this.view = door.terminal().progress(door.err());
    }

    <O> O until(Class<O> type) {
        view.say("following " + run.workflowId() + " (Ctrl-C leaves it going)" + look);
        try (Door.Interruption.Registration ready = door.interruption().onInterrupt(this::takeLeave)) {
            return outcome(type);
        } catch (Complaint failed) {
            view.end(door.clock().instant());
            throw failed.with("run: " + run.workflowId() + look);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            takeLeave();
            throw new Complaint(
                    "interrupted while waiting for " + run.workflowId(),
                    "come back: windlass run wait " + run.workflowId(),
                    "windlass help exit-codes",
                    ExitCode.INTERRUPTED);
        }
    }

    private <O> O outcome(Class<O> type) throws InterruptedException {
        CompletableFuture<O> outcome = runs.outcome(run, type);
        while (true) {
            try {
                show();
                lostSince = Optional.empty();
            } catch (ServerLostException lost) {
                waitForServer(lost);
            }
            Optional<CompletableFuture<O>> ended = door.patience().await(outcome, BETWEEN_LOOKS);
            if (ended.isPresent()) {
                try {
                    O result = Outcomes.of(ended.get());
                    view.end(door.clock().instant());
                    return result;
                } catch (ServerLostException lost) {
                    waitForServer(lost);
                    outcome = runs.outcome(run, type);
                }
            }
        }
    }

    private void show() {
        RunState state = runs.look(run.workflowId());
        synchronized (view) {
            if (!left) {
                view.show(state, door.clock().instant());
            }
        }
    }

    private void waitForServer(ServerLostException lost) throws InterruptedException {
        Instant now = door.clock().instant();
        if (lostSince.isEmpty()) {
            lostSince = Optional.of(now);
            view.say(lost.getMessage() + "; the run goes on when it is back, trying again");
        }
        if (now.isAfter(lostSince.get().plus(SERVER_MAY_BE_AWAY))) {
            throw lost.complaint()
                    .with("gave up after " + Amounts.time(SERVER_MAY_BE_AWAY) + "; come back: windlass run wait "
                            + run.workflowId());
        }
        // Nothing completes this: it is the pause between two tries.
        door.patience().await(new CompletableFuture<Void>(), BETWEEN_LOOKS);
    }

    /** Called by another thread on Ctrl-C: nothing may be drawn below its line. */
    private void takeLeave() {
        synchronized (view) {
            left = true;
            view.end(door.clock().instant());
            view.say(run.workflowId() + " goes on. Come back: windlass run wait " + run.workflowId()
                    + ", end it: windlass run cancel " + run.workflowId());
        }
    }
}
