package dev.windlass.workflows.backup;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a backup run changes. Each executes exactly the step it is handed, and is safe to run twice. */
@ActivityInterface
public interface BackupActivities {
    /** Makes the set's folder and identity; refuses when the disk is too small. */
    @ActivityMethod(name = "PrepareSet")
    PreparedSet prepareSet(PrepareOrder order);

    @ActivityMethod(name = "DumpDatabase")
    DumpReceipt dumpDatabase(DumpOrder order);

    /** Files of this machine, and what they were. */
    @ActivityMethod(name = "ArchiveFiles")
    ArchiveReceipt archiveFiles(ArchiveOrder order);

    /** A snapshot of a Redis server. */
    @ActivityMethod(name = "SaveRedis")
    RedisReceipt saveRedis(RedisOrder order);

    /** Undo of prepareSet: removes what a run left that never committed. A set with a manifest anywhere stays. */
    @ActivityMethod(name = "DiscardSet")
    void discardSet(StepOrder order);

    /** Sends one file to the remote store; a killed worker goes on with the missing parts. */
    @ActivityMethod(name = "UploadArtefact")
    UploadReceipt uploadArtefact(UploadOrder order);

    /** Writes manifest.json to every store that the step names, only if absent. */
    @ActivityMethod(name = "CommitSet")
    void commitSet(CommitOrder order);

    /** Restores one database of the set into a scratch cluster and compares it. */
    @ActivityMethod(name = "ProveDatabase")
    DatabaseProof proveDatabase(ProveOrder order);

    /** Unpacks one archive of the set into a scratch directory and compares it. */
    @ActivityMethod(name = "ProveArchive")
    ArchiveProof proveArchive(ProveArchiveOrder order);

    /** Loads one snapshot of the set into a throw-away Redis server. */
    @ActivityMethod(name = "ProveRedis")
    RedisProof proveRedis(ProveRedisOrder order);

    /** Writes the verdict; after a first PROVEN the identities of older sets are destroyed. */
    @ActivityMethod(name = "RecordProof")
    void recordProof(RecordOrder order);

    @ActivityMethod(name = "PruneSets")
    PruneReceipt pruneSets(PruneOrder order);

    @ActivityMethod(name = "RestoreDatabase")
    DatabaseProof restoreDatabase(RestoreOrder order);

    /** Undo of a restore: drops the new database, if this run made it. */
    @ActivityMethod(name = "DropRestored")
    void dropRestored(RestoreOrder order);

    @ActivityMethod(name = "RestoreFiles")
    ArchiveProof restoreFiles(RestoreFilesOrder order);

    /** Undo of restoreFiles: removes what grew and never got its name. */
    @ActivityMethod(name = "RemoveRestoredFiles")
    void removeRestoredFiles(RestoreFilesOrder order);
}
