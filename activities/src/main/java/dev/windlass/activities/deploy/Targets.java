package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;

/** Finds who deploys to an app's environment. */
record Targets(DeployParts parts, DokployPatience.Timing patience) {
    TargetSteps steps(DeployOrder order) {
        return switch (target(order.app(), order.environment())) {
            case Target.ProcessTarget process ->
                new ProcessSteps(new ProcessStep(
                        order,
                        new ProcessLayout(order.app(), order.environment(), process),
                        parts.shell(),
                        parts.context(order.step().id()),
                        parts.clock()));
            case Target.ServiceTarget service ->
                new ServiceSteps(
                        new ServiceStep(
                                order,
                                layout(order.app(), order.environment(), service),
                                parts,
                                parts.context(order.step().id())),
                        patience);
        };
    }

    TargetPlanning planning(AppName app, EnvironmentName environment) {
        return switch (target(app, environment)) {
            case Target.ProcessTarget process ->
                new ProcessPlanning(parts, new ProcessLayout(app, environment, process));
            case Target.ServiceTarget service -> new ServicePlanning(parts, layout(app, environment, service));
        };
    }

    private ServiceLayout layout(AppName app, EnvironmentName environment, Target.ServiceTarget target) {
        return new ServiceLayout(app, environment, target, parts.operations().state());
    }

    private Target target(AppName app, EnvironmentName environment) {
        try {
            return parts.operations().app(app).environment(environment);
        } catch (UnknownNameException unknown) {
            throw DeployFailures.unknownName(unknown);
        }
    }
}
