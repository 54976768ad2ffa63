package dev.windlass.starter.deploy;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import picocli.CommandLine.Parameters;

/** Which app, and where. */
final class DeployTarget {
    @Parameters(index = "0", paramLabel = "APP", description = "An app of ops.yml.")
    AppName app = new AppName("app");

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "One of its environments.")
    EnvironmentName environment = new EnvironmentName("environment");

    DeployRequest request(
            Version version, Requester requester, AcceptOption accept, DeployRequest.Migrating migrating) {
        return new DeployRequest(app, environment, version, requester, accept.names(), migrating);
    }
}
