package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.RedisSummary;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.failure.TemporalFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is made of a set on the machine that has fetched it. */
final class RecoverVpsTarget {
    private final RecoveryBucket bucket;
    private final Function<TemporalFailure, RecoverVpsPlan> secondWay;
    private final RecoverVpsPhases phases;
    private final List<String> notes;
    private final List<DatabaseProof> databases = new ArrayList<>();
    private RecoverVpsPlan plan;
    private Optional<RecoveredCluster> cluster = Optional.empty();
    private List<LeftToDo> apps = List.of();
    private boolean areAllServing;

    /**
     * @param notes to which what is found is added
     * @param secondWay hears why the cluster cannot be had from its physical backup, and plans how the databases come from
     *     the set, or throws
     */
    RecoverVpsTarget(
            RecoverVpsPlan plan,
            RecoveryBucket bucket,
            RecoverVpsPhases phases,
            List<String> notes,
            Function<TemporalFailure, RecoverVpsPlan> secondWay) {
        this.secondWay = secondWay;
        this.notes = notes;
        this.plan = plan;
        this.bucket = bucket;
        this.phases = phases;
    }

    List<DatabaseProof> databases() {
        return databases;
    }

    Optional<RecoveredCluster> cluster() {
        return cluster;
    }

    RecoverVpsApps serve() {
        RecoverVpsApps made = new RecoverVpsApps(plan, bucket, phases);
        made.serve();
        apps = apps.stream()
                .filter(left ->
                        made.serving().stream().noneMatch(app -> left.what().startsWith(app.words() + ":")))
                .toList();
        areAllServing = apps.isEmpty() && !made.serving().isEmpty();
        return made;
    }

    /** With the apps of the lost machine where its set tells them. */
    List<LeftToDo> left() {
        return plan.left().stream()
                .filter(each -> !areAllServing || !each.what().equals(LeftToDo.APPS))
                .flatMap(each -> each.what().equals(LeftToDo.APPS) && !apps.isEmpty() ? apps.stream() : Stream.of(each))
                .toList();
    }

    /** What was written after this is not in the set. */
    Instant asOf() {
        Manifest manifest = plan.manifest();
        return Stream.of(
                        manifest.databases().stream().map(DatabaseSummary::snapshotAt),
                        manifest.archives().stream().map(ArchiveSummary::readAt),
                        manifest.redis().stream().map(RedisSummary::askedAt))
                .flatMap(Function.identity())
                .min(Comparator.naturalOrder())
                .orElse(manifest.committedAt());
    }

    void restore() {
        run(RecoverVpsSteps.PACKAGES, step -> {
            VpsStubs.brief(step.title()).install(order(step));
            return step;
        });
        plan.manifest().archives().forEach(this::placeFiles);
        apps = VpsStubs.brief("read which apps served, and in which version")
                .readApps(order(plan.plan().step(RecoverVpsSteps.PACKAGES)));
        if (!plan.manifest().databases().isEmpty()) {
            bringDatabases();
        }
        for (RedisSummary redis : plan.manifest().redis()) {
            run(RecoverVpsSteps.redis(redis.redis()), step -> {
                VpsStubs.server(step.title()).placeRedis(order(step));
                return step;
            });
        }
    }

    private void bringDatabases() {
        makeServer();
        if (plan.cluster().isPresent()) {
            RecoverVpsCluster physical = new RecoverVpsCluster(plan, bucket, phases, notes);
            try {
                ReplayedCluster replayed = physical.replay();
                cluster = Optional.of(physical.read(replayed));
                return;
            } catch (TemporalFailure failed) {
                plan = secondWay.apply(failed);
                makeServer();
            }
        }
        plan.manifest().databases().forEach(this::restoreRoles);
        plan.manifest().databases().forEach(this::restoreDatabase);
    }

    private void makeServer() {
        run(RecoverVpsSteps.SERVER, step -> {
            VpsStubs.server(step.title()).make(order(step));
            return step;
        });
    }

    /** From then on it is the machine; the number of the claim tells it from the lost one. */
    void open(Claim claim) {
        run(RecoverVpsSteps.OPEN, step -> {
            Step known = step.fill(Slots.of(RecoverVpsSteps.NUMBER, claim.digits()));
            VpsStubs.server(step.title()).open(order(known));
            return step;
        });
    }

    private void placeFiles(ArchiveSummary archive) {
        PlacedFiles placed = run(
                RecoverVpsSteps.files(archive.archive()),
                step -> VpsStubs.placing(step.title()).place(order(step)));
        notes.addAll(placed.notes());
        if (!placed.comparison().isProven()) {
            notes.add("files of " + archive.archive() + ": "
                    + Quantities.plural(placed.comparison().differenceCount(), "difference") + ", first "
                    + placed.comparison().differences().getFirst());
        }
    }

    private void restoreRoles(DatabaseSummary database) {
        List<String> errors = run(
                RecoverVpsSteps.roles(database.database()),
                step -> VpsStubs.server(step.title()).restoreRoles(order(step)));
        errors.forEach(error -> notes.add("roles of " + database.database() + ": " + error));
    }

    /** On a bad day most of the rows are better than none: what differs is said, and a person judges. */
    private void restoreDatabase(DatabaseSummary database) {
        DatabaseProof proof = run(
                RecoverVpsSteps.database(database.database()),
                step -> VpsStubs.server(step.title()).restoreDatabase(order(step)));
        databases.add(proof);
        if (proof.differenceCount() > 0) {
            notes.add("database " + database.database() + ": "
                    + Quantities.plural(proof.differenceCount(), "difference") + ", first "
                    + proof.differences().getFirst());
        }
    }

    private <T> T run(StepId id, Function<Step, T> work) {
        Step step = plan.plan().step(id);
        return phases.during(id, () -> work.apply(step));
    }

    private PlaceOrder order(Step step) {
        return new PlaceOrder(step, plan.manifest(), bucket, plan.cluster());
    }
}
