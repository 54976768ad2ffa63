package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a deploy of a process does, from ops.yml, the request and what planning saw. */
public final class PlanOfDeploy {
    private final Notifications notifications;
    private final ProcessLayout layout;
    private final ProcessTarget target;
    private final ProcessCommands commands;

    public PlanOfDeploy(Notifications notifications, ProcessLayout layout) {
        this.notifications = notifications;
        this.layout = layout;
        this.target = layout.target();
        this.commands = new ProcessCommands(layout);
    }

    public Plan plan(DeployRequest request, ProcessObservation seen) {
        List<Step> steps = new ArrayList<>(
                List.of(prepare(seen), start(seen), health(seen), turn(seen), drain(seen), watch(seen), retire(seen)));
        NotificationSteps.tell(DeploySteps.NOTIFY, notifications, "Tell the team")
                .ifPresent(steps::add);
        return Plan.of("deploy", request.asked(), resolved(seen), seen.shown(), steps);
    }

    /** A deploy up to the moment at which it serves, where nothing served before: there is nothing to drain or to retire. */
    public static List<Step> untilItServes(ProcessLayout layout, ProcessObservation seen) {
        PlanOfDeploy plan = new PlanOfDeploy(Notifications.none(), layout);
        return List.of(plan.prepare(seen), plan.start(seen), plan.health(seen), plan.turn(seen));
    }

    private Step prepare(ProcessObservation seen) {
        Release release = seen.release();
        return switch (seen.source()) {
            case ARTEFACT -> {
                List<Effect> effects = new ArrayList<>(List.of(commands.compare(release)));
                effects.addAll(commands.unpack(release));
                yield Step.of(
                                DeploySteps.PREPARE,
                                "Unpack " + release.version() + " (" + release.abbreviated() + ")",
                                effects)
                        .withPrecondition("the artefact has the checksum that was planned with, and the disk has room");
            }
            case KEPT ->
                Step.of(
                                DeploySteps.PREPARE,
                                "Take " + release.version() + " (" + release.abbreviated()
                                        + "), which is still on the disk",
                                List.of(commands.lookForRelease(release)))
                        .withPrecondition("the directory of the release is there");
        };
    }

    private Step start(ProcessObservation seen) {
        List<Effect> effects = new ArrayList<>(commands.look(seen.idle()));
        effects.add(commands.listListeners(seen.idle()));
        effects.addAll(commands.start(seen.idle(), seen.release()));
        return Step.of(
                        DeploySteps.START,
                        "Start " + seen.release().version() + " in slot " + layout.where(seen.idle())
                                + ", where it serves nobody yet",
                        effects)
                .withPrecondition("nginx does not send traffic to slot "
                        + seen.idle().word() + ", and nobody else listens on port " + layout.port(seen.idle()))
                .withUndo(commands.stop(seen.idle()));
    }

    private Step health(ProcessObservation seen) {
        var health = target.health();
        List<Effect> effects = new ArrayList<>(commands.askHealth(seen.idle()));
        effects.addAll(commands.look(seen.idle()));
        return Step.of(
                DeploySteps.HEALTH,
                "Wait until " + seen.release().version() + " is healthy, " + health.successes()
                        + " times in a row within " + PlanWords.time(health.deadline()),
                effects);
    }

    private Step turn(ProcessObservation seen) {
        List<Effect> effects = new ArrayList<>(commands.writeUpstream(layout.upstreamText(seen.idle())));
        effects.add(commands.testNginx());
        effects.add(commands.reloadNginx());
        commands.askThroughNginx().ifPresent(effects::add);
        List<Effect> undo = new ArrayList<>(
                seen.upstreamText().map(commands::writeUpstream).orElseGet(() -> List.of(commands.removeUpstream())));
        undo.add(commands.testNginx());
        undo.add(commands.reloadNginx());
        seen.before().ifPresent(before -> {
            undo.addAll(commands.askHealth(before.colour()));
            undo.addAll(commands.look(before.colour()));
        });
        return Step.of(DeploySteps.SWITCH, "Point nginx at slot " + layout.where(seen.idle()), effects)
                .withPrecondition("slot " + seen.idle().word() + " is healthy, and nginx runs")
                .withUndo(undo);
    }

    private Step drain(ProcessObservation seen) {
        return seen.before()
                .map(before -> Step.of(
                        DeploySteps.DRAIN,
                        "Let slot " + layout.where(before.colour()) + ", end its requests ("
                                + PlanWords.time(target.drain().requests()) + ") and WebSockets ("
                                + PlanWords.time(target.drain().webSockets()) + " more)",
                        List.<Effect>of(commands.listConnections(before.colour()))))
                .orElseGet(() ->
                        Step.of(DeploySteps.DRAIN, "Drain nothing: no release served before this one", List.of()));
    }

    private Step watch(ProcessObservation seen) {
        List<Effect> effects = new ArrayList<>(commands.askHealth(seen.idle()));
        effects.add(commands.followLog());
        return Step.of(
                DeploySteps.WATCH,
                "Watch " + seen.release().version() + " for "
                        + PlanWords.time(target.watch().time()) + ": at most "
                        + PlanWords.percent(target.watch().errors()) + " errors, p95 at most "
                        + target.watch().p95().toMillis() + " ms",
                effects);
    }

    private Step retire(ProcessObservation seen) {
        List<Effect> effects = new ArrayList<>(commands.writeRecord());
        seen.before().ifPresent(before -> effects.addAll(commands.stop(before.colour())));
        effects.add(commands.removeRelease());
        return Step.of(
                        DeploySteps.RETIRE,
                        seen.before()
                                        .map(before ->
                                                "Stop " + before.release().version() + " in slot "
                                                        + before.colour().word() + " and keep ")
                                        .orElse("Keep ")
                                + target.keepReleases() + " releases on the disk",
                        effects)
                .withPrecondition(
                        "nginx sends its traffic to slot " + seen.idle().word())
                .withSlots("releases", "old-release");
    }

    private SortedMap<String, String> resolved(ProcessObservation seen) {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("target", "process of " + supervisor() + " behind nginx");
        words.put("release", words(seen.release()));
        words.put(
                "taken from",
                switch (seen.source()) {
                    case ARTEFACT -> layout.artefact(seen.release().version());
                    case KEPT -> layout.release(seen.release());
                });
        words.put(
                "serves now",
                seen.before()
                        .map(before -> words(before.release()) + " in " + layout.where(before.colour()))
                        .orElse("nothing"));
        words.put("goes to", layout.where(seen.idle()));
        words.put("approval", seen.policy().map(ApprovalPolicy::words).orElse("none asked for"));
        words.put("configuration", ConfigurationDigest.of(target));
        return words;
    }

    private String supervisor() {
        return switch (target.supervisor()) {
            case Supervisor.Systemd systemd -> "systemd";
            case Supervisor.Supervisord supervisord -> "supervisord";
        };
    }

    private static String words(Release release) {
        return release.version() + " " + release.content();
    }
}
