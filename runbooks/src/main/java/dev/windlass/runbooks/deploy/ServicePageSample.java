package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service of ops.example.yml, from which the plans on the runbook pages are made. */
final class ServicePageSample {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final Release OLD = new Release(new Version("9b1c0de"), "sha256:" + "4f".repeat(32));
    private static final Release NEW = new Release(new Version("3f2c1ab"), "sha256:" + "c0".repeat(32));

    private ServicePageSample() {}

    static Plan deploy() {
        ServiceLayout layout = layout(new Update.Docker());
        DeployRequest request =
                new DeployRequest(layout.app(), PROD, NEW.version(), new Requester("somebody", Optional.empty()));
        return new PlanOfService(DeployPageSample.notifications(), layout).plan(request, seen());
    }

    static ServiceObservation seen() {
        return new ServiceObservation(
                NEW,
                ServiceObservation.Source.REGISTRY,
                OLD,
                Optional.empty(),
                Duration.ofSeconds(10),
                Optional.of(new ApprovalPolicy(
                        PROD, List.of(new PersonName("ana"), new PersonName("ben")), 1, Duration.ofHours(24))),
                Sorted.of());
    }

    static ServiceLayout layout(Update update) {
        return new ServiceLayout(
                new AppName("crm"),
                PROD,
                new Target.ServiceTarget(
                        update,
                        "crm",
                        "ghcr.io/example/crm",
                        Optional.of(new Target.RegistryLogin("example-bot", new SecretReference("env:REGISTRY_TOKEN"))),
                        Optional.of("unix:///var/run/docker.sock"),
                        "https://crm.example.com",
                        new Target.Health(
                                "/api/health",
                                200,
                                Optional.empty(),
                                "/api/version",
                                3,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60)),
                        new Target.Watch(Duration.ofMinutes(2), 0.01, Duration.ofMillis(500), 20),
                        Optional.of("/var/log/nginx/crm.windlass.log"),
                        5),
                "/var/lib/windlass");
    }
}
