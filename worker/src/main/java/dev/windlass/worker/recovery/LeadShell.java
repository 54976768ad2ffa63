package dev.windlass.worker.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.InputWatch;
import dev.windlass.activities.shell.Shell;
import dev.windlass.workflows.kernel.Effect.Command;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that the launcher runs on this machine, of which nothing is left once it takes leave. */
final class LeadShell implements Shell {
    private final Shell shell;
    private final Map<StepToken, StepContext> begun = new ConcurrentHashMap<>();
    private volatile boolean isLeaving;

    LeadShell(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CommandResult run(Command command, StepContext context, InputWatch watch) {
        begun.put(context.token(), context);
        if (isLeaving) {
            throw new CancellationException(command.program() + " is not started: the launcher takes its leave");
        }
        return shell.run(command, context, watch);
    }

    @Override
    public int fence(StepContext context) {
        return shell.fence(context);
    }

    /** Nothing more is started. */
    void beginLeaving() {
        isLeaving = true;
    }

    /** What was started nevertheless, or lives on, is killed. */
    void endAll() {
        begun.values().forEach(shell::fence);
    }
}
