package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BesideReadiness;
import dev.windlass.activities.backup.DatabaseLook;
import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.ScratchUser;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.recovery.PlanOfRecoverDatabase;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.CopySource;
import dev.windlass.workflows.recovery.RecoverDatabasePlan;
import dev.windlass.workflows.recovery.RecoverDatabasePlanOrder;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.RecoveryObservation;
import dev.windlass.workflows.recovery.RecoveryPlanningActivities;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class RecoveryPlanningActivitiesImpl implements RecoveryPlanningActivities {
    private static final StepId PLAN = StepId.of("plan");

    /** Where nobody is asked, it is a word for the list of runs only. */
    private static final EnvironmentName NAMELESS = new EnvironmentName("production");

    private final RecoveryParts parts;

    public RecoveryPlanningActivitiesImpl(RecoveryParts parts) {
        this.parts = parts;
    }

    @Override
    public RecoveryObservation observe(RecoverDatabaseRequest request) {
        StepContext context = parts.context(PLAN);
        var requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        Database database = parts.database(request.database());
        EnvironmentName environment = environment(database);
        CopySource source = source(request, database, context);
        var seen = new DatabaseLook(parts.backup(), context).at(database.name());
        requireReady(request, database, source, context);
        return new RecoveryObservation(
                source,
                environment,
                seen.serverVersion(),
                seen.tools(),
                TableShapes.read(parts.backup().connections(), database, context.token(), request.tables()),
                parts.operations().approvalPolicy(environment),
                requester,
                Sorted.copyOf(Map.of(
                        "age of the copy's rows",
                        Quantities.time(Duration.between(
                                source.at(), parts.backup().clock().instant())),
                        "live database",
                        Quantities.bytes(seen.bytes()))));
    }

    /**
     * Whose people approve: the database's own environment, else that of an app that migrates it. Where some environment asks
     * for approvals and nobody knows whether this one does, nothing is done.
     */
    private EnvironmentName environment(Database database) {
        var approvals = parts.operations().approvals().keySet();
        List<EnvironmentName> candidates = Stream.concat(
                        named(database.environment()).stream(),
                        parts.operations().apps().values().stream()
                                .flatMap(app -> app.environments().keySet().stream()
                                        .filter(environment -> app.migrations(environment)
                                                .map(Migrations::database)
                                                .filter(database.name()::equals)
                                                .isPresent())))
                .toList();
        Optional<EnvironmentName> asked =
                candidates.stream().filter(approvals::contains).findFirst();
        Optional<EnvironmentName> known = candidates.stream()
                .filter(each -> approvals.isEmpty()
                        || parts.operations().apps().values().stream()
                                .anyMatch(app -> app.environments().containsKey(each)))
                .findFirst();
        return asked.or(() -> known)
                .or(() -> approvals.isEmpty() ? Optional.of(NAMELESS) : Optional.empty())
                .orElseThrow(() -> RecoveryFailures.nobodyCanTell(database));
    }

    /** In ops.yml it is free text. */
    private static Optional<EnvironmentName> named(String environment) {
        try {
            return Optional.of(new EnvironmentName(environment));
        } catch (IllegalArgumentException words) {
            return Optional.empty();
        }
    }

    private CopySource source(RecoverDatabaseRequest request, Database database, StepContext context) {
        return request.to()
                .<CopySource>map(moment -> new PointInTimeSource(parts, context).of(database, moment))
                .orElseGet(() -> new SetSource(parts, context).of(request));
    }

    private void requireReady(
            RecoverDatabaseRequest request, Database database, CopySource source, StepContext context) {
        BesideReadiness readiness = new BesideReadiness(parts.backup(), database, context);
        List<String> reasons = new ArrayList<>(readiness.reasonsAgainstACopy());
        if (request.isOfTheWhole()) {
            reasons.addAll(readiness.reasonsAgainstNewNames());
        }
        if (source instanceof CopySource.PointInTime moment) {
            RewoundRoom.lack(parts.operations(), moment).ifPresent(reasons::add);
        }
        if (!reasons.isEmpty()) {
            throw RecoveryFailures.cannot(database, reasons);
        }
        Database maintenance = GrowingDatabase.named(database, new DatabaseNames(database.database()).maintenance());
        var there = new NeighbouringDatabases(
                        parts.backup(), maintenance, context, failed -> PostgresFailures.using(maintenance, failed))
                .all();
        Stream.of(
                        PlanOfRecoverDatabase.nameOfCopy(database, source),
                        request.isOfTheWhole() ? PlanOfRecoverDatabase.nameOfKept(database, source) : "")
                .filter(there::containsKey)
                .findFirst()
                .ifPresent(name -> {
                    throw RecoveryFailures.nameTaken(database, name);
                });
    }

    @Override
    public RecoverDatabasePlan plan(RecoverDatabasePlanOrder order) {
        return new RecoverDatabasePlan(
                new PlanOfRecoverDatabase(
                                parts.operations(),
                                ScratchUser.of(parts.operations().backup().scratch()))
                        .plan(order),
                order.observation());
    }
}
