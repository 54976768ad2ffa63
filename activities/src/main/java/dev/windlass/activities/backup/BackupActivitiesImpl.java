package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore.Upload;
import dev.windlass.workflows.backup.ArchiveOrder;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveReceipt;
import dev.windlass.workflows.backup.BackupActivities;
import dev.windlass.workflows.backup.CommitOrder;
import dev.windlass.workflows.backup.DatabaseProof;
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
import dev.windlass.workflows.backup.RestoreFilesOrder;
import dev.windlass.workflows.backup.RestoreOrder;
import dev.windlass.workflows.backup.StepOrder;
import dev.windlass.workflows.backup.UploadOrder;
import dev.windlass.workflows.backup.UploadReceipt;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The backup runbooks' activities; each says how it is safe to run twice. */
public final class BackupActivitiesImpl implements BackupActivities {
    private static final Pattern ATTEMPT =
            Pattern.compile("\\.([0-9a-f]{8}-\\d+)\\.(dump|globals|facts|tar|inventory|rdb)\\.");

    private final BackupParts parts;

    public BackupActivitiesImpl(BackupParts parts) {
        this.parts = parts;
    }

    // Twice: finds the folder and the identity it made.
    @Override
    public PreparedSet prepareSet(PrepareOrder order) {
        return new SetFolder(parts).prepare(order, context(order.step()));
    }

    // Twice: deletes what is still there.
    @Override
    public void discardSet(StepOrder order) {
        new SetFolder(parts).discard(order, context(order.step()));
    }

    // Twice: ends what the earlier attempt left running, removes its files and writes under names of its own.
    @Override
    public DumpReceipt dumpDatabase(DumpOrder order) {
        return new DatabaseDump(parts).dump(order, context(order.step()), BackupParts.attempt());
    }

    // Twice: ends what the earlier attempt left running, removes its files and writes under names of its own.
    @Override
    public ArchiveReceipt archiveFiles(ArchiveOrder order) {
        return new FileArchiving(parts).archive(order, context(order.step()), BackupParts.attempt());
    }

    // Twice: ends what the earlier attempt left running, removes its file and writes under a name of its own.
    @Override
    public RedisReceipt saveRedis(RedisOrder order) {
        return new RedisSnapshot(parts).save(order, context(order.step()), BackupParts.attempt());
    }

    // Twice: finds the object whole, or goes on with the parts that are missing.
    @Override
    public UploadReceipt uploadArtefact(UploadOrder order) {
        long begun = System.nanoTime();
        StepContext context = context(order.step());
        String key = order.artefact().key();
        Step step = order.step().fill(Slots.of("attempt", attemptIn(key)));
        ObjectCall call = step.objectCalls().stream()
                .filter(each -> each.key().equals(key) && each.file().isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("step " + step.id() + " does not send " + key));
        Upload upload = parts.stores()
                .store(call.store())
                .upload(
                        Path.of(call.file().orElseThrow()),
                        key,
                        order.artefact().sha256(),
                        context);
        return new UploadReceipt(
                key, upload.bytes(), upload.parts(), upload.partsFound(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private static String attemptIn(String key) {
        Matcher attempt = ATTEMPT.matcher(key);
        if (!attempt.find()) {
            throw new IllegalArgumentException("key " + key + " names no attempt");
        }
        return attempt.group(1);
    }

    // Twice: finds the same bytes under the key.
    @Override
    public void commitSet(CommitOrder order) {
        new SetRecords(parts).commit(order, context(order.step()));
    }

    // Twice: removes the earlier attempt's cluster first.
    @Override
    public DatabaseProof proveDatabase(ProveOrder order) {
        return new DatabaseProving(parts).prove(order, context(order.step()));
    }

    // Twice: removes the earlier attempt's directory first.
    @Override
    public ArchiveProof proveArchive(ProveArchiveOrder order) {
        return new ArchiveProving(parts).prove(order, context(order.step()));
    }

    // Twice: ends the earlier attempt's server and removes its directory first.
    @Override
    public RedisProof proveRedis(ProveRedisOrder order) {
        return new RedisProving(parts).prove(order, context(order.step()));
    }

    // Twice: finds the same bytes under the key; identities that are gone are gone.
    @Override
    public void recordProof(RecordOrder order) {
        new SetRecords(parts).record(order, context(order.step()));
    }

    // Twice: what is gone is gone; retention is decided again by what is there now.
    @Override
    public PruneReceipt pruneSets(PruneOrder order) {
        return new SetPruning(parts).prune(order, context(order.step()));
    }

    // Twice: drops the earlier attempt's half first; the rename at the end happens once.
    @Override
    public DatabaseProof restoreDatabase(RestoreOrder order) {
        return new DatabaseRestore(parts).restore(order, context(order.step()));
    }

    // Twice: drops only what still has the run's own name.
    @Override
    public void dropRestored(RestoreOrder order) {
        new DatabaseRestore(parts).drop(order, context(order.step()));
    }

    // Twice: removes the earlier attempt's half first; a directory that equals the set has got its name already.
    @Override
    public ArchiveProof restoreFiles(RestoreFilesOrder order) {
        return new FileRestore(parts).restore(order, context(order.step()));
    }

    // Twice: removes only what has the run's own name.
    @Override
    public void removeRestoredFiles(RestoreFilesOrder order) {
        new FileRestore(parts).remove(order, context(order.step()));
    }

    private StepContext context(Step step) {
        return parts.context(step.id());
    }
}
