package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.migrate.MigrateRun;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.Rehearsing;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run that migrates and deploys: the expand migrations are applied before the version starts, under one approval. They
 * stay when the version goes back, for that is what the mark promises; contract ones wait for a run of their own.
 */
final class MigratingDeploy {
    private static final String VERB = "migrate and deploy";
    /** Whoever changes the app or the database before this run ends within hours, unless it is parked. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    private final DeployRequest request;
    private final DeployEnding ending;

    MigratingDeploy(DeployRequest request, DeployEnding ending) {
        this.request = request;
        this.ending = ending;
    }

    /** As often as what would run has changed when it is about to: rehearsal and approval were for something else. */
    DeployOutcome carryOut() {
        while (true) {
            // First what takes seconds: no database is restored for a version that is not there.
            DeployPlan alone = DeployStubs.planning("look at what serves and plan the deploy")
                    .planDeploy(request);
            if (alone.before().filter(alone.release()::equals).isPresent()) {
                return new DeployOutcome.AlreadyServing(alone.release());
            }
            Preparing prepared = Preparing.of(request).rehearse();
            Optional<Rehearsal> failed =
                    prepared.rehearsal().filter(rehearsal -> rehearsal.problem().isPresent());
            if (failed.isPresent()) {
                return rehearsalFailed(alone, prepared, failed.get());
            }
            MigratingDeployPlan plan = prepared.plan("plan the migrations and the deploy");
            Timeline timeline = new Timeline(plan.plan());
            Optional<Closing> closing = ending.waitForApproval(VERB, plan.deploy(), timeline);
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return ending.notApproved(VERB, plan.deploy(), closing.get());
            }
            Optional<DeployOutcome> outcome =
                    Locks.holding(locks(prepared), PATIENCE, () -> underTheLocks(plan, prepared.rehearsal(), timeline));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            closing.ifPresent(Questions::rewriteAsVoid);
        }
    }

    /** Other deploys of the app wait, and so does whoever else migrates the database. */
    private List<String> locks(Preparing prepared) {
        return List.of(DeployRun.lock(request), "database/" + prepared.seen().database());
    }

    /** @return nothing when the plan is not the one from before any more; nothing was changed then */
    private Optional<DeployOutcome> underTheLocks(
            MigratingDeployPlan approved, Optional<Rehearsal> rehearsal, Timeline timeline) {
        Preparing now = Preparing.of(request).with(rehearsal);
        if (!now.isRehearsed()) {
            return Optional.empty();
        }
        MigratingDeployPlan latest = now.plan("plan again, now that nobody else can change anything");
        if (!latest.plan().digest().equals(approved.plan().digest())) {
            return Optional.empty();
        }
        return Optional.of(migrateAndDeploy(latest, now, timeline));
    }

    private DeployOutcome migrateAndDeploy(MigratingDeployPlan plan, Preparing now, Timeline timeline) {
        DeployRun run = new DeployRun(request, plan.deploy(), timeline);
        SchemaChange schema = change(plan, List.of());
        try {
            run.prepare();
            Optional<MigrateOutcome> migrated = plan.migration()
                    .map(migration -> MigrateRun.withinAnother(
                                    now.migrating(), migration, timeline, notDeployed(plan.deploy()))
                            .migrate());
            if (migrated.filter(outcome -> !(outcome instanceof MigrateOutcome.Migrated))
                    .isPresent()) {
                return new DeployOutcome.NotMigrated(
                        plan.deploy().release(), plan.deploy().before(), migrated.get());
            }
            schema = change(plan, pending(plan));
            run.bringIntoService();
        } catch (TemporalFailure | DeployRun.NotKeptException stopped) {
            run.goBack();
            if (CancellationScope.current().isCancelRequested()) {
                tellThatItStays(schema);
                throw stopped;
            }
            return ending.rolledBack(plan.deploy(), DeployRun.reason(stopped), run.took(), schema);
        }
        run.retireTheOld();
        return ending.deployed(plan.deploy(), timeline, run.took(), schema);
    }

    private SchemaChange change(MigratingDeployPlan plan, List<String> applied) {
        return new SchemaChange(
                applied,
                plan.waiting(),
                plan.later().isEmpty()
                        ? Optional.empty()
                        : Optional.of("windlass migrate " + request.app() + " " + request.environment()));
    }

    private static List<String> pending(MigratingDeployPlan plan) {
        return plan.migration().stream()
                .flatMap(migration -> migration.observation().state().pending().stream())
                .map(Migration::name)
                .toList();
    }

    private void tellThatItStays(SchemaChange schema) {
        if (!schema.applied().isEmpty()) {
            Workflow.newDetachedCancellationScope(
                            () -> Announcer.announceBriefly(ending.notices().schemaStays(schema)))
                    .run();
        }
    }

    private DeployOutcome rehearsalFailed(DeployPlan alone, Preparing prepared, Rehearsal rehearsal) {
        List<String> undelivered = Rehearsing.tellOfFailure(prepared.migrating(), rehearsal, notDeployed(alone));
        return new DeployOutcome.NotMigrated(
                alone.release(), alone.before(), new MigrateOutcome.RehearsalFailed(rehearsal, undelivered));
    }

    private static List<String> notDeployed(DeployPlan plan) {
        return List.of("version " + plan.release().version() + " was not deployed; "
                + plan.before()
                        .map(before -> before.version() + " serves as before")
                        .orElse("nothing serves, as before"));
    }
}
