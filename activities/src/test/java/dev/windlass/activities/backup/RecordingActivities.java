package dev.windlass.activities.backup;

import dev.windlass.activities.backup.RehearsedRunbooks.Fault;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.backup.ArchiveOrder;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveReceipt;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.BackupActivities;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.CommitOrder;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.DumpOrder;
import dev.windlass.workflows.backup.DumpReceipt;
import dev.windlass.workflows.backup.PrepareOrder;
import dev.windlass.workflows.backup.PreparedSet;
import dev.windlass.workflows.backup.ProveArchiveOrder;
import dev.windlass.workflows.backup.ProveOrder;
import dev.windlass.workflows.backup.ProveRedisOrder;
import dev.windlass.workflows.backup.PruneOrder;
import dev.windlass.workflows.backup.PruneReceipt;
import dev.windlass.workflows.backup.RecordOrder;
import dev.windlass.workflows.backup.RedisOrder;
import dev.windlass.workflows.backup.RedisProof;
import dev.windlass.workflows.backup.RedisReceipt;
import dev.windlass.workflows.backup.RedisSummary;
import dev.windlass.workflows.backup.RestoreFilesOrder;
import dev.windlass.workflows.backup.RestoreOrder;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.backup.StepOrder;
import dev.windlass.workflows.backup.UploadOrder;
import dev.windlass.workflows.backup.UploadReceipt;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Does nothing but write down the effects of the steps it is handed, and fails where it is told to. */
final class RecordingActivities implements BackupActivities, NotifyActivities, AuditActivities {
    private static final Slots ATTEMPT =
            Slots.of("attempt", "0a1b2c3d-1").with("token", "windlass-1").with("snapshot", "s");

    private final Plan plan;
    private final RecordedEffects effects;
    private final Map<StepId, Fault> faults = new HashMap<>();
    private final List<AuditEvent.Kind> audited = new ArrayList<>();
    private final List<String> headlines = new ArrayList<>();
    private SetId set = new SetId("20000101T000000Z-00000000");

    RecordingActivities(Plan plan, RecordedEffects effects) {
        this.plan = plan;
        this.effects = effects;
    }

    synchronized void fail(StepId step, Fault fault) {
        faults.put(step, fault);
    }

    /** Not an effect of the plan: every run writes down its start and end. */
    @Override
    public synchronized void record(AuditEvent event) {
        audited.add(event.kind());
    }

    synchronized List<AuditEvent.Kind> audited() {
        return List.copyOf(audited);
    }

    synchronized SetId set() {
        return set;
    }

    synchronized List<String> headlines() {
        return List.copyOf(headlines);
    }

    private synchronized void perform(Step step) {
        effects.addAll(step);
        failAsTold(step.id());
    }

    private void failAsTold(StepId step) {
        Fault fault = faults.get(step);
        if (fault == Fault.ONCE) {
            faults.remove(step);
            throw new Failure(FailureType.COMMAND_FAILED, "step " + step + " fails once", "h", "backup.md#x")
                    .asException();
        }
        if (fault == Fault.FOR_GOOD) {
            throw new Failure(FailureType.PRECONDITION, "step " + step + " was told to fail", "h", "backup.md#x")
                    .asException();
        }
    }

    @Override
    public PreparedSet prepareSet(PrepareOrder order) {
        synchronized (this) {
            set = order.set();
        }
        perform(order.step());
        return new PreparedSet(order.set(), List.of("age1recovery", "age1own"));
    }

    @Override
    public void discardSet(StepOrder order) {
        order.step().undo().forEach(effect -> effects.add(order.step().id(), effect));
    }

    @Override
    public DumpReceipt dumpDatabase(DumpOrder order) {
        perform(order.step().fill(ATTEMPT));
        return new DumpReceipt(
                new DatabaseSummary(order.database(), "15.18", Instant.EPOCH, 2, 3, 4),
                artefacts(
                        order.set(),
                        order.database().value(),
                        Map.of(
                                Artefact.Kind.DUMP, "dump.zst.age",
                                Artefact.Kind.FACTS, "facts.json.zst.age",
                                Artefact.Kind.GLOBALS, "globals.sql.zst.age")),
                Duration.ofSeconds(1));
    }

    @Override
    public ArchiveReceipt archiveFiles(ArchiveOrder order) {
        perform(order.step().fill(ATTEMPT));
        return new ArchiveReceipt(
                new ArchiveSummary(order.archive(), List.of("/srv/uploads"), Instant.EPOCH, 5, 1_000, 0),
                artefacts(
                        order.set(),
                        order.archive().value(),
                        Map.of(Artefact.Kind.FILES, "tar.zst.age", Artefact.Kind.INVENTORY, "inventory.zst.age")),
                Duration.ofSeconds(1));
    }

    @Override
    public RedisReceipt saveRedis(RedisOrder order) {
        perform(order.step().fill(ATTEMPT));
        return new RedisReceipt(
                new RedisSummary(order.redis(), "7.0.15", Instant.EPOCH, 7, 1_000),
                artefacts(order.set(), order.redis().value(), Map.of(Artefact.Kind.REDIS, "rdb.zst.age"))
                        .getFirst(),
                Duration.ofSeconds(1));
    }

    private static List<Artefact> artefacts(SetId set, String subject, Map<Artefact.Kind, String> endings) {
        List<Artefact> artefacts = new ArrayList<>();
        new EnumMap<>(endings)
                .forEach((kind, ending) -> artefacts.add(new Artefact(
                        kind,
                        subject,
                        "sets/" + set + "/" + subject + ".0a1b2c3d-1." + ending,
                        10,
                        20,
                        "0".repeat(64))));
        return artefacts;
    }

    @Override
    public UploadReceipt uploadArtefact(UploadOrder order) {
        Step step = order.step().fill(ATTEMPT);
        step.objectCalls().stream()
                .filter(call -> call.key().equals(order.artefact().key()))
                .forEach(call -> effects.add(step.id(), call));
        failOnce(step);
        return new UploadReceipt(order.artefact().key(), 10, 1, 0, Duration.ZERO);
    }

    private synchronized void failOnce(Step step) {
        failAsTold(step.id());
    }

    @Override
    public void commitSet(CommitOrder order) {
        perform(order.step());
    }

    @Override
    public DatabaseProof proveDatabase(ProveOrder order) {
        perform(order.step().fill(ATTEMPT));
        List<Difference> differences =
                differs(order.step()) ? List.of(new Difference("app.users", "3 rows", "2 rows")) : List.of();
        return new DatabaseProof(
                order.database(), 2, 3, differences.size(), differences, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Override
    public ArchiveProof proveArchive(ProveArchiveOrder order) {
        perform(order.step().fill(ATTEMPT));
        List<Difference> differences =
                differs(order.step()) ? List.of(new Difference("/srv/uploads/a.png", "there", "missing")) : List.of();
        return new ArchiveProof(order.archive(), 5, 1_000, 0, differences.size(), differences, Duration.ofSeconds(1));
    }

    @Override
    public RedisProof proveRedis(ProveRedisOrder order) {
        perform(order.step().fill(ATTEMPT));
        List<Difference> differences = differs(order.step())
                ? List.of(new Difference("the snapshot", "some of the 7 keys", "none"))
                : List.of();
        return new RedisProof(order.redis(), 7, 0, differences, Duration.ofSeconds(1));
    }

    private synchronized boolean differs(Step step) {
        return faults.get(step.id()) == Fault.DIFFERS;
    }

    @Override
    public void recordProof(RecordOrder order) {
        perform(order.step());
    }

    @Override
    public PruneReceipt pruneSets(PruneOrder order) {
        perform(order.step());
        return PruneReceipt.nothing();
    }

    @Override
    public DatabaseProof restoreDatabase(RestoreOrder order) {
        throw new AssertionError("no restore is asked for: " + order.into());
    }

    @Override
    public void dropRestored(RestoreOrder order) {
        throw new AssertionError("no restore is asked for: " + order.into());
    }

    @Override
    public ArchiveProof restoreFiles(RestoreFilesOrder order) {
        throw new AssertionError("no restore is asked for: " + order.into());
    }

    @Override
    public void removeRestoredFiles(RestoreFilesOrder order) {
        throw new AssertionError("no restore is asked for: " + order.into());
    }

    @Override
    public List<ChannelName> channels() {
        return List.of(ChannelName.WEBHOOK);
    }

    @Override
    public PostReceipt post(NoticeOrder order) {
        synchronized (this) {
            headlines.add(order.notice().headline());
        }
        plan.stepsOf(BackupSteps.NOTIFY.value()).forEach(effects::addAll);
        return new PostReceipt(order.channel(), order.notice().id(), PostReceipt.Delivery.POSTED);
    }
}
