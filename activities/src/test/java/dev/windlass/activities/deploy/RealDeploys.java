package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanWorkflow;
import dev.windlass.workflows.deploy.DeployPlanWorkflowImpl;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeployWorkflow;
import dev.windlass.workflows.deploy.DeployWorkflowImpl;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real workflow over the real activities: nginx, supervisord. Only Temporal is the in-JVM server. */
final class RealDeploys implements AutoCloseable {
    private static final StepId PLANNING = StepId.of("plan");

    private final RecordedEffects effects = new RecordedEffects();
    private final List<Effect> planning = new CopyOnWriteArrayList<>();
    private final List<DeployPlan> plans = new CopyOnWriteArrayList<>();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());

    RealDeploys(Operations operations) {
        EffectJournal journal = (token, effect) -> {
            effects.begun(token, effect);
            if (token.step().equals(PLANNING)) {
                planning.add(effect);
            }
        };
        DeployParts parts = new DeployParts(
                operations,
                new CommandShell(
                        Launchers.detect(), new EnvironmentSecrets(Map.of()), new DeployByHand.NoSealedFiles()),
                new EnvironmentSecrets(Map.of()),
                (request, workflowId) -> Optional.empty(),
                journal,
                Clock.systemUTC());
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(DeployWorkflowImpl.class, LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(new DeployActivitiesImpl(parts), new NobodyIsTold());
        Worker looking = temporal.newWorker(TaskQueues.PLANNING);
        looking.registerWorkflowImplementationTypes(DeployPlanWorkflowImpl.class);
        looking.registerActivitiesImplementations(new DeployPlanningActivitiesImpl(
                parts, (app, environment, context) -> new SchemaObservation.LeftAlone(), database -> Optional.empty()));
        temporal.start();
    }

    DeployOutcome deploy(String version) {
        String id = "deploy-" + version + "-" + UUID.randomUUID();
        DeployOutcome outcome = start(DeployWorkflow.class, id, TaskQueues.RUNS).run(request(version));
        plans.add(planOf(id));
        return outcome;
    }

    Plan plan(String version) {
        planning.clear();
        return start(DeployPlanWorkflow.class, "plan-" + version, TaskQueues.PLANNING)
                .plan(request(version));
    }

    private <W> W start(Class<W> workflow, String id, String queue) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        workflow,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(queue)
                                .setWorkflowId(id)
                                .build());
    }

    private static DeployRequest request(String version) {
        return new DeployRequest(
                new AppName("shop"),
                new EnvironmentName("prod"),
                new Version(version),
                new Requester("test", Optional.empty()));
    }

    /** The plan that the last run was made from, out of its history. */
    DeployPlan latest() {
        return plans.getLast();
    }

    private DeployPlan planOf(String id) {
        return temporal.getWorkflowClient().fetchHistory(id).getEvents().stream()
                .filter(event -> event.hasActivityTaskCompletedEventAttributes())
                .map(event -> event.getActivityTaskCompletedEventAttributes().getResult())
                .filter(result -> result.getPayloadsList().stream()
                        .anyMatch(payload -> !payload.getData().isEmpty()))
                .findFirst()
                .map(result -> PayloadJson.dataConverter()
                        .fromPayloads(0, Optional.of(result), DeployPlan.class, DeployPlan.class))
                .orElseThrow();
    }

    List<Executed> effects() {
        return effects.all();
    }

    List<Effect> planning() {
        return List.copyOf(planning);
    }

    void forget() {
        effects.forget();
    }

    @Override
    public void close() {
        temporal.close();
    }

    private static final class NobodyIsTold implements NotifyActivities, AuditActivities {
        @Override
        public List<ChannelName> channels() {
            return List.of();
        }

        @Override
        public PostReceipt post(NoticeOrder order) {
            throw new AssertionError("there is no channel: " + order.notice().headline());
        }

        @Override
        public void record(AuditEvent event) {}
    }
}
