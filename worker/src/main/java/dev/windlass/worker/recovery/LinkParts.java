package dev.windlass.worker.recovery;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.recovery.SshCommands;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import io.temporal.activity.Activity;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Everything the link works with.
 *
 * @param kit what is sent
 * @param server Temporal's program, made ready when it is asked for
 * @param temporal the port of this machine's Temporal
 * @param secrets what the target's worker opens the bucket and the sets with: file names and their texts
 */
record LinkParts(
        LeadHome home,
        Shell shell,
        KitFile kit,
        Supplier<KitFile> server,
        int temporal,
        SortedMap<String, String> secrets) {
    private static final int SSH_FAILED = 255;

    Slots slots() {
        return Slots.of(SshCommands.STATE, home.slot())
                .with(SshCommands.KIT, kit.id())
                .with(SshCommands.TEMPORAL, Integer.toString(temporal));
    }

    /** The step's context, when nothing of an earlier attempt runs any more. */
    StepContext begin(Step step) {
        StepContext context = StepContexts.of(Activity.getExecutionContext(), step.id(), EffectJournal.none());
        shell.fence(context);
        return context;
    }

    /** @throws io.temporal.failure.ApplicationFailure when ssh did not get there, or the command did not do what it should */
    CommandResult run(Command command, StepContext context) {
        CommandResult result = shell.run(command, context);
        if (result.exitCode() == SSH_FAILED) {
            throw LinkFailures.notReached(result);
        }
        if (!command.isSuccess(result.exitCode())) {
            throw LinkFailures.refused(result);
        }
        return result;
    }

    /** Whether it ended with 0, where another exit code is an answer as well. */
    boolean isTrue(Command command, StepContext context) {
        return run(command, context).isSuccess();
    }
}
