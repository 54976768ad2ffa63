package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One step of a deploy while it is executed. */
record ProcessStep(DeployOrder order, ProcessLayout layout, Shell shell, StepContext context, Clock clock) {
    /** Exit codes above it are 128 and the signal. */
    private static final int KILLED_BY_SIGNAL = 128;

    Step step() {
        return order.step();
    }

    ProcessState state() {
        return new ProcessState(layout);
    }

    /** The slot this step acts on. */
    Colour colour() {
        return layout.colourIn(step())
                .orElseThrow(() -> new IllegalArgumentException("step " + step().id() + " names no slot of "
                        + layout.app() + " " + layout.environment() + "; ports in ops.yml may have changed"));
    }

    /** @throws io.temporal.failure.ApplicationFailure it was killed: then its exit code says nothing of what it looked at */
    CommandResult run(Command command) {
        CommandResult result = shell.run(command, context);
        if (result.exitCode() > KILLED_BY_SIGNAL) {
            throw DeployFailures.commandFailed(result);
        }
        return result;
    }

    void runToItsEnd(Command command) {
        CommandResult result = run(command);
        if (!result.isSuccess()) {
            throw DeployFailures.commandFailed(result);
        }
    }

    /** The first command of the list that runs the program and has the word among its arguments, or any when it is empty. */
    static Optional<Command> find(List<Effect> effects, String program, String word) {
        return effects.stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .filter(command -> command.program().equals(program))
                .filter(command -> word.isEmpty() || command.argv().contains(word))
                .findFirst();
    }

    Command command(String program, String word) {
        return find(step().effects(), program, word)
                .orElseThrow(
                        () -> new IllegalArgumentException("step " + step().id() + " has no " + program + " " + word));
    }

    /** Beats, so that a cancelled step ends here. */
    void pause(Duration time, String phase, String detail) {
        long deadline = System.nanoTime() + time.toNanos();
        do {
            context.pulse().beat(new Progress(phase, 0, Optional.empty(), "steps", detail));
            long left = deadline - System.nanoTime();
            try {
                Thread.sleep(Duration.ofNanos(
                        Math.max(0, Math.min(left, Duration.ofSeconds(1).toNanos()))));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new Failure(
                                FailureType.COMMAND_FAILED,
                                "step " + step().id() + " was left because the worker is stopping",
                                "nothing to do: the step is retried when a worker runs again",
                                "deploy.md#command-failed")
                        .asException(stopping);
            }
        } while (System.nanoTime() < deadline);
    }
}
