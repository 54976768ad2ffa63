package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.ProcessTarget;
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

/** The app of ops.example.yml, from which the plans on the runbook pages are made. */
public final class DeployPageSample {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final Release OLD = new Release(new Version("9b1c0de"), "sha256:" + "4f".repeat(32));
    private static final Release NEW = new Release(new Version("3f2c1ab"), "sha256:" + "c0".repeat(32));

    private DeployPageSample() {}

    static Plan deploy() {
        return plan(NEW, ProcessObservation.Source.ARTEFACT, new ProcessObservation.Serving(Colour.BLUE, OLD));
    }

    static Plan rollback() {
        return plan(OLD, ProcessObservation.Source.KEPT, new ProcessObservation.Serving(Colour.GREEN, NEW));
    }

    private static Plan plan(Release release, ProcessObservation.Source source, ProcessObservation.Serving before) {
        ProcessLayout layout = layout();
        DeployRequest request =
                new DeployRequest(layout.app(), PROD, release.version(), new Requester("somebody", Optional.empty()));
        ProcessObservation seen = new ProcessObservation(
                release,
                source,
                Optional.of(before),
                before.colour().other(),
                Optional.of(layout.upstreamText(before.colour())),
                Optional.of(new ApprovalPolicy(
                        PROD, List.of(new PersonName("ana"), new PersonName("ben")), 1, Duration.ofHours(24))),
                Sorted.of());
        return new PlanOfDeploy(notifications(), layout).plan(request, seen);
    }

    public static ProcessLayout layout() {
        return new ProcessLayout(
                new AppName("shop"),
                PROD,
                new ProcessTarget(
                        "/srv/artefacts/shop",
                        "/srv/shop-prod",
                        List.of("/usr/bin/node", "dist/main.js"),
                        "shop",
                        Sorted.of("NODE_ENV", "production"),
                        Optional.of("/etc/windlass/shop-prod.env"),
                        new Target.Ports(4101, 4102),
                        new Target.Supervisor.Systemd(),
                        new Target.Nginx(
                                "shop_prod",
                                "/etc/nginx/windlass/shop-prod.conf",
                                Optional.empty(),
                                "/var/log/nginx/shop-prod.windlass.log",
                                Optional.of("http://127.0.0.1/api/version")),
                        new Target.Health(
                                "/api/health",
                                200,
                                Optional.of("ok"),
                                "/api/version",
                                3,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60)),
                        new Target.Drain(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                        new Target.Watch(Duration.ofMinutes(2), 0.01, Duration.ofMillis(500), 20),
                        5));
    }

    static Notifications notifications() {
        return new Notifications(
                Optional.empty(),
                Optional.of(new Notifications.Slack(
                        new SecretReference("env:SLACK_BOT_TOKEN"), "C0123456789", "https://slack.com/api/")),
                Optional.empty(),
                Optional.empty());
    }
}
