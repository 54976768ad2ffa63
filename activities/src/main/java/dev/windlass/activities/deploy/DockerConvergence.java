package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.deploy.DokployCalls;

/** Asks the docker of this machine, which has to be a manager of the Swarm. */
record DockerConvergence(DokployCalls calls, Shell shell, StepContext context) implements Convergence {
    @Override
    public Look look(String service) {
        CommandResult inspected = shell.run(calls.inspectService(service), context);
        if (!inspected.isSuccess()) {
            return new Look.Unseen(inspected.summary());
        }
        CommandResult tasks = shell.run(calls.tasksOf(service), context);
        if (!tasks.isSuccess()) {
            return new Look.Unseen(tasks.summary());
        }
        try {
            return new Look.Seen(SwarmState.of(String.join("", inspected.output()), tasks.output()));
        } catch (JsonProcessingException unreadable) {
            return new Look.Unseen("docker's answer is not JSON: " + unreadable.getOriginalMessage());
        }
    }
}
