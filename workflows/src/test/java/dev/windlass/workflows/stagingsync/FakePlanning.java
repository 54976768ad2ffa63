package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.People;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans the same again and again, but for the first few times. */
final class FakePlanning implements StagingSyncPlanningActivities {
    private static final Set<StepId> OPTIONAL =
            Set.of(StagingSyncSteps.REWRITE, StagingSyncSteps.FLUSH, StagingSyncSteps.SMOKE);

    private final Optional<ApprovalPolicy> policy;
    private final Set<StepId> more;
    private int others;

    FakePlanning(Optional<ApprovalPolicy> policy, int others, Set<StepId> more) {
        this.more = more;
        this.policy = policy;
        this.others = others;
    }

    @Override
    public ClassifyAnswer classify(ClassifyRequest request) {
        return new ClassifyAnswer("", 0, List.of(), Optional.empty());
    }

    @Override
    public synchronized StagingSyncPlan plan(StagingSyncRequest request) {
        List<Step> steps = Stream.of(
                        StagingSyncSteps.COPY,
                        StagingSyncSteps.REWRITE,
                        StagingSyncSteps.SCAN,
                        StagingSyncSteps.SWAP,
                        StagingSyncSteps.FLUSH,
                        StagingSyncSteps.SMOKE,
                        StagingSyncSteps.CLEAR,
                        StagingSyncSteps.NOTIFY)
                .filter(id -> more.contains(id) || !OPTIONAL.contains(id))
                .map(FakePlanning::step)
                .toList();
        Plan plan = Plan.of(
                "staging-sync",
                request.asked(),
                Sorted.of("classification", others-- > 0 ? "another " + others : "this one"),
                Sorted.of(),
                steps);
        return new StagingSyncPlan(
                plan,
                request.database(),
                new DatabaseName("shop-staging"),
                "app",
                "sha256:0",
                People.PROD,
                policy,
                Optional.of(People.ANA));
    }

    private static Step step(StepId id) {
        return Step.of(id, "Do " + id, List.of());
    }
}
