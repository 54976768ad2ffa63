package dev.windlass.workflows.recovery;

import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;

/** An app that served on the lost machine, and the release of it that did. */
public record LostApp(AppName app, EnvironmentName environment, Release release) {
    /** As people read it: {@code app shop of prod}. */
    public String words() {
        return words(app, environment);
    }

    public static String words(AppName app, EnvironmentName environment) {
        return "app " + app + " of " + environment;
    }

    /** What brings it to serve, once what was in the way is gone. */
    public String deployment() {
        return "windlass deploy " + app + " " + environment + " " + release.version();
    }

    /** Stands in the ids of its steps. */
    public String subject() {
        return app + "." + environment;
    }
}
