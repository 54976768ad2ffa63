package dev.windlass.starter.deploy;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import picocli.CommandLine.Parameters;

/** Which app, and where. */
final class DeployTarget {
    @Parameters(index = "0", paramLabel = "APP", description = "An app of ops.yml.")
    AppName app = new AppName("app");

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "One of its environments.")
    EnvironmentName environment = new EnvironmentName("environment");
}
