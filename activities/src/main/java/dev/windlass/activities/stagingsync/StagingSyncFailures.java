package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Why there is no copy. No value of a row is in any of them. */
final class StagingSyncFailures {
    private static final int MOST = 20;

    private StagingSyncFailures() {}

    static ApplicationFailure findings(Database database, List<Finding> findings) {
        String more = findings.size() > MOST ? "\n… and " + (findings.size() - MOST) + " more" : "";
        return failure(
                FailureType.PRECONDITION,
                "the classification does not fit database " + database.name() + ":\n"
                        + findings.stream().limit(MOST).map(Finding::text).collect(Collectors.joining("\n"))
                        + more,
                "correct the classification; windlass classify " + database.name() + " --check tells when it fits",
                "classification");
    }

    static ApplicationFailure tripped(Tripped tripped) {
        return failure(
                FailureType.PRECONDITION,
                tripped.place() + " holds " + tripped.kind().words() + " that no mask has made",
                "give the column a mask in the classification; the copy was dropped, and staging is as it was",
                "tripped");
    }

    static ApplicationFailure originals(String column, long found, long searched) {
        return failure(
                FailureType.PRECONDITION,
                column + " holds " + found + " of " + searched + " originals that were searched for",
                "look at the column's mask, and at after_sql; the copy was dropped, and staging is as it was",
                "originals");
    }

    /** @param small how many rows, of each table */
    static ApplicationFailure smallGroups(List<String> small) {
        return failure(
                FailureType.PRECONDITION,
                "the copy has rows that are nearly alone with their quasi-identifiers: " + String.join("; ", small),
                "give one of the columns a coarser mask, or mask it; the copy was dropped, and staging is as it was",
                "small-groups");
    }

    /** @param number as a person counts them */
    static ApplicationFailure statement(int number, SQLException refused) {
        return failure(
                QuietFailures.type(PostgresFailures.stateOf(refused)),
                "statement " + number + " of after_sql was refused: " + QuietFailures.said(refused),
                "correct it in the classification; the copy was dropped, and staging is as it was",
                "after-sql");
    }

    static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "staging-sync.md#" + place).asException();
    }
}
