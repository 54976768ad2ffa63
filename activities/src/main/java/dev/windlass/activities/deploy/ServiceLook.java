package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.deploy.ServiceCommands;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.PayloadJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks docker what a service is set to and what runs. */
final class ServiceLook {
    private final ServiceLayout layout;
    private final ServiceCommands commands;
    private final Shell shell;
    private final StepContext context;

    ServiceLook(ServiceLayout layout, Shell shell, StepContext context) {
        this.layout = layout;
        this.commands = new ServiceCommands(layout);
        this.shell = shell;
        this.context = context;
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND (service), PRECONDITION (no manager, no docker) */
    ServiceSetting setting() {
        CommandResult inspected = shell.run(commands.inspectService(), context);
        if (!inspected.isSuccess()) {
            boolean isAbsent = inspected.errorTail().stream()
                    .anyMatch(line -> line.contains("no such service") || line.contains("not found"));
            throw isAbsent
                    ? ServiceFailures.noSuchService(layout)
                    : ServiceFailures.dockerDoesNotAnswer(layout, inspected);
        }
        try {
            return ServiceSetting.of(String.join("", inspected.output()));
        } catch (JsonProcessingException broken) {
            throw ServiceFailures.dockerDoesNotAnswer(layout, inspected);
        }
    }

    /** Whether Swarm is done, and with what. */
    Look swarm() {
        CommandResult inspected = shell.run(commands.inspectService(), context);
        if (!inspected.isSuccess()) {
            return new Look.Unseen(inspected.summary());
        }
        CommandResult tasks = shell.run(commands.listTasks(), context);
        if (!tasks.isSuccess()) {
            return new Look.Unseen(tasks.summary());
        }
        try {
            return new Look.Seen(named(SwarmState.of(String.join("", inspected.output()), tasks.output())));
        } catch (JsonProcessingException unreadable) {
            return new Look.Unseen("docker's answer is not JSON: " + unreadable.getOriginalMessage());
        }
    }

    /** A service that nobody has given a digest yet is as good to go back to as any other. */
    private SwarmState named(SwarmState state) {
        return state.isSetByATag()
                ? findDigestOfTag(state.image()).map(state::withDigestOfTag).orElse(state)
                : state;
    }

    /**
     * What the service is set to, as a digest. A tag is believed only where every container of the service runs what
     * the tag means on this machine today.
     */
    String digest(ServiceSetting setting) {
        return setting.digest()
                .or(() -> findDigestOfTag(setting.image()))
                .orElseThrow(() -> ServiceFailures.digestUnknown(layout, setting.image()));
    }

    private Optional<String> findDigestOfTag(String image) {
        List<String> containers = run(commands.listContainers());
        if (containers.isEmpty() || !Set.of(image).containsAll(containers)) {
            return Optional.empty();
        }
        for (String line : run(commands.listDigests(image))) {
            for (JsonNode each : json(line)) {
                String reference = each.asText();
                if (reference.startsWith(layout.repository() + "@sha256:")) {
                    return Optional.of(reference.substring(reference.indexOf('@') + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** Of this repository, on this machine. */
    Set<String> digests() {
        return Set.copyOf(run(commands.listImages()));
    }

    /** Empty when the image is not on this machine. */
    Optional<ServiceSetting.Check> checkOf(Release release) {
        CommandResult result = shell.run(commands.inspectImage(release), context);
        return result.isSuccess()
                ? Optional.of(ServiceSetting.check(json(String.join("", result.output()))))
                : Optional.empty();
    }

    private List<String> run(Command command) {
        CommandResult result = shell.run(command, context);
        if (!result.isSuccess()) {
            throw DeployFailures.commandFailed(result);
        }
        return result.output().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private JsonNode json(String line) {
        try {
            return PayloadJson.mapper().readTree(line);
        } catch (JsonProcessingException broken) {
            throw ServiceFailures.noJson(layout, broken.getOriginalMessage());
        }
    }
}
