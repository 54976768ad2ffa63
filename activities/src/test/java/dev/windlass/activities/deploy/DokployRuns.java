package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalActivities;
import dev.windlass.workflows.approvals.ApprovalPlanningActivities;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.LateShowWorkflowImpl;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.QuestionWorkflow;
import dev.windlass.workflows.approvals.QuestionWorkflowImpl;
import dev.windlass.workflows.approvals.ShowOrder;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.approvals.Verification;
import dev.windlass.workflows.approvals.VerifyOrder;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanningActivities;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeployWorkflow;
import dev.windlass.workflows.deploy.DeployWorkflowImpl;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real workflow over the real activities, in real time; ben answers whatever is asked. */
final class DokployRuns implements AutoCloseable {
    static final PersonName BEN = new PersonName("ben");
    private static final String ID = "deploy-test";

    final RecordedEffects effects = new RecordedEffects();
    private final List<QuestionView> shown = new CopyOnWriteArrayList<>();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
    private final DeployRequest request;

    /** @param planning who makes the plan, from the parts that journal here */
    DokployRuns(
            DeployRequest request,
            Function<EffectJournal, DeployParts> parts,
            Function<DeployParts, DeployPlanningActivities> planning) {
        this.request = request;
        DeployParts all = parts.apply(effects);
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                DeployWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(new DeployActivitiesImpl(all, DokployShop.patience()), new Around());
        temporal.newWorker(TaskQueues.PLANNING)
                .registerActivitiesImplementations(planning.apply(all), new BenMayResume());
        temporal.start();
    }

    void begin() {
        DeployWorkflow workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        DeployWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId(ID)
                                .build());
        WorkflowClient.start(workflow::run, request);
    }

    DeployOutcome outcome() {
        return WorkflowStub.fromTyped(temporal.getWorkflowClient().newWorkflowStub(DeployWorkflow.class, ID))
                .getResult(DeployOutcome.class);
    }

    DeployOutcome deploy() {
        begin();
        return outcome();
    }

    /** With every payload as it was before it was encoded. */
    String history() {
        String json = temporal.getWorkflowClient().fetchHistory(ID).toJson(false);
        Matcher payload = Pattern.compile("\"data\": *\"([A-Za-z0-9+/=]+)\"").matcher(json);
        StringBuilder all = new StringBuilder(json);
        while (payload.find()) {
            all.append('\n').append(new String(Base64.getDecoder().decode(payload.group(1)), StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    /** The question that is open, as soon as one is. */
    Question question() {
        waitUntil(() -> !shown.isEmpty() && shown.getLast().state() == QuestionState.WAITING);
        return shown.getLast().question();
    }

    Question questionAfter(Question before) {
        waitUntil(() -> !shown.getLast().question().id().equals(before.id())
                && shown.getLast().state() == QuestionState.WAITING);
        return shown.getLast().question();
    }

    int questions() {
        return (int) shown.stream().map(view -> view.question().id()).distinct().count();
    }

    void answer(Question question, Verdict verdict) {
        Answer answer = temporal.getWorkflowClient()
                .newWorkflowStub(QuestionWorkflow.class, question.id().workflowId())
                .decide(new Decision(
                        question.id(),
                        question.digest(),
                        verdict,
                        Optional.of("because"),
                        new Evidence.SshSignature(BEN, Instant.now(), "genuine")));
        if (!(answer instanceof Answer.Accepted)) {
            throw new AssertionError(String.valueOf(answer));
        }
    }

    void waitUntil(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited 60 s in vain; did " + effects.all());
            }
            temporal.sleep(Duration.ofMillis(20));
        }
    }

    @Override
    public void close() {
        temporal.close();
    }

    /** Hands out the same plan again and again. */
    record Planned(DeployPlan plan) implements DeployPlanningActivities {
        @Override
        public DeployPlan planDeploy(DeployRequest request) {
            return plan;
        }

        @Override
        public ReleaseList listReleases(ReleaseListRequest request) {
            throw new AssertionError("nobody asks for releases");
        }
    }

    private static final class BenMayResume implements ApprovalPlanningActivities {
        @Override
        public Optional<ApprovalPolicy> whoMayResume(EnvironmentName environment) {
            return Optional.of(new ApprovalPolicy(environment, List.of(BEN), 1, Duration.ofDays(7)));
        }
    }

    private final class Around implements NotifyActivities, AuditActivities, ApprovalActivities {
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

        @Override
        public Verification verify(VerifyOrder order) {
            return new Verification.Genuine(BEN);
        }

        @Override
        public List<Posting> show(ShowOrder order) {
            shown.add(order.view());
            return List.of(new Posting("slack", "C1", "1.1"));
        }
    }
}
