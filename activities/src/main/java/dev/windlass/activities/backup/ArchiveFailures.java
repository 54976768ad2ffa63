package dev.windlass.activities.backup;

import dev.windlass.activities.files.UnreadableNameException;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can be wrong with files that are archived. */
final class ArchiveFailures {
    /** Exit codes above it are 128 and the number of a signal. */
    private static final int SIGNALS = 128;

    private ArchiveFailures() {}

    static ApplicationFailure missing(ArchiveName archive, String path) {
        return failure(
                FailureType.NOT_FOUND,
                path + " of backup.files." + archive + " is not there",
                "mount or make it, or take it out of ops.yml and restart the worker: a backup never leaves out silently"
                        + " what it was told to hold.",
                null);
    }

    /** Of Windlass's own files: a new passphrase in the place of the old one opens nothing. */
    static ApplicationFailure ownMissing(String path) {
        return failure(
                FailureType.NOT_FOUND,
                path + ", which every set holds, is not there",
                "put back the file that was there, never a new one: windlass backup restore-files SET windlass --into"
                        + " DIRECTORY has it; or correct its path in ops.yml and restart the worker.",
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

    /** Work that walks through files. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Does it, and says what a person can do about a file that cannot be read. */
    static <T> T reading(ArchiveName archive, Reading<T> work) {
        try {
            return work.read();
        } catch (UnreadableNameException unreadable) {
            throw unreadableName(String.valueOf(unreadable.getMessage()), unreadable);
        } catch (IOException failed) {
            throw failure(
                    FailureType.COMMAND_FAILED,
                    "files of " + archive + " cannot be read: " + Failure.messageOf(failed),
                    "let the worker's user read them and look at that disk, or leave them out by exclude; the step tries"
                            + " again by itself.",
                    failed);
        }
    }

    private static ApplicationFailure unreadableName(String shown, UnreadableNameException cause) {
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

    /** A killed tar and a full disk say nothing about the archive. */
    static ApplicationFailure notUnpacked(ArchiveName archive, CommandResult tar) {
        if (tar.exitCode() > SIGNALS) {
            return failure(
                    FailureType.COMMAND_FAILED,
                    "tar was killed while it unpacked " + archive + ": " + tar.summary(),
                    "nothing to do unless it happens again: then look for a lack of memory.",
                    null);
        }
        if (tar.errorTail().stream().anyMatch(line -> line.contains("No space left on device"))) {
            return new Failure(
                            FailureType.DISK_FULL,
                            "no space is left to unpack " + archive + ": " + tar.summary(),
                            "free space there; the step tries again by itself.",
                            "backup.md#disk-full")
                    .asException();
        }
        return failure(
                FailureType.RESTORE_FAILED,
                "the files of " + archive + " do not unpack: " + tar.summary(),
                "keep the older proven set; read the last words of tar above.",
                null);
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, @Nullable Exception cause) {
        Failure failure = new Failure(type, fact, hint, "backup.md#files");
        return cause == null ? failure.asException() : failure.asException(cause);
    }
}
