package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The lost machine's cluster from its physical backup, with the WAL that followed it. */
final class RecoverVpsCluster {
    private final RecoverVpsPlan plan;
    private final RecoveryBucket bucket;
    private final RecoverVpsPhases phases;
    private final List<String> notes;

    /** @param notes to which what is found is added */
    RecoverVpsCluster(RecoverVpsPlan plan, RecoveryBucket bucket, RecoverVpsPhases phases, List<String> notes) {
        this.plan = plan;
        this.bucket = bucket;
        this.phases = phases;
        this.notes = notes;
    }

    /** Its server runs afterwards. */
    ReplayedCluster replay() {
        run(RecoverVpsSteps.REPOSITORY, step -> VpsStubs.replaying(step.title()).lookIntoRepository(order(step)));
        ReplayedCluster replayed = run(
                RecoverVpsSteps.CLUSTER,
                step -> VpsStubs.replaying(step.title()).replay(order(step)));
        notes.addAll(replayed.findings());
        return replayed;
    }

    /** One that cannot be read whole is said: it is there with what can be read, and is newer than the set. */
    RecoveredCluster read(ReplayedCluster replayed) {
        LostCluster lost = lost();
        List<ReadDatabase> databases = new ArrayList<>();
        for (LostCluster.LostDatabase each : lost.databases()) {
            try {
                ReadDatabase read = run(
                        RecoverVpsSteps.database(each.database()),
                        step -> VpsStubs.server(step.title()).readDatabase(order(step)));
                databases.add(read);
                read.findings().forEach(finding -> notes.add("database " + each.database() + ": " + finding));
            } catch (TemporalFailure failed) {
                notes.add("database " + each.database() + " CANNOT BE READ WHOLE: " + WhyNot.words(failed));
            }
        }
        return new RecoveredCluster(lost, replayed, databases);
    }

    private LostCluster lost() {
        return plan.cluster().orElseThrow(() -> new IllegalStateException("the plan has no cluster"));
    }

    private <T> T run(StepId id, Function<Step, T> work) {
        Step step = plan.plan().step(id);
        return phases.during(id, () -> work.apply(step));
    }

    private PlaceOrder order(Step step) {
        return new PlaceOrder(step, plan.manifest(), bucket, plan.cluster());
    }
}
