package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.runbooks.deploy.PlanOfDeploy;
import dev.windlass.runbooks.deploy.ProcessCommands;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.LostApp;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An app that ran as a process on the lost machine, and whose release came back with its files.
 *
 * @param source what came back: the artefact, or the release that was made of it
 */
public record AppOfSet(LostApp app, ProcessLayout layout, ProcessObservation.Source source) {
    /** nginx sends traffic to it, where nobody listens: it answers that nothing serves, and knows its upstream. */
    static final Colour NOBODY = Colour.BLUE;

    /** Where the release is started, whatever slot it was in: no slot of this machine has anything that runs. */
    static final Colour FIRST = NOBODY.other();

    List<Effect> pointNginx() {
        List<Effect> effects = new ArrayList<>(List.of(VpsCommands.changes(
                "mkdir", "-p", "--", parentOf(target().nginx().upstreamFile()))));
        // The slot came back with the files, and a deploy would take for serving what it names.
        effects.add(VpsCommands.remove(layout.slot(NOBODY)));
        effects.addAll(new ProcessCommands(layout).pointAt(NOBODY));
        return effects;
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>(List.of(needs()));
        List<Step> deploy = PlanOfDeploy.untilItServes(
                layout,
                new ProcessObservation(
                        app.release(),
                        source,
                        Optional.empty(),
                        FIRST,
                        Optional.of(layout.upstreamText(NOBODY)),
                        Optional.empty(),
                        Sorted.of()));
        List<StepId> ids = RecoverVpsSteps.of(app);
        for (int at = 0; at < deploy.size(); at++) {
            steps.add(named(ids.get(at + 1), deploy.get(at)));
        }
        steps.add(smoke());
        return steps;
    }

    /** What goes wrong is told and stays, for somebody to look at. */
    private Step named(StepId id, Step step) {
        return new Step(
                id,
                step.title() + ", for " + app.app() + " of " + app.environment(),
                step.effects(),
                step.precondition(),
                List.of(),
                step.slots());
    }

    private Step needs() {
        List<Effect> effects = new ArrayList<>();
        // A user who is there is left as it is.
        effects.add(VpsCommands.fed(new Channel.Text("u " + target().user() + " -\n"), "systemd-sysusers", "-"));
        String program = target().command().getFirst();
        if (program.startsWith("/")) {
            effects.add(VpsCommands.reads("test", "-x", program));
        }
        target().environmentFile().ifPresent(file -> effects.add(VpsCommands.reads("test", "-r", file)));
        return Step.of(
                RecoverVpsSteps.needs(app),
                "See whether the machine has what " + app.app() + " of " + app.environment() + " needs: user "
                        + target().user()
                        + (program.startsWith("/") ? ", " + program : "")
                        + target().environmentFile().map(file -> ", " + file).orElse(""),
                effects);
    }

    private Step smoke() {
        Optional<String> address = throughNginx();
        return Step.of(
                RecoverVpsSteps.smoke(app),
                address.map(url -> "Ask " + app.app() + " of " + app.environment()
                                + " through nginx, as its users do, at " + url)
                        .orElseGet(() -> "Ask nothing of " + app.app() + " of " + app.environment()
                                + " through nginx: its check in ops.yml names no address of this machine"),
                address.map(url -> HealthCalls.at(url, target().health())).orElse(List.of()));
    }

    /**
     * Where nginx has the app, without its paths; empty where ops.yml does not tell, or by a name, which may still lead to the
     * lost machine.
     */
    public Optional<String> throughNginx() {
        String path = target().health().versionPath();
        return target().nginx()
                .check()
                .filter(url -> url.endsWith(path))
                .filter(AppOfSet::isHere)
                .map(url -> url.substring(0, url.length() - path.length()));
    }

    private static boolean isHere(String url) {
        String host = URI.create(url).getHost();
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    private ProcessTarget target() {
        return layout.target();
    }

    private static String parentOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
