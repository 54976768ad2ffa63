package dev.windlass.activities.migrate;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a migrator while its worker holds the lock, and sees whom it waits for. Nothing of it is left when a run is cancelled. */
final class Migrator {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Shell shell;
    private final StepContext context;
    private final StepContext watching;
    private final MigratorLock lock;
    private final long deadline;
    private Duration pause = FIRST_PAUSE;
    private List<String> lastBlockers = List.of();

    /** @param patience how long locks are asked for, all tries together */
    Migrator(Shell shell, StepContext context, MigratorLock lock, Duration patience) {
        this.shell = shell;
        this.context = context;
        this.lock = lock;
        this.deadline = System.nanoTime() + patience.toNanos();
        // One for all commands: their names count up in it.
        this.watching = new StepContext(context.token(), this::beat, context.journal());
    }

    CommandResult run(Command command) {
        lastBlockers = List.of();
        try {
            CommandResult result = shell.run(command, watching);
            if (!result.isSuccess()) {
                // A killed program's session would go on, and might commit, when its lock is given at last.
                lock.endMigrator();
            }
            return result;
        } catch (RuntimeException stopped) {
            endAfter(stopped);
            throw stopped;
        }
    }

    private void endAfter(RuntimeException stopped) {
        try {
            lock.endMigrator();
        } catch (RuntimeException failed) {
            stopped.addSuppressed(failed);
        }
    }

    /** About once a second while a command is at work. */
    private void beat(Progress progress) {
        List<String> now = lock.blockers();
        lastBlockers = now.isEmpty() ? lastBlockers : now;
        context.pulse()
                .beat(
                        now.isEmpty()
                                ? progress
                                : new Progress(
                                        "waiting for a lock", 0, Optional.empty(), "steps", String.join("; ", now)));
    }

    /** Who was in the way of the last command, in words. */
    String blockers(CommandResult result) {
        List<String> known =
                lastBlockers.isEmpty() && ToolWords.isOtherMigrator(result) ? lock.toolHolders() : lastBlockers;
        return known.isEmpty() ? ToolWords.of(result) : String.join("; ", known);
    }

    /** The lock of a tool is waited for under lock_timeout as well, so its own words may be those of a table's lock. */
    boolean isOtherAtWork(CommandResult result) {
        return ToolWords.isOtherMigrator(result) || !lock.toolHolders().isEmpty();
    }

    boolean hasTimeLeft() {
        return System.nanoTime() < deadline;
    }

    /** Longer each time, so that traffic flows between two tries. */
    void standBack(String why) {
        long until = System.nanoTime() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        do {
            context.pulse().beat(new Progress("standing back", 0, Optional.empty(), "steps", why));
            sleep(Math.min(Duration.ofSeconds(1).toNanos(), until - System.nanoTime()));
        } while (System.nanoTime() < until);
    }

    private void sleep(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanos)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Failure(
                            FailureType.COMMAND_FAILED,
                            "the migration was left because the worker is stopping",
                            "nothing to do: the step is retried when a worker runs again",
                            "migrate.md#migrator-died")
                    .asException(stopping);
        }
    }
}
