package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.People;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans the same again and again, but for the first few times. */
final class FakePlanning implements StagingSyncPlanningActivities {
    private static final Set<StepId> OPTIONAL = Set.of(
            StagingSyncSteps.RESTORE,
            StagingSyncSteps.REWRITE,
            StagingSyncSteps.REMOVE,
            StagingSyncSteps.FLUSH,
            StagingSyncSteps.SMOKE);

    static final Set<StepId> OF_BACKUP = Set.of(StagingSyncSteps.RESTORE, StagingSyncSteps.REMOVE);
    static final Instant AS_OF = Instant.parse("2026-11-29T03:00:04Z");
    static final SetId SET = new SetId("20261129T030000Z-1f3a09bc");

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
                        StagingSyncSteps.RESTORE,
                        StagingSyncSteps.COPY,
                        StagingSyncSteps.REWRITE,
                        StagingSyncSteps.SCAN,
                        StagingSyncSteps.REMOVE,
                        StagingSyncSteps.SWAP,
                        StagingSyncSteps.FLUSH,
                        StagingSyncSteps.SMOKE,
                        StagingSyncSteps.CLEAR,
                        StagingSyncSteps.NOTIFY)
                .filter(id -> more.contains(id) || !OPTIONAL.contains(id))
                .filter(id -> backup(request).isPresent() || !OF_BACKUP.contains(id))
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
                Optional.of(People.ANA),
                backup(request));
    }

    /** As if there were a young one, where a test has its steps. */
    private Optional<BackupSource> backup(StagingSyncRequest request) {
        SourceChoice choice = request.source().orElse(SourceChoice.AUTO);
        return choice == SourceChoice.PRODUCTION || !more.containsAll(OF_BACKUP)
                ? Optional.empty()
                : Optional.of(new BackupSource(
                        new Manifest(
                                Manifest.FORMAT,
                                SET,
                                AS_OF,
                                "backup",
                                new PlanDigest("v1:" + "ab".repeat(32)),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                        AS_OF,
                        choice));
    }

    private static Step step(StepId id) {
        return Step.of(id, "Do " + id, List.of());
    }
}
