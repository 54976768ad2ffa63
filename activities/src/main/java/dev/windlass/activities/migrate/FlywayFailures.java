package dev.windlass.activities.migrate;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;

/** What a folder of Flyway's is refused with. */
final class FlywayFailures {
    private FlywayFailures() {}

    static ApplicationFailure outOfOrder(String migration, String later) {
        return failure(
                "migration " + migration + " comes before " + later
                        + ", which is applied, and Flyway would leave it out",
                "give it a version above all that are applied");
    }

    static ApplicationFailure notAVersion(Path file) {
        return failure(
                file + " is not named as a version of Flyway with its undo, so nobody can tell when it should run",
                "name them V1__name.sql and U1__name.sql, side by side, or put it elsewhere");
    }

    static ApplicationFailure repeatable(Path file) {
        return failure(
                file + " is a repeatable migration, and nobody knows what to bring back when it is undone",
                "write what is new of it into a version, V2__name.sql, and what was before into U2__name.sql");
    }

    static ApplicationFailure scriptConfiguration(Path file) {
        return failure(
                file + " has something else than executeInTransaction, which is all that is known here",
                "leave only executeInTransaction=false in it, or remove it");
    }

    private static ApplicationFailure failure(String fact, String hint) {
        return new Failure(FailureType.PRECONDITION, fact, hint, "migrate.md#files").asException();
    }
}
