package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One backup run: its plan, its set, and what the steps have brought so far. */
final class BackupRun {
    private static final StoreName LOCAL = new StoreName("local");

    private final WorkflowInfo info = Workflow.getInfo();
    private final Plan plan;
    private final Timeline timeline;
    private final SetId set;
    private final List<DatabaseSummary> dumped = new ArrayList<>();
    private final List<ArchiveSummary> archived = new ArrayList<>();
    private final List<RedisSummary> saved = new ArrayList<>();
    private final List<Artefact> artefacts = new ArrayList<>();
    private Slots slots;
    private List<String> recipients = List.of();
    private @Nullable Manifest manifest;
    private @Nullable Proving proving;
    private @Nullable Proof proof;
    private PruneReceipt pruned = PruneReceipt.nothing();

    BackupRun(Plan plan) {
        this.plan = plan;
        this.timeline = new Timeline(plan);
        // A reset of the run keeps its set: the id comes from the first execution.
        this.set = SetId.of(Instant.ofEpochMilli(Workflow.currentTimeMillis()), info.getOriginalExecutionRunId());
        this.slots = Slots.of("set", set.value());
    }

    List<DatabaseName> databases() {
        return plan.stepsOf("dump").stream()
                .map(step -> new DatabaseName(step.id().subject()))
                .toList();
    }

    List<ArchiveName> archives() {
        return plan.stepsOf("archive").stream()
                .map(step -> new ArchiveName(step.id().subject()))
                .toList();
    }

    List<RedisName> redis() {
        return plan.stepsOf("redis").stream()
                .map(step -> new RedisName(step.id().subject()))
                .toList();
    }

    /** A full disk does not wait: after half a minute people hear of it. */
    void prepare() {
        Step step = step(BackupSteps.PREPARE);
        PreparedSet prepared = timeline.during(
                step.id(),
                () -> BackupStubs.lengthy(step).prepareSet(new PrepareOrder(step, set, databases(), archives())));
        recipients = prepared.recipients();
        slots = slots.with("recipient", prepared.ownRecipient());
        timeline.remark(step.id(), "set " + set);
    }

    void dump(DatabaseName database) {
        Step step = step(BackupSteps.dump(database));
        DumpReceipt receipt = timeline.during(
                step.id(), () -> BackupStubs.lengthy(step).dumpDatabase(new DumpOrder(step, set, database)));
        dumped.add(receipt.summary());
        artefacts.addAll(receipt.artefacts());
        timeline.remark(
                step.id(),
                Quantities.plural(receipt.summary().tables(), "table") + ", "
                        + Quantities.plural(receipt.summary().rows(), "row") + ", in "
                        + Quantities.time(receipt.took()));
    }

    void archive(ArchiveName archive) {
        Step step = step(BackupSteps.archive(archive));
        ArchiveReceipt receipt = timeline.during(
                step.id(), () -> BackupStubs.lengthy(step).archiveFiles(new ArchiveOrder(step, set, archive)));
        archived.add(receipt.summary());
        artefacts.addAll(receipt.artefacts());
        timeline.remark(
                step.id(),
                Quantities.plural(receipt.summary().entries(), "path") + ", "
                        + Quantities.bytes(receipt.summary().bytes()) + ", in " + Quantities.time(receipt.took()));
    }

    void saveRedis(RedisName redis) {
        Step step = step(BackupSteps.saveRedis(redis));
        RedisReceipt receipt =
                timeline.during(step.id(), () -> BackupStubs.lengthy(step).saveRedis(new RedisOrder(step, set, redis)));
        saved.add(receipt.summary());
        artefacts.add(receipt.snapshot());
        timeline.remark(
                step.id(),
                Quantities.plural(receipt.summary().keys(), "key") + ", "
                        + Quantities.bytes(receipt.snapshot().plainBytes()) + ", in "
                        + Quantities.time(receipt.took()));
    }

    void upload(DatabaseName database) {
        upload(BackupSteps.upload(database), Set.of(Artefact.Kind.DUMP, Artefact.Kind.FACTS, Artefact.Kind.GLOBALS));
    }

    void uploadArchive(ArchiveName archive) {
        upload(BackupSteps.uploadArchive(archive), Set.of(Artefact.Kind.FILES, Artefact.Kind.INVENTORY));
    }

    void uploadRedis(RedisName redis) {
        upload(BackupSteps.uploadRedis(redis), Set.of(Artefact.Kind.REDIS));
    }

    /** Where ops.yml names no remote store, the plan has no such step. */
    private void upload(StepId id, Set<Artefact.Kind> kinds) {
        if (!plan.hasStep(id)) {
            return;
        }
        Step step = step(id);
        List<Artefact> files = artefacts.stream()
                .filter(artefact ->
                        kinds.contains(artefact.kind()) && artefact.subject().equals(id.subject()))
                .toList();
        timeline.during(step.id(), () -> {
            for (Artefact artefact : files) {
                BackupStubs.resumable(step).uploadArtefact(new UploadOrder(step, set, artefact));
            }
            return true;
        });
    }

    void commit() {
        Step step = step(BackupSteps.COMMIT);
        Manifest written = new Manifest(
                Manifest.FORMAT,
                set,
                Instant.ofEpochMilli(Workflow.currentTimeMillis()),
                info.getWorkflowId() + "/" + info.getRunId(),
                plan.digest(),
                dumped,
                archived,
                saved,
                artefacts,
                recipients);
        timeline.during(step.id(), () -> {
            BackupStubs.brief(step).commitSet(new CommitOrder(step, written));
            return true;
        });
        manifest = written;
        proving = new Proving(plan, timeline, written, LOCAL, Optional.empty(), slots);
    }

    /** The undo of everything up to the commit; detached, so that a cancelled run tidies up too. */
    void discard() {
        Step step = step(BackupSteps.PREPARE);
        Workflow.newDetachedCancellationScope(() -> BackupStubs.brief(step).discardSet(new StepOrder(step, set)))
                .run();
    }

    void prove(DatabaseName database) {
        Objects.requireNonNull(proving).prove(database);
    }

    void proveArchive(ArchiveName archive) {
        Objects.requireNonNull(proving).proveArchive(archive);
    }

    void proveRedis(RedisName redis) {
        Objects.requireNonNull(proving).proveRedis(redis);
    }

    void record() {
        Step step = step(BackupSteps.RECORD);
        Proof verdict = Objects.requireNonNull(proving).verdict();
        timeline.during(step.id(), () -> {
            BackupStubs.brief(step).recordProof(new RecordOrder(step, verdict));
            return true;
        });
        timeline.remark(step.id(), verdict.verdict().name());
        proof = verdict;
    }

    void requireProven() {
        Proving.require(Objects.requireNonNull(proof));
    }

    void prune() {
        pruned = Pruning.prune(timeline, "retention after set " + set);
    }

    BackupOutcome tell(Duration took) {
        Manifest written = Objects.requireNonNull(manifest);
        Proof verdict = Objects.requireNonNull(proof);
        List<String> undelivered = timeline.during(
                BackupSteps.NOTIFY,
                () -> Announcer.announce(
                        new BackupNotices(info.getWorkflowId(), info.getRunId()).proven(written, verdict, took)));
        return new BackupOutcome(written, verdict, took, pruned, undelivered);
    }

    private Step step(StepId id) {
        return plan.step(id).fill(slots);
    }
}
