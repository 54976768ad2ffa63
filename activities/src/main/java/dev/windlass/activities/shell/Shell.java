package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Effect.Command;

/** The only way a program is run. */
public interface Shell {
    /**
     * Runs a command to its end, beating the pulse about once a second and killing the whole tree when that throws.
     * Output files ({@code PlainFile}, {@code SealedFile}) appear under their name only after exit code 0.
     *
     * @return also for exit codes other than 0; {@link CommandResult#orFail} turns those into a failure
     */
    default CommandResult run(Command command, StepContext context) {
        return run(command, context, InputWatch.NOBODY);
    }

    /** The same, while somebody watches the command's input go by. */
    CommandResult run(Command command, StepContext context, InputWatch watch);

    /**
     * Kills every process that an earlier attempt of this step left behind, and waits until none is left.
     *
     * @return how many there were
     */
    int fence(StepContext context);
}
