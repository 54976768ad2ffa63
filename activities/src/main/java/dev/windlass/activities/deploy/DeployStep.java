package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One step of a deploy while it is executed, whatever the target. */
interface DeployStep extends Waiting {
    /** Exit codes above it are 128 and the signal. */
    int KILLED_BY_SIGNAL = 128;

    DeployOrder order();

    Shell shell();

    StepContext context();

    Clock clock();

    default Step step() {
        return order().step();
    }

    /** @throws io.temporal.failure.ApplicationFailure it was killed: then its exit code says nothing of what it looked at */
    default CommandResult run(Command command) {
        CommandResult result = shell().run(command, context());
        if (result.exitCode() > KILLED_BY_SIGNAL) {
            throw DeployFailures.commandFailed(result);
        }
        return result;
    }

    default void runToItsEnd(Command command) {
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

    default Command command(String program, String word) {
        return find(step().effects(), program, word)
                .orElseThrow(
                        () -> new IllegalArgumentException("step " + step().id() + " has no " + program + " " + word));
    }

    @Override
    default void pause(Duration time, String phase, String detail) {
        new Pauses(context(), step().id()).pause(time, phase, detail);
    }
}
