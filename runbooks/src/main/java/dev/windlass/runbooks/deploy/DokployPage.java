package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code runbooks/dokploy.md}: the app crm of ops.example.yml, in its environment staging. */
public final class DokployPage implements PageSource {
    private static final AppName CRM = new AppName("crm");
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final Release OLD = new Release(new Version("9b1c0de"), "sha256:" + "4f".repeat(32));
    private static final Release NEW = new Release(new Version("3f2c1ab"), "sha256:" + "c0".repeat(32));

    @Override
    public String page() {
        return "dokploy.md";
    }

    @Override
    public Plan plan() {
        ServiceObservation seen = new ServiceObservation(
                NEW,
                ServiceObservation.Source.REGISTRY,
                OLD,
                Optional.empty(),
                Duration.ofSeconds(10),
                Optional.empty(),
                Sorted.of());
        DeployRequest request =
                new DeployRequest(CRM, STAGING, NEW.version(), new Requester("somebody", Optional.empty()));
        return new PlanOfService(
                        new Notifications(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        new ServiceLayout(CRM, STAGING, target(), "/var/lib/windlass"))
                .plan(request, seen);
    }

    private static ServiceTarget target() {
        return new ServiceTarget(
                new Update.Dokploy(
                        "https://dokploy.example.com", new SecretReference("env:DOKPLOY_KEY"), "b7XkQ2mZ9rT4vN1cW8sLp"),
                "crm-staging-f3k9ab",
                "ghcr.io/example/crm",
                Optional.empty(),
                Optional.empty(),
                "https://crm.staging.example.com",
                new Target.Health(
                        "/api/health",
                        200,
                        Optional.empty(),
                        "/api/version",
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60)),
                new Target.Watch(Duration.ofMinutes(2), 0.01, Duration.ofMillis(500), 20),
                Optional.empty(),
                5);
    }

    @Override
    public List<Failure> failures() {
        return DokployPageFailures.all();
    }
}
