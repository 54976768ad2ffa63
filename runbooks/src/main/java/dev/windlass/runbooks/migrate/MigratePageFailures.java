package dev.windlass.runbooks.migrate;

import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.DATABASE_UNREACHABLE;
import static dev.windlass.workflows.kernel.FailureType.LOCKED;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.TOOL_MISSING;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.ArrayList;
import java.util.List;

/** What a migration says when it cannot go on, as the code says it; {@code {…}} stands for a value of the run. */
final class MigratePageFailures {
    private MigratePageFailures() {}

    static List<Failure> ofMigrations() {
        List<Failure> failures = new ArrayList<>();
        failures.addAll(whileItIsPlanned());
        failures.addAll(whileItIsApplied());
        failures.addAll(whileItIsTakenBack());
        failures.addAll(PutBackPageFailures.ofTheWayBack());
        return failures;
    }

    private static List<Failure> whileItIsPlanned() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "ops.yml has no migrations for {app} {environment}",
                        "add the key migrations to the environment, as in ops.example.yml, then restart the worker",
                        "unknown-name"),
                failure(
                        NOT_FOUND,
                        "there is no directory {directory}, where ops.yml looks for migrations",
                        "put the migrations of the version there, or correct the key directory",
                        "files"),
                failure(
                        PRECONDITION,
                        "{file} is not named as a migration, so nobody can tell when it should run",
                        "name it NUMBER_name.up.sql or NUMBER_name.down.sql, or put it elsewhere",
                        "files"),
                failure(
                        PRECONDITION,
                        "{file} is not named as a version of Flyway with its undo, so nobody can tell when it should run",
                        "name them V1__name.sql and U1__name.sql, side by side, or put it elsewhere",
                        "files"),
                failure(
                        PRECONDITION,
                        "{file} is a repeatable migration, and nobody knows what to bring back when it is undone",
                        "write what is new of it into a version, V2__name.sql, and what was before into U2__name.sql",
                        "files"),
                failure(
                        PRECONDITION,
                        "{file} has something else than executeInTransaction, which is all that is known here",
                        "leave only executeInTransaction=false in it, or remove it",
                        "files"),
                failure(
                        PRECONDITION,
                        "migration {name} comes before {later}, which is applied, and Flyway would leave it out",
                        "give it a version above all that are applied",
                        "files"),
                failure(
                        PRECONDITION,
                        "migrations {one} and {other} have the same number",
                        "give the newer one the next number, with its down file",
                        "files"),
                failure(
                        PRECONDITION,
                        "{file}:1: \"{words}\" says nothing to Windlass",
                        "write -- windlass: and then expand or contract, no transaction, or one of each with a comma"
                                + " between",
                        "marks"),
                failure(
                        PRECONDITION,
                        "nobody says whether the code that serves runs on with {migrations}, so a deploy does not apply"
                                + " that",
                        "mark it in its first line, -- windlass: expand or -- windlass: contract, or migrate by a run of"
                                + " its own and deploy without --migrate",
                        "expand-and-contract"),
                failure(
                        PRECONDITION,
                        "expand migration {name} follows contract migration {name}, which has to wait until the new"
                                + " version serves",
                        "give the expand one the lower number, or contract first: windlass migrate by itself",
                        "expand-and-contract"),
                failure(
                        PRECONDITION,
                        "{tool} applies all that is pending at once, and contract migration {name} has to wait until the"
                                + " new version serves",
                        "bring it with a later version, or migrate and deploy by runs of their own",
                        "expand-and-contract"),
                failure(
                        PRECONDITION,
                        "migration {name} was applied, and its file {has changed since}",
                        "put the file back as it was and write what is new into a migration of its own{; with flyway: where"
                                + " nothing but its form is new, run flyway repair}",
                        "applied-changed"),
                failure(
                        PRECONDITION,
                        "{environment} follows {other}, and they have drifted apart: {differences}",
                        "bring both to the same migrations, each from the same file; what was changed by hand is taken"
                                + " back or becomes a migration",
                        "drift"),
                failure(
                        PRECONDITION,
                        "{environment} follows {other}, where it is not applied yet: {names}",
                        "migrate {other} first, see that the app does well there, then start this again",
                        "first-elsewhere"),
                failure(
                        PRECONDITION,
                        "migration {name} has begun and did not end{words of the tool}",
                        "see what of it took effect, repair that and its record by hand, then start again",
                        "half-applied"),
                failure(
                        PRECONDITION,
                        "nobody accepted what the lint calls destructive: {rules}; the first is in {name} line {line}:"
                                + " {words}",
                        "change the migration, or name what is meant: --accept {rule}",
                        "destructive"),
                failure(
                        TOOL_MISSING,
                        "program squawk is not installed, and without its lint nothing is planned",
                        "install it with: python3 -m venv /opt/squawk && /opt/squawk/bin/pip install squawk-cli=={version}"
                                + " && ln -s /opt/squawk/bin/squawk /usr/local/bin/squawk",
                        "no-lint"),
                failure(
                        NOT_FOUND,
                        "there is no proven set of database {name} to rehearse with",
                        "run windlass backup run --wait, then start the migration again",
                        "no-set"));
    }

    private static List<Failure> whileItIsApplied() {
        return List.of(
                failure(
                        PRECONDITION,
                        "{file} or the file that goes down is not what was planned with",
                        "start the migration again: what was rehearsed and approved was another file",
                        "file-changed"),
                failure(
                        PRECONDITION,
                        "the database does not stand as when the plan was made: {difference}",
                        "start the migration again, so that it is planned and rehearsed with what is there now",
                        "database-moved"),
                failure(
                        LOCKED,
                        "somebody else migrates database {name}: {session}",
                        "wait for it to end; if it is dead, end its session with pg_terminate_backend and retry",
                        "other-migrator"),
                failure(
                        LOCKED,
                        "migration {name} did not get its lock in all its tries: {session}",
                        "let that session end, or migrate at a quieter time; nothing of this migration has taken effect",
                        "table-locked"),
                failure(
                        LOCKED,
                        "the schema cannot be read while somebody has a table for himself: {last words}",
                        "find that session in pg_stat_activity and let it end",
                        "table-locked"),
                failure(
                        COMMAND_FAILED,
                        "the migrator died: {last words}",
                        "nothing to do unless it happens again: the next try looks at what took effect and goes on",
                        "migrator-died"),
                failure(
                        DATABASE_UNREACHABLE,
                        "database {name} ended our session: {reason}",
                        "nothing to do unless it happens again: then see that the server runs",
                        "database-lost"),
                failure(
                        COMMAND_FAILED,
                        "the schema cannot be read: {last words}",
                        "see that the user of the database in ops.yml may read every table",
                        "look-failed"));
    }

    private static List<Failure> whileItIsTakenBack() {
        return List.of(
                failure(
                        COMMAND_FAILED,
                        "migration {name} cannot be undone: {last words}",
                        "do what its down file does by hand, with its record, then windlass resume with --skip",
                        "undo-failed"),
                failure(
                        PRECONDITION,
                        "migration {name} was cut off, and its record does not tell whether it changed rows",
                        "compare the rows by hand; set finished_at of its record where it did, rolled_back_at where it"
                                + " did not, then windlass resume with --retry",
                        "nobody-knows"),
                failure(
                        PRECONDITION,
                        "the database of {app} {environment} stands neither as before nor as planned: {reason}",
                        "repair it by hand, then windlass resume with --retry: it is looked at again",
                        "neither-old-nor-new"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "migrate.md#" + place);
    }
}
