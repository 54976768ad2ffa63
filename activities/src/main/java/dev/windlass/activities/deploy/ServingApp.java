package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import java.util.Optional;

/** The version of an app that serves now, for whoever changes what it stands on. */
public record ServingApp(RunningApp app, Health health) {
    /** @param context of whoever looks; empty when nothing of the app serves there */
    public static Optional<ServingApp> find(Operations operations, AppName app, EnvironmentName environment) {
        Target target = operations.app(app).environment(environment);
        Health health = HealthCalls.of(target);
        return address(app, environment, target)
                .map(address -> new ServingApp(new RunningApp(address, version(address, health)), health));
    }

    /** A service has one address, whatever serves there. */
    private static Optional<String> address(AppName app, EnvironmentName environment, Target target) {
        return switch (target) {
            case Target.ProcessTarget process -> {
                ProcessLayout layout = new ProcessLayout(app, environment, process);
                yield new ProcessState(layout).serving().map(serving -> layout.url(serving.colour(), ""));
            }
            case Target.ServiceTarget service -> Optional.of(service.address());
        };
    }

    private static Optional<String> version(String address, Health health) {
        try (Web web = new Web()) {
            return web.get(address + health.versionPath()) instanceof Web.Answer.Given given
                    ? HealthLook.versionIn(given)
                    : Optional.empty();
        }
    }

    /** In words, by a single look. */
    public String words() {
        try (Web web = new Web()) {
            String known = app.version().map(version -> version + " at ").orElse("") + app.address();
            return new HealthLook(web, health, app.address(), app.version())
                    .problem()
                    .map(problem -> known + " is NOT healthy, and has to be when this has ended: " + problem)
                    .orElse(known + " is healthy");
        }
    }

    /** Until the same version answered well several times in a row. @param step of {@link HealthCalls#at} */
    public static HealthReport waitUntilHealthy(RunningApp app, Health health, Step step, StepContext context) {
        return new HealthGate(health, app.address(), app.version(), step.effects(), () -> before(app))
                .wait(context, new Pauses(context, step.id()));
    }

    private static String before(RunningApp app) {
        return app.version()
                .map(version -> "version " + version + " answered before")
                .orElse("it did not say its version before either");
    }
}
