package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.ScratchCopy;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.SourceOfCopy;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.stagingsync.BackupSource;
import dev.windlass.workflows.stagingsync.StagingSyncOrder;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The backup that a copy is made of, in a throw-away cluster with the name of the step that restores it. It stays when that step has
 * ended, for the copy and the search for originals read it.
 */
final class RestoredSource {
    private final StagingSyncParts parts;
    private final StagingSyncOrder order;
    private final StepContext context;

    RestoredSource(StagingSyncParts parts, StagingSyncOrder order, StepContext context) {
        this.parts = parts;
        this.order = order;
        this.context = context;
    }

    static String token(StepContext context) {
        return restoring(context).abbreviated();
    }

    private static StepToken restoring(StepContext context) {
        return new StepToken(context.token().workflowId(), context.token().runId(), StagingSyncSteps.RESTORE);
    }

    /** What is read where the order says so: a cluster without a port, as its superuser. */
    static Database database(StagingSyncParts parts, StagingSyncOrder order, StepContext context) {
        Database original = parts.database(order.source());
        return order.backup()
                .map(backup -> SourceOfCopy.scratch(parts.backup().operations(), original, token(context)))
                .orElse(original);
    }

    String restore() {
        BackupSource backup = order.backup().orElseThrow();
        removeThoseOfOthers();
        mark().write();
        // What an earlier attempt has left is ended and removed by the commands of the undo.
        List<Effect> effects = Stream.concat(order.step().effects().stream(), order.step().undo().stream())
                .toList();
        Step whole = Step.of(order.step().id(), order.step().title(), effects)
                .withSlots(order.step().slots().toArray(String[]::new));
        try {
            ScratchCopy.restore(parts.backup(), context, whole, backup.manifest(), order.source());
        } catch (ApplicationFailure failed) {
            throw quietly(backup, failed);
        }
        return backup.copied().words();
    }

    private Path scratch() {
        return Path.of(parts.backup().operations().backup().scratch().directory());
    }

    private ScratchMark mark() {
        return new ScratchMark(scratch(), order.target(), restoring(context));
    }

    /** This run holds the lock of the target, so whatever else was restored for it is of a run that is no more. */
    private void removeThoseOfOthers() {
        ScratchMark own = mark();
        ScratchMark.all(scratch(), order.target()).stream()
                .filter(mark -> !mark.equals(own))
                .forEach(this::remove);
    }

    /** Words of pg_restore can hold a row's values. */
    private static ApplicationFailure quietly(BackupSource backup, ApplicationFailure failed) {
        Failure known = Failure.in(failed).orElseThrow(() -> failed);
        String set = "set " + backup.copied().set();
        return switch (known.type()) {
            case RESTORE_FAILED, RESTORE_DIFFERS ->
                unrestorable(set + " cannot be restored here: a command of the restore failed");
            case COMMAND_FAILED ->
                StagingSyncFailures.failure(
                        FailureType.COMMAND_FAILED,
                        "restoring " + set + " broke off",
                        "windlass backup verify " + backup.copied().set()
                                + " --wait restores it too, and tells why it fails",
                        "source");
            case DISK_FULL,
                    TOOL_MISSING,
                    TOOL_TOO_OLD,
                    ARTEFACT_DAMAGED,
                    WRONG_IDENTITY,
                    CONFIGURATION,
                    PRECONDITION,
                    NOT_FOUND -> unrestorable(set + " cannot be restored here: " + known.fact());
            default -> failed;
        };
    }

    static ApplicationFailure unrestorable(String fact) {
        return StagingSyncFailures.failure(
                FailureType.RESTORE_FAILED,
                fact,
                "make a new backup by windlass backup run, or type --from production",
                "source");
    }

    /** Where the machine or the worker with all its children went away, so did the cluster. */
    void requireThere() {
        order.backup().ifPresent(backup -> {
            Path data = Path.of(database(parts, order, context).host()).resolve("data");
            if (!ScratchProcesses.isRunning(data)) {
                throw StagingSyncFailures.failure(
                        FailureType.SNAPSHOT_LOST,
                        "the scratch cluster with set " + backup.copied().set() + " is not there any more",
                        "nothing to do: the run restores it once more",
                        "source");
            }
        });
    }

    /** By the commands of the step, or of the undo of the one that has restored it. */
    void remove() {
        remove(mark());
    }

    private void remove(ScratchMark mark) {
        Step step = order.step().fill(Slots.of("token", mark.token().abbreviated()));
        List<Command> commands = Stream.concat(step.effects().stream(), step.undo().stream())
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .toList();
        Command stop = one(commands, "pg_ctl", "stop");
        Command remove = one(commands, "rm", "-rf");
        Path directory = Path.of(remove.argv().getLast());
        Path data = directory.resolve("data");
        if (ScratchProcesses.isRunning(data)) {
            parts.backup().shell().run(stop, context); // what it leaves alive is ended below
        }
        parts.backup().shell().fence(context);
        parts.backup().shell().fence(new StepContext(mark.token(), context.pulse(), context.journal()));
        ScratchProcesses.endAll(data);
        if (Files.exists(directory)) {
            parts.backup()
                    .shell()
                    .run(remove, context)
                    .orFail(
                            "remove " + directory + " by hand: it holds what production does",
                            "staging-sync.md#source");
        }
        mark.remove();
    }

    private static Command one(List<Command> commands, String program, String word) {
        return commands.stream()
                .filter(command ->
                        command.program().equals(program) && command.argv().contains(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the step has no " + program + " " + word));
    }
}
