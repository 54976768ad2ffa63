package dev.windlass.starter.deploy;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whose plan is asked for. */
public final class DeployPlanOptions {
    @Mixin
    DeployTarget target = new DeployTarget();

    @Parameters(index = "2", paramLabel = "VERSION", description = "A git SHA or a tag; never latest.")
    Version version = new Version("0");

    /** Nothing is signed: a plan changes nothing. */
    public DeployRequest request(String person) {
        return new DeployRequest(target.app, target.environment, version, new Requester(person, Optional.empty()));
    }
}
