package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.RecordingDeploy.Fault;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.PlanOfDeploy;
import dev.windlass.runbooks.deploy.PlanOfService;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.runbooks.deploy.ServiceObservation;
import dev.windlass.workflows.approvals.ApprovalPlanningActivities;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanningActivities;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeployWorkflow;
import dev.windlass.workflows.deploy.DeployWorkflowImpl;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The real deploy workflow over activities that record the steps they are handed. Nobody may resume a parked step. */
final class RehearsedDeploys implements AutoCloseable {
    private static final AppName SHOP = new AppName("shop");
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final Release OLD = new Release(new Version("v1"), "sha256:" + "1".repeat(64));
    private static final Release NEW = new Release(new Version("v2"), "sha256:" + "2".repeat(64));
    private static final DeployRequest REQUEST =
            new DeployRequest(SHOP, STAGING, NEW.version(), new Requester("test", Optional.empty()));

    private static final Notifications NOTIFICATIONS = new Notifications(
            Optional.empty(),
            Optional.of(
                    new Notifications.Slack(new SecretReference("env:TOKEN"), "C0123456789", "https://slack.com/api/")),
            Optional.empty(),
            Optional.empty());

    private static final Target.Health HEALTH = new Target.Health(
            "/api/health", 200, Optional.of("ok"), "/api/version", 3, Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final Target.Watch WATCH = new Target.Watch(Duration.ofMinutes(2), 0.01, Duration.ofMillis(500), 20);

    /** What is deployed to. */
    enum Kind {
        SYSTEMD,
        SUPERVISORD,
        DOCKER,
        DOKPLOY
    }

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
    private final RecordedEffects effects = new RecordedEffects();
    private final Plan plan;
    private final RecordingDeploy activities;

    RehearsedDeploys(Kind kind) {
        plan = switch (kind) {
            case SYSTEMD -> planOver(new Supervisor.Systemd());
            case SUPERVISORD -> planOver(new Supervisor.Supervisord("/etc/s.conf", "/etc/s.d"));
            case DOCKER -> planOver(new Target.Update.Docker());
            case DOKPLOY ->
                planOver(new Target.Update.Dokploy(
                        "https://dokploy.example.com", new SecretReference("env:DOKPLOY_KEY"), "b7XkQ"));
        };
        activities = new RecordingDeploy(plan, effects);
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(DeployWorkflowImpl.class, LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(activities);
        temporal.newWorker(TaskQueues.PLANNING)
                .registerActivitiesImplementations(new Fixed(new DeployPlan(
                        plan, NEW, Optional.of(OLD), Optional.empty(), Optional.empty(), Optional.empty())));
        temporal.start();
    }

    private static Plan planOver(Supervisor supervisor) {
        ProcessLayout layout = layout(supervisor);
        ProcessObservation seen = new ProcessObservation(
                NEW,
                ProcessObservation.Source.ARTEFACT,
                Optional.of(new ProcessObservation.Serving(Colour.BLUE, OLD)),
                Colour.GREEN,
                Optional.of(layout.upstreamText(Colour.BLUE)),
                Optional.empty(),
                Sorted.of());
        return new PlanOfDeploy(NOTIFICATIONS, layout).plan(REQUEST, seen);
    }

    private static Plan planOver(Target.Update update) {
        ServiceLayout layout = new ServiceLayout(
                SHOP,
                STAGING,
                new Target.ServiceTarget(
                        update,
                        "shop",
                        "ghcr.io/acme/shop",
                        Optional.empty(),
                        Optional.of("unix:///run/docker.sock"),
                        "https://shop.example.com",
                        HEALTH,
                        WATCH,
                        Optional.of("/var/log/nginx/shop.log"),
                        5),
                "/var/lib/windlass");
        ServiceObservation seen = new ServiceObservation(
                NEW,
                ServiceObservation.Source.REGISTRY,
                OLD,
                Optional.of("ghcr.io/acme/shop:v1"),
                Duration.ofSeconds(10),
                Optional.empty(),
                Sorted.of());
        return new PlanOfService(NOTIFICATIONS, layout).plan(REQUEST, seen);
    }

    private static ProcessLayout layout(Supervisor supervisor) {
        return new ProcessLayout(
                SHOP,
                STAGING,
                new ProcessTarget(
                        "/srv/artefacts",
                        "/srv/shop",
                        List.of("/usr/bin/node", "dist/main.js"),
                        "shop",
                        Sorted.of(),
                        Optional.empty(),
                        new Target.Ports(4101, 4102),
                        supervisor,
                        new Target.Nginx(
                                "shop",
                                "/etc/nginx/windlass/shop.conf",
                                Optional.empty(),
                                "/var/log/nginx/shop.log",
                                Optional.of("http://127.0.0.1/api/version")),
                        HEALTH,
                        new Target.Drain(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                        WATCH,
                        5));
    }

    DeployOutcome deploy() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        DeployWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId("deploy-test")
                                .build())
                .run(REQUEST);
    }

    void fail(StepId step, Fault fault) {
        activities.fail(step, fault);
    }

    Plan plan() {
        return plan;
    }

    List<Executed> effects() {
        return effects.all();
    }

    List<AuditEvent.Kind> audited() {
        return activities.audited();
    }

    List<String> headlines() {
        return activities.headlines();
    }

    @Override
    public void close() {
        temporal.close();
    }

    private record Fixed(DeployPlan plan) implements DeployPlanningActivities, ApprovalPlanningActivities {
        @Override
        public DeployPlan planDeploy(DeployRequest request) {
            return plan;
        }

        @Override
        public ReleaseList listReleases(ReleaseListRequest request) {
            throw new AssertionError("nobody asks for releases");
        }

        @Override
        public Optional<ApprovalPolicy> whoMayResume(EnvironmentName environment) {
            return Optional.empty();
        }
    }
}
