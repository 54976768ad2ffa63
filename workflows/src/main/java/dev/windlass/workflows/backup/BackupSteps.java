package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.StepId;

/** Names of the steps of the backup runbooks: plans are built with them and workflows walk by them. */
public final class BackupSteps {
    public static final StepId PREPARE = StepId.of("prepare");
    public static final StepId COMMIT = StepId.of("commit");
    public static final StepId RECORD = StepId.of("record");
    public static final StepId PRUNE = StepId.of("prune");
    public static final StepId NOTIFY = StepId.of("notify");
    public static final StepId RESTORE = StepId.of("restore");

    public static final StepId RESTORE_FILES = StepId.of("restore-files");

    private BackupSteps() {}

    public static StepId dump(DatabaseName database) {
        return StepId.of("dump", database);
    }

    public static StepId upload(DatabaseName database) {
        return StepId.of("upload", database);
    }

    public static StepId archive(ArchiveName archive) {
        return StepId.of("archive", archive);
    }

    public static StepId uploadArchive(ArchiveName archive) {
        return StepId.of("upload-archive", archive);
    }

    public static StepId proveArchive(ArchiveName archive) {
        return StepId.of("prove-archive", archive);
    }

    public static StepId saveRedis(RedisName redis) {
        return StepId.of("redis", redis);
    }

    public static StepId uploadRedis(RedisName redis) {
        return StepId.of("upload-redis", redis);
    }

    public static StepId proveRedis(RedisName redis) {
        return StepId.of("prove-redis", redis);
    }

    public static StepId prove(DatabaseName database) {
        return StepId.of("prove", database);
    }
}
