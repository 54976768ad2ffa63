package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.PlanOfBackup;
import dev.windlass.runbooks.backup.PlanOfPrune;
import dev.windlass.runbooks.backup.PlanOfRestore;
import dev.windlass.runbooks.backup.PlanOfRestoreFiles;
import dev.windlass.runbooks.backup.PlanOfRestoreTest;
import dev.windlass.runbooks.backup.RetentionDecision;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.BackupPlanningActivities;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.PrunePlan;
import dev.windlass.workflows.backup.PruneRequest;
import dev.windlass.workflows.backup.RestoreFilesPlan;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.backup.RestorePlan;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.backup.RestoreTestPlan;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.StoreName;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Observes, and has the plans made of what it saw. Nothing here changes anything, so all of it is safe to run twice. */
public final class BackupPlanningActivitiesImpl implements BackupPlanningActivities {
    private static final StepId PLAN = StepId.of("plan");

    private final BackupParts parts;
    private final Optional<String> runAs;
    private final SetChoice choice;

    public BackupPlanningActivitiesImpl(BackupParts parts) {
        this.parts = parts;
        this.runAs = ScratchUser.of(parts.operations().backup().scratch());
        this.choice = new SetChoice(parts);
    }

    @Override
    public Plan planBackup(BackupRequest request) {
        StepContext context = context();
        requireOurBucket(context);
        DatabaseLook look = new DatabaseLook(parts, context);
        List<DatabaseName> databases = named(request);
        ArchiveLook files = new ArchiveLook(context);
        RedisSnapshot redis = new RedisSnapshot(parts);
        return new PlanOfBackup(operations(), runAs)
                .plan(
                        request,
                        databases.stream().map(look::at).toList(),
                        PlanOfBackup.archives(operations(), request).stream()
                                .map(files::at)
                                .toList(),
                        PlanOfBackup.redis(operations(), request).stream()
                                .map(server -> redis.look(server, context))
                                .toList());
    }

    /** Before hours of dumping. A bucket that does not answer now may do so when the set is sent. */
    private void requireOurBucket(StepContext context) {
        try {
            operations()
                    .backup()
                    .remote()
                    .map(parts.stores()::store)
                    .ifPresent(store -> store.requireMayWrite(context));
        } catch (ApplicationFailure refused) {
            if (Failure.in(refused)
                    .filter(why -> why.type() == FailureType.PRECONDITION)
                    .isPresent()) {
                throw refused;
            }
        }
    }

    private List<DatabaseName> named(BackupRequest request) {
        return Names.known(() -> PlanOfBackup.databases(operations(), request));
    }

    @Override
    public RestoreTestPlan planRestoreTest(RestoreTestRequest request) {
        StepContext context = context();
        Catalogue.Entry entry = choice.forTest(request, catalogue(context));
        // Another store's copy would hide that the remote one is not whole, and that is what the test is for.
        StoreName source = choice.source(entry, request.source().or(operations().backup()::remote));
        choice.requireIdentity(entry.set(), request.identity());
        Manifest manifest = choice.manifest(entry);
        DatabaseLook look = new DatabaseLook(parts, context);
        Map<DatabaseName, String> tools = new TreeMap<>();
        for (DatabaseSummary summary : manifest.databases()) {
            tools.put(summary.database(), look.tools(summary));
        }
        Plan plan = new PlanOfRestoreTest(operations(), runAs).plan(request, manifest, source, tools);
        return new RestoreTestPlan(plan, manifest, source);
    }

    @Override
    public RestorePlan planRestore(RestoreRequest request) {
        StepContext context = context();
        Catalogue.Entry entry = choice.named(request.set(), catalogue(context));
        StoreName source = choice.source(entry, request.source());
        choice.requireIdentity(entry.set(), request.identity());
        Manifest manifest = choice.manifest(entry);
        DatabaseName name = choice.database(manifest, request.database());
        Database database = Names.known(() -> operations().database(name));
        DatabaseLook look = new DatabaseLook(parts, context);
        look.requireAbsent(database, request.into());
        var seen = look.at(name);
        Plan plan = new PlanOfRestore(operations(), runAs)
                .plan(request, database, source, seen.tools(), seen.serverVersion());
        return new RestorePlan(plan, manifest, name, source);
    }

    @Override
    public RestoreFilesPlan planRestoreFiles(RestoreFilesRequest request) {
        Catalogue.Entry entry = choice.named(request.set(), catalogue(context()));
        StoreName source = choice.source(entry, request.source());
        choice.requireIdentity(entry.set(), request.identity());
        Manifest manifest = choice.manifest(entry);
        ArchiveSummary summary = choice.archive(manifest, request.archive());
        FilesTarget.require(request.into(), summary.bytes());
        return new RestoreFilesPlan(new PlanOfRestoreFiles(operations()).plan(request, summary, source), manifest);
    }

    @Override
    public PrunePlan planPrune(PruneRequest request) {
        StepContext context = context();
        RetentionDecision decision = RetentionDecision.decide(
                parts.contents(context).sets(),
                operations().backup().keep(),
                parts.clock().instant(),
                Set.of());
        return new PrunePlan(
                PlanOfPrune.plan(operations(), decision.removals(), decision.kept()),
                decision.removals(),
                decision.kept());
    }

    @Override
    public Catalogue listSets() {
        return catalogue(context());
    }

    private Catalogue catalogue(StepContext context) {
        return parts.contents(context).catalogue();
    }

    private Operations operations() {
        return parts.operations();
    }

    private StepContext context() {
        return parts.context(PLAN);
    }
}
