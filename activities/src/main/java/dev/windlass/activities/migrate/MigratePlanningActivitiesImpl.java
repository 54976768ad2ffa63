package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.ProvenSets;
import dev.windlass.activities.backup.ScratchUser;
import dev.windlass.activities.deploy.ServingApp;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.migrate.PlanOfMigrate;
import dev.windlass.runbooks.migrate.RehearsalSteps;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.LintFinding;
import dev.windlass.workflows.migrate.LintFinding.Weight;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateObservation.Followed;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import dev.windlass.workflows.migrate.MigratePlan;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigratePlanningActivities;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState;
import io.temporal.activity.Activity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class MigratePlanningActivitiesImpl implements MigratePlanningActivities {
    private static final StepId PLAN = StepId.of("plan");

    private final MigrateParts parts;

    public MigratePlanningActivitiesImpl(MigrateParts parts) {
        this.parts = parts;
    }

    @Override
    public MigrateObservation observeMigrations(MigrateRequest request) {
        StepContext context = parts.context(PLAN);
        Optional<PersonName> requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        RealDatabase real = parts.real(request.app(), request.environment(), context);
        MigrationState all = look(real);
        BeforeTheSwitch split = split(request, real, all);
        MigrationState state = new MigrationState(split.now(), all.applied(), all.half(), all.schema());
        if (state.pending().isEmpty()) {
            return new MigrateObservation(
                    real.migrations().database(),
                    real.migrations().backupAge(),
                    state,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    parts.operations().approvalPolicy(request.environment()),
                    requester,
                    Sorted.of(),
                    Optional.empty(),
                    Optional.empty(),
                    split.later(),
                    real.migrations().undo().wayBack());
        }
        requireWayBack(request, real);
        Optional<Followed> followed = parity(request, real, state);
        List<LintFinding> findings = lint(real, state.pending());
        requireAccepted(request, findings);
        ProvenSets.Found set = new ProvenSets(parts.backup(), context)
                .newestOf(real.migrations().database())
                .orElseThrow(() -> MigrateFailures.noSet(real.migrations().database()));
        Optional<ServingApp> serving = serving(request);
        return new MigrateObservation(
                real.migrations().database(),
                real.migrations().backupAge(),
                state,
                findings,
                Optional.of(rehearsal(real, state, set)),
                Optional.of(new ProvenSet(set.manifest().set(), set.summary().snapshotAt(), set.manifest())),
                parts.operations().approvalPolicy(request.environment()),
                requester,
                Sorted.copyOf(Map.of("backup", words(set), "app", words(serving))),
                serving.map(ServingApp::app),
                followed,
                split.later(),
                real.migrations().undo().wayBack());
    }

    /** Before the rehearsal, which takes long. */
    private void requireWayBack(MigrateRequest request, RealDatabase real) {
        switch (real.migrations().undo()) {
            case DOWN, ASK -> {}
            case RESTORE -> {
                if (!request.accepted().contains(MigrateRequest.RESTORE)) {
                    throw PutBackFailures.notAccepted(real.place().reader());
                }
                new PutBackReadiness(parts, real.place().reader(), real.context()).require();
            }
        }
    }

    @Override
    public boolean isRestorable(ProvenSet set) {
        return parts.backup().identities().has(set.set())
                && set.manifest().artefacts().stream().allMatch(this::isWhole);
    }

    private boolean isWhole(Artefact artefact) {
        Path file = Path.of(parts.operations().backup().directory()).resolve(artefact.key());
        try {
            return Files.size(file) == artefact.bytes();
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Optional<Followed> parity(MigrateRequest request, RealDatabase real, MigrationState state) {
        return real.migrations()
                .follows()
                .map(name -> new Parity(
                                real, request.environment(), name, parts.real(request.app(), name, real.context()))
                        .require(state));
    }

    private static String words(Optional<ServingApp> serving) {
        return serving.map(ServingApp::words).orElse("nothing of it serves here, so nobody asks it afterwards");
    }

    private Optional<ServingApp> serving(MigrateRequest request) {
        return ServingApp.find(parts.operations(), request.app(), request.environment());
    }

    private static BeforeTheSwitch split(MigrateRequest request, RealDatabase real, MigrationState all) {
        return switch (request.extent()) {
            case ALL -> new BeforeTheSwitch(all.pending(), List.of());
            case EXPAND -> BeforeTheSwitch.of(real.migrations().tool(), all.pending());
        };
    }

    private MigrationState look(RealDatabase real) {
        List<Migration> files = real.files().all();
        Standing standing = new Standing(real.looking().rows());
        standing.half().ifPresent(half -> {
            throw MigrateFailures.halfApplied(half);
        });
        standing.requireSameFiles(files);
        Schema schema = real.looking().schema();
        SchemaTexts.of(parts).keep(schema);
        MigrationState state = standing.state(files, schema);
        standing.requireInOrder(state.pending());
        return state;
    }

    private List<LintFinding> lint(RealDatabase real, List<Migration> pending) {
        SquawkLint lint = new SquawkLint(parts.lintDirectories(), parts.backup().shell(), real.context());
        return pending.stream()
                .flatMap(migration -> lint.read(migration, real.files().up(migration)).stream())
                .toList();
    }

    private static void requireAccepted(MigrateRequest request, List<LintFinding> findings) {
        List<LintFinding> refused = findings.stream()
                .filter(finding -> finding.weight() == Weight.DESTRUCTIVE)
                .filter(finding -> !request.accepted().contains(finding.rule()))
                .toList();
        if (!refused.isEmpty()) {
            throw MigrateFailures.destructive(refused);
        }
    }

    private Step rehearsal(RealDatabase real, MigrationState state, ProvenSets.Found set) {
        return new RehearsalSteps(parts.operations(), real.migrations(), scratchUser())
                .rehearse(state.pending(), real.place().tools(), set.source());
    }

    private Optional<String> scratchUser() {
        return ScratchUser.of(parts.operations().backup().scratch());
    }

    private String words(ProvenSets.Found set) {
        Duration age = Duration.between(
                set.summary().snapshotAt(), parts.backup().clock().instant());
        return "set " + set.manifest().set() + ", " + Quantities.time(age) + " old, of "
                + Quantities.bytes(set.summary().bytes());
    }

    @Override
    public MigratePlan planMigrate(MigratePlanOrder order) {
        MigrateRequest request = order.request();
        Migrations migrations = parts.migrations(request.app(), request.environment());
        RealDatabase real = parts.real(request.app(), request.environment(), parts.context(PLAN));
        // Where some are left for later, the other environment may be further on.
        if (order.rehearsal().problem().isEmpty() && order.observation().later().isEmpty()) {
            order.observation()
                    .followed()
                    .ifPresent(followed -> Parity.requireSameSchema(
                            SchemaTexts.of(parts),
                            request.environment(),
                            followed,
                            order.rehearsal().schemaAfter()));
        }
        return new MigratePlan(
                new PlanOfMigrate(parts.operations(), migrations, real.place().tools(), scratchUser()).plan(order),
                order.observation(),
                order.rehearsal());
    }
}
