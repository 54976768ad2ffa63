package dev.windlass.activities.migrate;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.LintFinding;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState.HalfApplied;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a migration says when it cannot go on. */
final class MigrateFailures {
    private MigrateFailures() {}

    static ApplicationFailure unknownName(UnknownNameException unknown) {
        return failure(
                FailureType.NOT_FOUND,
                String.valueOf(unknown.getMessage()),
                unknown.hint() + " A new one is added to apps in ops.yml; then restart the worker",
                "unknown-name");
    }

    static ApplicationFailure noMigrations(AppName app, EnvironmentName environment) {
        return failure(
                FailureType.NOT_FOUND,
                "ops.yml has no migrations for " + app + " " + environment,
                "add the key migrations to the environment, as in ops.example.yml, then restart the worker",
                "unknown-name");
    }

    static ApplicationFailure noDirectory(Path directory) {
        return failure(
                FailureType.NOT_FOUND,
                "there is no directory " + directory + ", where ops.yml looks for migrations",
                "put the migrations of the version there, or correct the key directory",
                "files");
    }

    static ApplicationFailure unreadable(Path file, IOException reason) {
        return failure(
                FailureType.PRECONDITION,
                file + " cannot be read: " + Failure.messageOf(reason),
                "look at the file and its permissions; a migration is a folder or file with everything in it",
                "files");
    }

    static ApplicationFailure notAMigration(Path file) {
        return failure(
                FailureType.PRECONDITION,
                file + " is not named as a migration, so nobody can tell when it should run",
                "name it NUMBER_name.up.sql or NUMBER_name.down.sql, or put it elsewhere",
                "files");
    }

    static ApplicationFailure sameNumber(String one, String other) {
        return failure(
                FailureType.PRECONDITION,
                "migrations " + one + " and " + other + " have the same number",
                "give the newer one the next number, with its down file",
                "files");
    }

    static ApplicationFailure unknownMark(Path file, String words) {
        return failure(
                FailureType.PRECONDITION,
                file + ":1: \"" + words + "\" says nothing to Windlass",
                "write -- windlass: and then expand or contract, no transaction, or one of each with a comma between",
                "marks");
    }

    static ApplicationFailure unmarked(List<Migration> migrations) {
        return failure(
                FailureType.PRECONDITION,
                "nobody says whether the code that serves runs on with "
                        + migrations.stream().map(Migration::name).collect(Collectors.joining(", "))
                        + ", so a deploy does not apply that",
                "mark it in its first line, -- windlass: expand or -- windlass: contract, or migrate by a run of its own"
                        + " and deploy without --migrate",
                "expand-and-contract");
    }

    static ApplicationFailure expandAfterContract(Migration contract, Migration expand) {
        return failure(
                FailureType.PRECONDITION,
                "expand migration " + expand.name() + " follows contract migration " + contract.name()
                        + ", which has to wait until the new version serves",
                "give the expand one the lower number, or contract first: windlass migrate by itself",
                "expand-and-contract");
    }

    static ApplicationFailure allAtOnce(Tool tool, Migration contract) {
        return failure(
                FailureType.PRECONDITION,
                tool.name().toLowerCase(Locale.ROOT) + " applies all that is pending at once, and contract migration "
                        + contract.name() + " has to wait until the new version serves",
                "bring it with a later version, or migrate and deploy by runs of their own",
                "expand-and-contract");
    }

    static ApplicationFailure fileChanged(String file) {
        return failure(
                FailureType.PRECONDITION,
                file + " or the file that goes down is not what was planned with",
                "start the migration again: what was rehearsed and approved was another file",
                "file-changed");
    }

    static ApplicationFailure appliedChanged(String migration, String words) {
        return failure(
                FailureType.PRECONDITION,
                "migration " + migration + " was applied, and its file " + words,
                "put the file back as it was and write what is new into a migration of its own"
                        + (FlywayVersion.in(migration).isPresent()
                                ? "; where nothing but its form is new, run flyway repair"
                                : ""),
                "applied-changed");
    }

    static ApplicationFailure drifted(EnvironmentName own, EnvironmentName followed, String words) {
        return failure(
                FailureType.PRECONDITION,
                own + " follows " + followed + ", and they have drifted apart: " + words,
                "bring both to the same migrations, each from the same file; what was changed by hand is taken back or"
                        + " becomes a migration",
                "drift");
    }

    static ApplicationFailure notAppliedFirst(EnvironmentName own, EnvironmentName followed, List<String> names) {
        return failure(
                FailureType.PRECONDITION,
                own + " follows " + followed + ", where it is not applied yet: " + String.join(", ", names),
                "migrate " + followed + " first, see that the app does well there, then start this again",
                "first-elsewhere");
    }

    static ApplicationFailure halfApplied(HalfApplied half) {
        return failure(
                FailureType.PRECONDITION,
                "migration " + half.migration() + " has begun and did not end" + said(half.words()),
                "see what of it took effect, repair that and its record by hand, then start again",
                "half-applied");
    }

    static ApplicationFailure destructive(List<LintFinding> findings) {
        SortedSet<String> rules = new TreeSet<>();
        findings.forEach(finding -> rules.add(finding.rule()));
        LintFinding first = findings.getFirst();
        return failure(
                FailureType.PRECONDITION,
                "nobody accepted what the lint calls destructive: " + String.join(", ", rules) + "; the first is in "
                        + first.migration() + " line " + first.line() + ": " + first.words(),
                "change the migration, or name what is meant: --accept " + String.join(" --accept ", rules),
                "destructive");
    }

    static ApplicationFailure noSet(DatabaseName database) {
        return failure(
                FailureType.NOT_FOUND,
                "there is no proven set of database " + database + " to rehearse with",
                "run windlass backup run --wait, then start the migration again",
                "no-set");
    }

    static ApplicationFailure noLint() {
        return failure(
                FailureType.TOOL_MISSING,
                "program squawk is not installed, and without its lint nothing is planned",
                "install it with: python3 -m venv /opt/squawk && /opt/squawk/bin/pip install squawk-cli=="
                        + SquawkLint.VERSION + " && ln -s /opt/squawk/bin/squawk /usr/local/bin/squawk",
                "no-lint");
    }

    static ApplicationFailure lintFailed(CommandResult result) {
        return failure(
                FailureType.COMMAND_FAILED,
                "the lint broke off: " + result.summary(),
                "read the last words above; the version that is known to work is squawk-cli " + SquawkLint.VERSION,
                "no-lint");
    }

    static ApplicationFailure moved(String words) {
        return failure(
                FailureType.PRECONDITION,
                "the database does not stand as when the plan was made: " + words,
                "start the migration again, so that it is planned and rehearsed with what is there now",
                "database-moved");
    }

    static ApplicationFailure otherMigrator(Database database, String holder) {
        return failure(
                FailureType.LOCKED,
                "somebody else migrates database " + database.name() + ": " + holder,
                "wait for it to end; if it is dead, end its session with pg_terminate_backend and retry",
                "other-migrator");
    }

    static ApplicationFailure tableLocked(String migration, String holder) {
        return failure(
                FailureType.LOCKED,
                "migration " + migration + " did not get its lock in all its tries: " + holder,
                "let that session end, or migrate at a quieter time; nothing of this migration has taken effect",
                "table-locked");
    }

    static ApplicationFailure migratorDied(CommandResult result) {
        return failure(
                FailureType.COMMAND_FAILED,
                "the migrator died: " + ToolWords.of(result),
                "nothing to do unless it happens again: the next try looks at what took effect and goes on",
                "migrator-died");
    }

    static ApplicationFailure undoFailed(String migration, CommandResult result) {
        return failure(
                FailureType.COMMAND_FAILED,
                "migration " + migration + " cannot be undone: " + ToolWords.of(result),
                "do what its down file does by hand, with its record, then windlass resume with --skip",
                "undo-failed");
    }

    static ApplicationFailure nobodyKnows(String migration) {
        return failure(
                FailureType.PRECONDITION,
                "migration " + migration + " was cut off, and its record does not tell whether it changed rows",
                "compare the rows by hand; set finished_at of its record where it did, rolled_back_at where it did not,"
                        + " then windlass resume with --retry",
                "nobody-knows");
    }

    static ApplicationFailure lookFailed(CommandResult result) {
        return failure(
                FailureType.COMMAND_FAILED,
                "the schema cannot be read: " + ToolWords.of(result),
                "see that the user of the database in ops.yml may read every table",
                "look-failed");
    }

    static ApplicationFailure lookLocked(CommandResult result) {
        return failure(
                FailureType.LOCKED,
                "the schema cannot be read while somebody has a table for himself: " + ToolWords.of(result),
                "find that session in pg_stat_activity and let it end",
                "table-locked");
    }

    static ApplicationFailure database(Database database, SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        String words = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no message");
        return state.startsWith("08") || state.startsWith("57P")
                ? failure(
                        FailureType.DATABASE_UNREACHABLE,
                        "database " + database.name() + " ended our session: " + words,
                        "nothing to do unless it happens again: then see that the server runs",
                        "database-lost",
                        thrown)
                : failure(
                        FailureType.COMMAND_FAILED,
                        "database " + database.name() + " refused a statement (SQLSTATE " + state + "): " + words,
                        "look into the server's log for the statement",
                        "look-failed",
                        thrown);
    }

    private static String said(String words) {
        return words.isEmpty() ? "" : ": " + words;
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return failure(type, fact, hint, place, null);
    }

    private static ApplicationFailure failure(
            FailureType type, String fact, String hint, String place, @Nullable Throwable cause) {
        return new Failure(type, fact, hint, "migrate.md#" + place).asException(cause);
    }
}
