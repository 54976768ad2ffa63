package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployActivities;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanningActivities;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The steps of a deploy, called one by one as a workflow would; each may be called twice. */
final class DeployByHand implements AutoCloseable {
    private static final AppName SHOP = new AppName("shop");
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private final TestActivityEnvironment temporal;
    private final DeployPlanningActivities planning;
    private final DeployActivities activities;
    final List<String> effects = new ArrayList<>();

    DeployByHand(Operations operations) {
        this(operations, (app, environment, context) -> new SchemaObservation.LeftAlone());
    }

    DeployByHand(Operations operations, SchemaLook schemas) {
        temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build())
                .build());
        EffectJournal journal = (step, effect) -> effects.add(step.step() + " " + PayloadJson.canonical(effect));
        DeployParts parts = new DeployParts(
                operations,
                new CommandShell(Launchers.detect(), new EnvironmentSecrets(Map.of()), new NoSealedFiles()),
                new EnvironmentSecrets(Map.of()),
                (request, workflowId) -> Optional.empty(),
                journal,
                Clock.systemUTC());
        temporal.registerActivitiesImplementations(
                new DeployPlanningActivitiesImpl(parts, schemas, database -> Optional.empty()),
                new DeployActivitiesImpl(parts));
        planning = temporal.newActivityStub(DeployPlanningActivities.class);
        activities = temporal.newActivityStub(DeployActivities.class);
    }

    DeployPlan plan(String version) {
        return plan(SHOP.value(), PROD.value(), version);
    }

    DeployPlan plan(String app, String environment, String version) {
        return planning.planDeploy(new DeployRequest(
                new AppName(app),
                new EnvironmentName(environment),
                new Version(version),
                new Requester("test", Optional.empty())));
    }

    /** A plan whose request accepts something by name. */
    DeployPlan planAccepting(String version, String accepted) {
        return planning.planDeploy(new DeployRequest(
                SHOP,
                PROD,
                new Version(version),
                new Requester("test", Optional.empty()),
                new TreeSet<>(List.of(accepted)),
                DeployRequest.Migrating.LEFT_ALONE));
    }

    ReleaseList releases() {
        return planning.listReleases(new ReleaseListRequest(SHOP, PROD));
    }

    /** Everything up to the health gate. */
    HealthReport begin(DeployPlan plan) {
        activities.prepare(order(plan, DeploySteps.PREPARE));
        activities.start(order(plan, DeploySteps.START));
        return activities.checkHealth(order(plan, DeploySteps.HEALTH));
    }

    void start(DeployPlan plan) {
        activities.start(order(plan, DeploySteps.START));
    }

    void prepare(DeployPlan plan) {
        activities.prepare(order(plan, DeploySteps.PREPARE));
    }

    void turn(DeployPlan plan) {
        activities.switchTraffic(order(plan, DeploySteps.SWITCH));
    }

    String drain(DeployPlan plan) {
        return activities.drain(order(plan, DeploySteps.DRAIN));
    }

    HealthReport watch(DeployPlan plan) {
        return activities.watch(order(plan, DeploySteps.WATCH));
    }

    void retire(DeployPlan plan) {
        activities.retire(order(plan, DeploySteps.RETIRE));
    }

    void undo(DeployPlan plan, StepId step) {
        activities.undo(order(plan, step));
    }

    HealthReport serving(DeployPlan plan) {
        return activities.checkServing(order(plan, DeploySteps.SWITCH));
    }

    /** A whole deploy that must go well. */
    DeployPlan deploy(String version) {
        DeployPlan plan = plan(version);
        requireHealthy(begin(plan));
        turn(plan);
        drain(plan);
        requireHealthy(watch(plan));
        retire(plan);
        return plan;
    }

    static void requireHealthy(HealthReport report) {
        if (report instanceof HealthReport.Unhealthy unhealthy) {
            throw new AssertionError(unhealthy.reason());
        }
    }

    /** What somebody reads when it fails. */
    static String message(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            return Failure.in(failed).map(Failure::message).orElseThrow(() -> failed);
        }
        throw new AssertionError("nothing failed");
    }

    private static DeployOrder order(DeployPlan plan, StepId step) {
        return new DeployOrder(plan.plan().step(step), SHOP, PROD, plan.release(), plan.before(), plan.applied());
    }

    @Override
    public void close() {
        temporal.close();
    }

    static final class NoSealedFiles implements SealedFiles {
        @Override
        public Draft begin(Channel.SealedFile file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(Channel.OpenedFile file) {
            throw new UnsupportedOperationException();
        }
    }
}
