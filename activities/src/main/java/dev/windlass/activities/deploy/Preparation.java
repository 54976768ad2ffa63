package dev.windlass.activities.deploy;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Command;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a release out of its artefact, or finds it. */
final class Preparation {
    private final ProcessStep step;

    Preparation(ProcessStep step) {
        this.step = step;
    }

    void prepare() {
        var release = step.order().release();
        boolean isKept = DeployStep.find(step.step().effects(), "tar", "").isEmpty();
        Path directory = Path.of(step.layout().release(release));
        if (isKept) {
            if (!step.run(step.command("test", "-d")).isSuccess()) {
                throw DeployFailures.releaseGone(step.layout(), release);
            }
            return;
        }
        if (Files.isDirectory(directory)) {
            return;
        }
        Artefacts.requireRoom(step.layout(), release.version());
        for (Command command : step.step().commands()) {
            CommandResult result = step.run(command);
            if (!result.isSuccess()) {
                throw command.access() == Access.READS
                        ? DeployFailures.artefactChanged(step.layout(), release)
                        : command.program().equals("tar")
                                ? DeployFailures.unreadableArtefact(result, step.layout(), release)
                                : DeployFailures.commandFailed(result);
            }
        }
    }
}
