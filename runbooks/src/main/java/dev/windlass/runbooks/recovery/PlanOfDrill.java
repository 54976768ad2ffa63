package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import dev.windlass.workflows.recovery.DrillPlan;
import dev.windlass.workflows.recovery.DrillRequest;
import dev.windlass.workflows.recovery.DrillSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a drill does: a measurement, and a recovery of the whole cluster beside the live one. */
public final class PlanOfDrill {
    /** A commit without a change. Its record in the WAL is what is looked for in the bucket. */
    static final String COMMIT = "SELECT pg_current_xact_id()";

    static final String LOOK = "SELECT clock_timestamp(), pg_walfile_name(pg_current_wal_insert_lsn()),"
            + " coalesce((SELECT last_archived_wal FROM pg_stat_archiver), '')";

    private final Operations operations;
    private final Optional<String> runAs;

    /** @param runAs the cluster's owner where the worker is root */
    public PlanOfDrill(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.runAs = runAs;
    }

    public DrillPlan plan(DrillRequest request, PointInTime source) {
        Database database = operations.database(request.database());
        Cluster cluster = operations.cluster(source.cluster());
        List<Step> steps = new ArrayList<>(List.of(measure(cluster), restore(database, source)));
        NotificationSteps.tell(DrillSteps.NOTIFY, operations.notifications(), "Tell the team")
                .ifPresent(steps::add);
        TreeMap<String, String> resolved = new TreeMap<>();
        resolved.put("backup", source.backup());
        resolved.put("cluster", source.cluster().value());
        resolved.put("configuration", ConfigurationDigest.of(cluster));
        Plan plan = Plan.of(
                "drill database", Sorted.of("database", request.database().value()), resolved, Sorted.of(), steps);
        return new DrillPlan(plan, source);
    }

    private static Step measure(Cluster cluster) {
        String live = cluster.database().value();
        return Step.of(
                DrillSteps.MEASURE,
                "Commit every second, and see how old the last commit is that lies in the bucket",
                List.of(new Sql(Access.CHANGES, live, COMMIT), new Sql(Access.READS, live, LOOK)));
    }

    private Step restore(Database database, PointInTime source) {
        RewindEffects rewind = RewindEffects.of(operations, database, source, runAs);
        List<Effect> effects = new ArrayList<>(rewind.beside().inOrder());
        database.smoke().forEach(query -> effects.add(new Sql(Access.READS, RewindEffects.BESIDE, query.sql())));
        Effect removeFiles = RewindEffects.removeFiles(operations, source, runAs);
        effects.add(removeFiles);
        return Step.of(
                        DrillSteps.RESTORE,
                        "Restore " + source.words() + " beside the live one, read all of " + database.name()
                                + ", and remove it",
                        effects)
                .withUndo(List.of(rewind.stop(), removeFiles))
                .withSlots(PlanSlots.TOKEN);
    }
}
