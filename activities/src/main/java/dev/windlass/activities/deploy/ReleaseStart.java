package dev.windlass.activities.deploy;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts and stops the service of a slot. Whether what runs there is any good is for the health gate to say. */
final class ReleaseStart {
    /** Their exit codes also speak of the program, which may be broken and is then found unhealthy. */
    private static final Set<String> SUPERVISORS = Set.of("systemctl", "supervisorctl");

    private static final Duration STOP_RESERVE = Duration.ofSeconds(30);

    private final ProcessStep step;
    private final Services services;
    private final ProcessLayout layout;

    ReleaseStart(ProcessStep step) {
        this.step = step;
        this.layout = step.layout();
        this.services = new Services(layout, step.shell(), step.context());
    }

    void start() {
        Colour colour = step.colour();
        Release release = step.order().release();
        Services.State now = services.state(colour);
        if (isRight(now, colour, release)) {
            return;
        }
        requireIdle(colour);
        services.strangerAt(colour, now).ifPresent(by -> {
            throw DeployFailures.portTaken(layout, colour, by);
        });
        Optional<CommandResult> last = runAll(step.step().effects());
        if (!services.state(colour).isKnown()) {
            throw last.map(result -> DeployFailures.serviceUnknown(layout, colour, result))
                    .orElseGet(() -> DeployFailures.serviceStays(layout, colour, "not there"));
        }
    }

    /** The right one, from an earlier attempt: it may be young, but a restart would only make it younger. */
    private boolean isRight(Services.State now, Colour colour, Release release) {
        Optional<String> definition = ProcessState.text(Path.of(layout.definitionFile(colour)));
        Optional<String> wanted = DeployStep.find(step.step().effects(), "tee", "")
                .map(Command::input)
                .filter(Channel.Text.class::isInstance)
                .map(input -> ((Channel.Text) input).text());
        return definition.isPresent()
                && definition.equals(wanted)
                && Services.runsIn(now, Path.of(layout.release(release)))
                && step.state().releaseIn(colour).equals(Optional.of(release));
    }

    private void requireIdle(Colour colour) {
        // A placeholder before the first deploy may name the port; then the slot was never used.
        boolean serves =
                step.state().serving().filter(now -> now.colour() == colour).isPresent();
        if (serves) {
            throw DeployFailures.slotServes(layout, colour);
        }
    }

    /** Undo of start, and the end of the old version. */
    void stop(List<Effect> effects, Colour colour) {
        requireIdle(colour);
        boolean isDefined = Files.exists(Path.of(layout.definitionFile(colour)));
        if (!isDefined && !services.state(colour).isRunning()) {
            return;
        }
        runAll(effects);
        long deadline = System.nanoTime()
                + layout.target()
                        .drain()
                        .requests()
                        .plus(layout.target().drain().webSockets())
                        .plus(STOP_RESERVE)
                        .toNanos();
        while (services.state(colour).isRunning()) {
            if (System.nanoTime() > deadline) {
                throw DeployFailures.serviceStays(
                        layout, colour, services.state(colour).words());
            }
            step.pause(Duration.ofSeconds(1), "stop", layout.service(colour));
        }
    }

    /** @return the last command of the supervisor that did not succeed */
    private Optional<CommandResult> runAll(List<Effect> effects) {
        Optional<CommandResult> refused = Optional.empty();
        for (Effect effect : effects) {
            if (effect instanceof Command command && command.access() == Access.CHANGES) {
                CommandResult result = step.run(command);
                if (!result.isSuccess() && !SUPERVISORS.contains(command.program())) {
                    throw DeployFailures.commandFailed(result);
                }
                refused = result.isSuccess() ? refused : Optional.of(result);
            }
        }
        return refused;
    }
}
