package dev.windlass.activities.backup;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;

/** What pg_dump and pg_dumpall say when they fail, told apart by what helps. */
final class DumpFailures {
    private DumpFailures() {}

    static ApplicationFailure of(DatabaseName database, CommandResult result, String hint) {
        String words = String.join("\n", result.errorTail());
        if (words.contains("does not exist") && words.contains("database \"")) {
            return new Failure(
                            FailureType.DATABASE_GONE,
                            "database " + database + " vanished while it was dumped: " + result.summary(),
                            "nothing of this run is kept and the last proven set is untouched; correct ops.yml if the"
                                    + " database is meant to be gone",
                            "backup.md#database-gone")
                    .asException();
        }
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        "the dump of " + database + " broke off: " + result.summary(),
                        hint,
                        "backup.md#dump-failed")
                .asException();
    }
}
