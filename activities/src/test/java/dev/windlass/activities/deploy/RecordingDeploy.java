package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.deploy.DeployActivities;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Does nothing but write down the effects of the steps it is handed, and fails where it is told to. */
final class RecordingDeploy implements DeployActivities, NotifyActivities, AuditActivities {
    enum Fault {
        ONCE,
        FOR_GOOD,
        UNHEALTHY,
        UNDO_ONCE
    }

    static final Slots BORN_IN_THE_RUN = Slots.of("releases", "[]").with("old-release", "v0-0a1b2c3d4e5f");

    private final Plan plan;
    private final RecordedEffects effects;
    private final Map<StepId, Fault> faults = new HashMap<>();
    private final List<AuditEvent.Kind> audited = new ArrayList<>();
    private final List<String> headlines = new ArrayList<>();

    RecordingDeploy(Plan plan, RecordedEffects effects) {
        this.plan = plan;
        this.effects = effects;
    }

    synchronized void fail(StepId step, Fault fault) {
        faults.put(step, fault);
    }

    synchronized List<AuditEvent.Kind> audited() {
        return List.copyOf(audited);
    }

    synchronized List<String> headlines() {
        return List.copyOf(headlines);
    }

    private synchronized void perform(DeployOrder order) {
        StepId step = order.step().id();
        effects.addAll(order.step().fill(BORN_IN_THE_RUN));
        if (faults.remove(step, Fault.ONCE)) {
            throw failure(FailureType.COMMAND_FAILED, "step " + step + " fails once");
        }
        if (faults.get(step) == Fault.FOR_GOOD) {
            throw failure(FailureType.PRECONDITION, "step " + step + " was told to fail");
        }
    }

    private static RuntimeException failure(FailureType type, String fact) {
        return new Failure(type, fact, "look at it", "deploy.md#x").asException();
    }

    private HealthReport look(DeployOrder order) {
        perform(order);
        synchronized (this) {
            return faults.get(order.step().id()) == Fault.UNHEALTHY
                    ? new HealthReport.Unhealthy("step " + order.step().id() + " found it ill")
                    : new HealthReport.Healthy("3 good answers");
        }
    }

    @Override
    public void prepare(DeployOrder order) {
        perform(order);
    }

    @Override
    public void start(DeployOrder order) {
        perform(order);
    }

    @Override
    public HealthReport checkHealth(DeployOrder order) {
        return look(order);
    }

    @Override
    public void switchTraffic(DeployOrder order) {
        perform(order);
    }

    @Override
    public String drain(DeployOrder order) {
        perform(order);
        return "nothing was cut off";
    }

    @Override
    public HealthReport watch(DeployOrder order) {
        return look(order);
    }

    @Override
    public void retire(DeployOrder order) {
        perform(order);
    }

    @Override
    public synchronized void undo(DeployOrder order) {
        order.step().undo().forEach(effect -> effects.add(order.step().id(), effect));
        if (faults.remove(order.step().id(), Fault.UNDO_ONCE)) {
            throw failure(
                    FailureType.COMMAND_FAILED, "the undo of " + order.step().id() + " fails once");
        }
    }

    /** What the undo of the switch ends with. */
    @Override
    public HealthReport checkServing(DeployOrder order) {
        order.step().undo().stream()
                .filter(effect -> effect.access() == Access.READS)
                .forEach(effect -> effects.add(order.step().id(), effect));
        return new HealthReport.Healthy("serves again");
    }

    @Override
    public List<ChannelName> channels() {
        return List.of(ChannelName.SLACK);
    }

    @Override
    public PostReceipt post(NoticeOrder order) {
        synchronized (this) {
            headlines.add(order.notice().headline());
        }
        plan.stepsOf(DeploySteps.NOTIFY.value()).forEach(effects::addAll);
        return new PostReceipt(order.channel(), order.notice().id(), PostReceipt.Delivery.POSTED);
    }

    /** Not an effect of the plan: every run writes down its start and end. */
    @Override
    public synchronized void record(AuditEvent event) {
        audited.add(event.kind());
    }
}
