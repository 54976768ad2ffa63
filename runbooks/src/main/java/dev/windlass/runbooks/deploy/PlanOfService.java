package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a deploy of a service does. Swarm starts the new task, turns traffic and ends the old task in one act, so starting
 * is where everything changes; the steps switch and drain say what Swarm does and do nothing themselves.
 */
public final class PlanOfService {
    private final Notifications notifications;
    private final ServiceLayout layout;
    private final ServiceTarget target;
    private final ServiceCommands commands;

    public PlanOfService(Notifications notifications, ServiceLayout layout) {
        this.notifications = notifications;
        this.layout = layout;
        this.target = layout.target();
        this.commands = new ServiceCommands(layout);
    }

    public Plan plan(DeployRequest request, ServiceObservation seen) {
        List<Step> steps = new ArrayList<>(List.of(prepare(seen), start(seen)));
        if (target.update() instanceof Update.Dokploy) {
            steps.add(startByDocker(seen));
        }
        steps.addAll(List.of(health(seen), turn(seen), drain(seen), watch(seen), retire(seen)));
        NotificationSteps.tell(DeploySteps.NOTIFY, notifications, "Tell the team")
                .ifPresent(steps::add);
        return Plan.of("deploy", request.asked(), resolved(seen), seen.shown(), steps);
    }

    private Step prepare(ServiceObservation seen) {
        Release release = seen.release();
        return switch (seen.source()) {
            case REGISTRY -> {
                List<Effect> effects = new ArrayList<>(commands.writeRecord());
                effects.add(commands.pull(release));
                effects.add(commands.inspectImage(release));
                yield Step.of(DeploySteps.PREPARE, "Pull " + layout.image(release), effects)
                        .withPrecondition(
                                "docker is logged in to the registry where that asks for it, or the image is here already")
                        .withSlots("releases");
            }
            case KEPT ->
                Step.of(
                                DeploySteps.PREPARE,
                                "Take the image that is still on this machine, " + layout.image(release),
                                List.of(commands.inspectImage(release)))
                        .withPrecondition("the image is there");
        };
    }

    private Step start(ServiceObservation seen) {
        Step step = start(
                seen,
                DeploySteps.START,
                "Let " + updater() + " update service " + target.service() + " to "
                        + seen.release().version() + ": Swarm starts the new task beside the old one",
                commands.update(seen.release()),
                commands.updateBack(seen.before()));
        return switch (target.update()) {
            case Update.Docker docker -> step;
            case Update.Dokploy dokploy -> step.withSlots("title");
        };
    }

    private Step startByDocker(ServiceObservation seen) {
        return start(
                seen,
                DeploySteps.START_BY_DOCKER,
                "Only where Dokploy does not answer and a person says skip: let docker update service "
                        + target.service() + " to " + seen.release().version(),
                commands.updateByDocker(seen.release()),
                commands.updateBackByDocker(seen.before()));
    }

    private Step start(ServiceObservation seen, StepId id, String title, List<Effect> update, List<Effect> back) {
        List<Effect> effects = new ArrayList<>(lookAtSwarm(seen));
        effects.add(commands.inspectImage(seen.release()));
        effects.addAll(update);
        List<Effect> undo = new ArrayList<>(lookAtSwarm(seen));
        undo.addAll(back);
        return Step.of(id, title, effects)
                .withPrecondition(
                        "the service is set to " + words(seen.before()) + ", and it or the image has a health check")
                .withUndo(undo);
    }

    private Step health(ServiceObservation seen) {
        var health = target.health();
        List<Effect> effects = new ArrayList<>(lookAtSwarm(seen));
        effects.addAll(commands.askHealth());
        return Step.of(
                DeploySteps.HEALTH,
                "Wait until Swarm runs " + seen.release().version() + " alone and it is healthy at " + target.address()
                        + ", " + health.successes() + " times in a row within " + PlanWords.time(health.deadline()),
                effects);
    }

    /** The undo only looks whether the version before serves: what turns traffic back is the undo of start. */
    private Step turn(ServiceObservation seen) {
        List<Effect> undo = new ArrayList<>(lookAtSwarm(seen));
        undo.addAll(commands.askHealth());
        return Step.of(
                        DeploySteps.SWITCH,
                        "Do nothing: Swarm has turned traffic to "
                                + seen.release().version() + " when its task became healthy",
                        List.of())
                .withUndo(undo);
    }

    private Step drain(ServiceObservation seen) {
        return Step.of(
                DeploySteps.DRAIN,
                "Wait until Swarm has ended the old task, which has " + PlanWords.time(seen.grace()) + " after SIGTERM",
                commands.lookAtSwarm());
    }

    private Step watch(ServiceObservation seen) {
        List<Effect> effects = new ArrayList<>(lookAtSwarm(seen));
        effects.addAll(commands.askHealth());
        commands.followLog().ifPresent(effects::add);
        return Step.of(
                DeploySteps.WATCH,
                "Watch " + seen.release().version() + " by Windlass's own requests"
                        + (target.accessLog().isPresent() ? " and the access log" : "") + " for "
                        + PlanWords.time(target.watch().time()) + ": at most "
                        + PlanWords.percent(target.watch().errors()) + " errors, p95 at most "
                        + target.watch().p95().toMillis() + " ms",
                effects);
    }

    private Step retire(ServiceObservation seen) {
        List<Effect> effects = new ArrayList<>(List.of(commands.inspectService(), commands.listImages()));
        effects.add(commands.removeImage());
        effects.addAll(commands.writeRecord());
        return Step.of(
                        DeploySteps.RETIRE,
                        "Keep " + seen.before().version() + " for a rollback, and " + target.keepReleases()
                                + " images on this machine in all",
                        effects)
                .withPrecondition("the service is set to " + words(seen.release()))
                .withSlots("releases", "old-release");
    }

    /** What a tag means is looked up as long as the service is set by it. */
    private List<Effect> lookAtSwarm(ServiceObservation seen) {
        List<Effect> effects = new ArrayList<>(commands.lookAtSwarm());
        seen.tagged().ifPresent(tag -> effects.addAll(List.of(commands.listContainers(), commands.listDigests(tag))));
        return effects;
    }

    private SortedMap<String, String> resolved(ServiceObservation seen) {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("target", "service " + target.service() + " of Docker Swarm, updated by " + updater());
        words.put("release", words(seen.release()));
        words.put(
                "taken from",
                switch (seen.source()) {
                    case REGISTRY -> layout.tag(seen.release().version());
                    case KEPT -> "this machine";
                });
        words.put("runs", layout.image(seen.release()));
        words.put(
                "serves now",
                words(seen.before())
                        + seen.tagged().map(tag -> ", by the tag " + tag).orElse(""));
        words.put("approval", seen.policy().map(ApprovalPolicy::words).orElse("none asked for"));
        words.put("configuration", ConfigurationDigest.of(target));
        return words;
    }

    private String updater() {
        return switch (target.update()) {
            case Update.Docker docker -> "docker";
            case Update.Dokploy dokploy -> "Dokploy";
        };
    }

    private static String words(Release release) {
        return release.version() + " " + release.content();
    }
}
