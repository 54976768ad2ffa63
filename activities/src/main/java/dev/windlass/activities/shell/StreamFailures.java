package dev.windlass.activities.shell;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.io.IOException;

/** Says what an IOException at a file of ours means. */
final class StreamFailures {
    private StreamFailures() {}

    static RuntimeException writing(String file, IOException cause) {
        String reason = reason(cause);
        if (reason.contains("No space left on device") || reason.contains("Disk quota exceeded")) {
            return new Failure(
                            FailureType.DISK_FULL,
                            "no space left for " + file + ": " + reason,
                            "free space on its file system, then retry; what was written of it is removed already",
                            "backup.md#disk-full")
                    .asException(cause);
        }
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        file + " cannot be written: " + reason,
                        "check that its directory exists, that the worker may write there, and the disk (dmesg)",
                        "backup.md#command-failed")
                .asException(cause);
    }

    static RuntimeException reading(String file, IOException cause) {
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        file + " cannot be read: " + reason(cause),
                        "check that it exists, that the worker may read it, and the disk (dmesg)",
                        "backup.md#command-failed")
                .asException(cause);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
