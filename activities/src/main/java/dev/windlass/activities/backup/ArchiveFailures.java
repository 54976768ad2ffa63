package dev.windlass.activities.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;

/** What can be wrong with files that are archived. */
final class ArchiveFailures {
    private ArchiveFailures() {}

    static ApplicationFailure missing(ArchiveName archive, String path) {
        return failure(
                FailureType.NOT_FOUND,
                path + " of backup.files." + archive + " is not there",
                "mount or make it, or take it out of ops.yml and restart the worker: a backup never leaves out silently"
                        + " what it was told to hold.",
                null);
    }

    static ApplicationFailure link(ArchiveName archive, String path) {
        return failure(
                FailureType.CONFIGURATION,
                path + " of backup.files." + archive + " is a symbolic link, and an archive holds links, not what they"
                        + " point to",
                "write the path it points to into ops.yml, and restart the worker.",
                null);
    }

    static ApplicationFailure unreadableName(String shown, RuntimeException cause) {
        return failure(
                FailureType.CONFIGURATION,
                "the name of " + shown + " cannot be read by this worker, whose character set is "
                        + System.getProperty("sun.jnu.encoding"),
                "start the worker with LC_ALL=C.UTF-8; where it has that already, the name is not UTF-8: rename the file,"
                        + " or leave it out by exclude.",
                cause);
    }

    static ApplicationFailure broken(ArchiveName archive, String summary) {
        return failure(
                FailureType.COMMAND_FAILED,
                "the archive of " + archive + " broke off: " + summary,
                "read the last words of tar above; nothing of this run is kept, and the last proven set is untouched.",
                null);
    }

    static ApplicationFailure notUnpacked(ArchiveName archive, String summary) {
        return failure(
                FailureType.RESTORE_FAILED,
                "the files of " + archive + " do not unpack: " + summary,
                "keep the older proven set; read the last words of tar above.",
                null);
    }

    private static ApplicationFailure failure(
            FailureType type, String fact, String hint, @org.jspecify.annotations.Nullable RuntimeException cause) {
        Failure failure = new Failure(type, fact, hint, "backup.md#files");
        return cause == null ? failure.asException() : failure.asException(cause);
    }
}
