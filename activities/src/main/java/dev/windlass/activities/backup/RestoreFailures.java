package dev.windlass.activities.backup;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the programs of a restore mean by their exit codes and words. Only lines that name an error are passed on: the
 * others quote statements and rows, and rows are nobody's business.
 */
final class RestoreFailures {
    private static final int LONGEST = 300;
    private static final int CORRUPTION = 2;
    private static final int SHOWN = 5;

    private RestoreFailures() {}

    static ApplicationFailure preparing(CommandResult result, Path directory) {
        return isDiskFull(result)
                ? diskFull(result)
                : PostgresFailures.failure(
                        FailureType.COMMAND_FAILED,
                        "the scratch cluster in " + directory + " could not be set up: " + result.summary(),
                        "see that the user who runs it may pass every directory above, and read server.log there",
                        "scratch-cluster",
                        null);
    }

    /** psql goes on after an error, and one is expected: initdb has made the first superuser already. */
    static void requireOnlyKnownErrors(CommandResult result, String superuser) {
        String known = "ERROR:  role \"" + superuser + "\" already exists";
        List<String> unknown = new ArrayList<>();
        for (String line : result.errorTail()) {
            if (isError(line) && !line.endsWith(known)) {
                unknown.add(line);
            }
        }
        if (result.isSuccess() && unknown.isEmpty()) {
            return;
        }
        throw isDiskFull(result)
                ? diskFull(result)
                : PostgresFailures.failure(
                        FailureType.RESTORE_FAILED,
                        "the roles of the set cannot be restored: " + firstOf(unknown, result),
                        "run the by-hand steps of the page and look at the roles in the set's globals",
                        "restore-failed",
                        null);
    }

    /** @param serverIsUp a restore that lost its server has not failed for good */
    static void requireSuccess(CommandResult result, boolean serverIsUp) {
        if (result.isSuccess()) {
            return;
        }
        if (isDiskFull(result)) {
            throw diskFull(result);
        }
        String said = firstOf(
                result.errorTail().stream().filter(RestoreFailures::isError).toList(), result);
        throw serverIsUp && !isKilled(result)
                ? PostgresFailures.failure(
                        FailureType.RESTORE_FAILED,
                        "pg_restore cannot restore the dump: " + said,
                        "run the by-hand steps of the page with this set, and make a new backup once the cause is gone",
                        "restore-failed",
                        null)
                : PostgresFailures.failure(
                        FailureType.COMMAND_FAILED,
                        "the scratch cluster died while pg_restore was at work: " + said,
                        "nothing to do unless it happens again: then look for a lack of memory",
                        "scratch-cluster",
                        null);
    }

    static Optional<Difference> corruption(CommandResult result) {
        if (result.isSuccess()) {
            return Optional.empty();
        }
        if (result.exitCode() == CORRUPTION) {
            List<String> lines = result.output();
            return Optional.of(new Difference(
                    "pg_amcheck",
                    "no corruption",
                    String.join(" / ", lines.subList(0, Math.min(SHOWN, lines.size())))));
        }
        throw PostgresFailures.failure(
                FailureType.COMMAND_FAILED,
                "pg_amcheck could not check the copy: " + result.summary(),
                "see that the package postgresql-contrib is installed, or set backup.scratch.amcheck to off",
                "scratch-cluster",
                null);
    }

    private static ApplicationFailure diskFull(CommandResult result) {
        return PostgresFailures.failure(
                FailureType.DISK_FULL,
                "the disk of the scratch cluster is full: " + result.program() + " could not write",
                "free space there, or put the key backup.scratch.directory on a larger disk",
                "disk-full",
                null);
    }

    private static boolean isDiskFull(CommandResult result) {
        return result.errorTail().stream().anyMatch(line -> line.contains("No space left on device"));
    }

    /** Exit codes above 128 are signals; a server that goes down tells its clients so. */
    private static boolean isKilled(CommandResult result) {
        return result.exitCode() > 128
                || result.errorTail().stream()
                        .anyMatch(line -> line.contains("server closed the connection unexpectedly")
                                || line.contains("terminating connection")
                                || line.contains("connection to server"));
    }

    private static boolean isError(String line) {
        return line.contains("ERROR:") || line.contains("FATAL:") || line.contains("error:");
    }

    private static String firstOf(List<String> lines, CommandResult result) {
        String first =
                lines.isEmpty() ? result.program() + " ended with exit code " + result.exitCode() : lines.getFirst();
        return first.length() > LONGEST ? first.substring(0, LONGEST) + "…" : first;
    }
}
