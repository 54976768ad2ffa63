package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.ApprovalActivities;
import dev.windlass.workflows.approvals.ApprovalPlanningActivities;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.ShowOrder;
import dev.windlass.workflows.approvals.Verification;
import dev.windlass.workflows.approvals.VerifyOrder;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A target of a deploy that writes down what it is told, and fails where a test says so. */
final class DeployFakes implements DeployActivities, NotifyActivities, AuditActivities, ApprovalActivities {
    static final PersonName ANA = new PersonName("ana");
    static final PersonName BEN = new PersonName("ben");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final Release OLD = release("v1", "1");
    static final Release NEW = release("v2", "2");

    private final List<String> done = new ArrayList<>();
    private final List<Release> prepared = new ArrayList<>();
    private final List<String> headlines = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<AppliedMigration> kept = new ArrayList<>();
    private final List<String> audit = new ArrayList<>();
    private final List<QuestionView> shown = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private FailureType failingAs = FailureType.PRECONDITION;
    private final Map<StepId, String> unhealthy = new HashMap<>();
    private final Map<String, CountDownLatch> holds = new HashMap<>();

    static Release release(String version, String digit) {
        return new Release(new Version(version), "sha256:" + digit.repeat(64));
    }

    static ApprovalPolicy policy(Duration expiry) {
        return new ApprovalPolicy(PROD, List.of(ANA, BEN), 1, expiry);
    }

    /** Every step with one change, so that the digest covers it. */
    static Plan plan(Release release, Release before, String age) {
        return plan(
                release,
                before,
                age,
                Stream.of(
                        DeploySteps.PREPARE,
                        DeploySteps.START,
                        DeploySteps.HEALTH,
                        DeploySteps.SWITCH,
                        DeploySteps.DRAIN,
                        DeploySteps.WATCH,
                        DeploySteps.RETIRE,
                        DeploySteps.NOTIFY));
    }

    /** As where another program starts the new version, and plain Docker commands are the way without it. */
    static Plan planWithADetour() {
        return plan(
                NEW,
                OLD,
                "1 h",
                Stream.of(
                        DeploySteps.PREPARE,
                        DeploySteps.START,
                        DeploySteps.START_BY_DOCKER,
                        DeploySteps.HEALTH,
                        DeploySteps.SWITCH,
                        DeploySteps.DRAIN,
                        DeploySteps.WATCH,
                        DeploySteps.RETIRE,
                        DeploySteps.NOTIFY));
    }

    private static Plan plan(Release release, Release before, String age, Stream<StepId> ids) {
        List<Step> steps = ids.map(id -> Step.of(
                        id, "Do " + id, List.of(new Effect.Sql(Access.CHANGES, "shop", id + " " + release.content()))))
                .toList();
        return Plan.of(
                "deploy",
                Sorted.of("app", "shop"),
                Sorted.of("serves now", before.content()),
                Sorted.of("age of the last proven backup", age),
                steps);
    }

    /** @param what a step's id, or {@code undo} and a step's id, or {@code serving} */
    synchronized void fail(String what, int times) {
        failures.put(what, times);
    }

    /** Fails with this type from now on; without, it is PRECONDITION. */
    synchronized void failAs(FailureType type) {
        failingAs = type;
    }

    synchronized void findUnhealthy(StepId step, String reason) {
        unhealthy.put(step, reason);
    }

    /** Until the latch is counted down, that step does not end. */
    synchronized void hold(String what, CountDownLatch latch) {
        holds.put(what, latch);
    }

    synchronized List<String> done() {
        return List.copyOf(done);
    }

    synchronized List<Release> prepared() {
        return List.copyOf(prepared);
    }

    synchronized List<String> headlines() {
        return List.copyOf(headlines);
    }

    /** Those of all notices, without their headlines. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The migrations that the record of the release was given. */
    synchronized List<AppliedMigration> kept() {
        return List.copyOf(kept);
    }

    synchronized List<String> audit() {
        return List.copyOf(audit);
    }

    synchronized List<QuestionView> shown() {
        return List.copyOf(shown);
    }

    void perform(String what) {
        CountDownLatch latch;
        synchronized (this) {
            done.add(what);
            int left = failures.getOrDefault(what, 0);
            if (left > 0) {
                failures.put(what, left - 1);
                throw new Failure(failingAs, what + " is broken", "mend it", "deploy.md#broken").asException();
            }
            latch = holds.get(what);
        }
        try {
            if (latch != null) {
                while (!latch.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    io.temporal.activity.Activity.getExecutionContext().heartbeat(what);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private HealthReport look(StepId step) {
        perform(step.value());
        synchronized (this) {
            String reason = unhealthy.get(step);
            return reason == null ? new HealthReport.Healthy("3 of 3 good") : new HealthReport.Unhealthy(reason);
        }
    }

    @Override
    public void prepare(DeployOrder order) {
        synchronized (this) {
            prepared.add(order.release());
        }
        perform("prepare");
    }

    @Override
    public void start(DeployOrder order) {
        perform(order.step().id().value());
    }

    @Override
    public HealthReport checkHealth(DeployOrder order) {
        return look(DeploySteps.HEALTH);
    }

    @Override
    public void switchTraffic(DeployOrder order) {
        perform("switch");
    }

    @Override
    public String drain(DeployOrder order) {
        perform("drain");
        return "nothing was cut off";
    }

    @Override
    public HealthReport watch(DeployOrder order) {
        return look(DeploySteps.WATCH);
    }

    @Override
    public void retire(DeployOrder order) {
        synchronized (this) {
            order.applied().ifPresent(kept::addAll);
        }
        perform("retire");
    }

    @Override
    public void undo(DeployOrder order) {
        perform("undo " + order.step().id());
    }

    @Override
    public HealthReport checkServing(DeployOrder order) {
        perform("serving");
        return new HealthReport.Healthy(
                "answers as " + order.before().orElseThrow().version());
    }

    @Override
    public List<ChannelName> channels() {
        return List.of(ChannelName.SLACK);
    }

    @Override
    public synchronized PostReceipt post(NoticeOrder order) {
        headlines.add(order.notice().headline());
        lines.addAll(order.notice().lines());
        return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
    }

    @Override
    public synchronized void record(AuditEvent event) {
        audit.add(event.kind() + " " + event.actor() + " " + event.what());
    }

    /** The signature itself is another test's matter: here it says "genuine" or is not. */
    @Override
    public Verification verify(VerifyOrder order) {
        boolean genuine = order.decision().evidence() instanceof Evidence.SshSignature ssh
                && ssh.signature().equals("genuine");
        return genuine
                ? new Verification.Genuine(
                        ((Evidence.SshSignature) order.decision().evidence()).person())
                : new Verification.Worthless(Refusal.BAD_EVIDENCE, "");
    }

    @Override
    public synchronized List<Posting> show(ShowOrder order) {
        shown.add(order.view());
        return List.of(new Posting("slack", "C1", "1.1"));
    }

    /** Hands out the plans it is given, the last one again and again. */
    static final class Planning implements DeployPlanningActivities, ApprovalPlanningActivities {
        private final List<DeployPlan> plans;
        private final Optional<ApprovalPolicy> resuming;

        Planning(Optional<ApprovalPolicy> resuming, DeployPlan... plans) {
            this.resuming = resuming;
            this.plans = new ArrayList<>(List.of(plans));
        }

        @Override
        public synchronized DeployPlan planDeploy(DeployRequest request) {
            return plans.size() > 1 ? plans.removeFirst() : plans.getFirst();
        }

        @Override
        public ReleaseList listReleases(ReleaseListRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ApprovalPolicy> whoMayResume(EnvironmentName environment) {
            return resuming;
        }
    }
}
