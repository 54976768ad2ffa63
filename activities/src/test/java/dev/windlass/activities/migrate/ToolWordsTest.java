package dev.windlass.activities.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.shell.CommandResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolWordsTest {
    @Test
    void ofPsqlTheErrorIsToldAndNotTheRowsInItsDetails() {
        CommandResult result = psql(
                3,
                "psql:/srv/sql/0003_email.up.sql:2: ERROR:  23505: could not create unique index \"people_email\"",
                "DETAIL:  Key (email)=(ana@example.com) is duplicated.",
                "SCHEMA NAME:  content",
                "LOCATION:  comparetup_index_btree, tuplesort.c:4297");

        assertThat(ToolWords.of(result))
                .isEqualTo("psql:/srv/sql/0003_email.up.sql:2: ERROR:  23505: could not create unique index"
                        + " \"people_email\"");
        assertThat(ToolWords.isLockTimeout(result)).isFalse();
        assertThat(ToolWords.isCutOff(result)).isFalse();
    }

    @Test
    void aLockThatWasNotGivenIsKnownInEveryLanguage() {
        assertThat(ToolWords.isLockTimeout(psql(
                        3, "psql:/a.sql:1: FEHLER:  55P03: storniere Anfrage wegen Zeitüberschreitung bei Sperre")))
                .isTrue();
    }

    @Test
    void ofPrismaWhatStandsBehindItsErrorIsToldWithoutTraces() {
        CommandResult failed = prisma(
                "Error: P3018",
                "",
                "A migration failed to apply. New migrations cannot be applied before the error is recovered from.",
                "",
                "Migration name: 20260102000000_colour",
                "",
                "Database error code: 42P01",
                "",
                "Database error:",
                "ERROR: relation \"nope\" does not exist",
                "",
                "DbError { severity: \"ERROR\", parsed_severity: Some(Error), code: SqlState(E42P01) }",
                "",
                "   0: sql_schema_connector::apply_migration::apply_script",
                "           with migration_name=\"20260102000000_colour\"",
                "             at schema-engine/connectors/sql-schema-connector/src/apply_migration.rs:113");

        assertThat(ToolWords.of(failed))
                .isEqualTo("Error: P3018 / Migration name: 20260102000000_colour / Database error code: 42P01 /"
                        + " Database error: / ERROR: relation \"nope\" does not exist");
    }

    @Test
    void anotherPrismaIsSomethingToWaitForAndALostServerIsNoFailedMigration() {
        CommandResult other = prisma(
                "Error: P1002",
                "The database server was reached but timed out.",
                "Context: Timed out trying to acquire a postgres advisory lock (SELECT pg_advisory_lock(72707369)).");

        assertThat(ToolWords.isLockTimeout(other)).isTrue();
        assertThat(ToolWords.isOtherMigrator(other)).isTrue();
        assertThat(ToolWords.isCutOff(prisma("Error: P1017", "Server has closed the connection.")))
                .isTrue();
        assertThat(ToolWords.isCutOff(psql(2, "psql: error: connection to server was lost")))
                .isTrue();
        assertThat(ToolWords.isCutOff(psql(137))).isTrue();
        assertThat(ToolWords.of(psql(137))).isEqualTo("psql ended with exit code 137");
    }

    @Test
    void ofFlywayTheErrorAndItsPlaceAreToldAndNotTheRowsInItsDetails() {
        CommandResult failed = flyway(
                "ERROR: Script V3__email.sql failed",
                "--------------------------",
                "SQL State  : 23505",
                "Error Code : 0",
                "Message    : ERROR: could not create unique index \"people_email\"",
                "  Detail: Key (email)=(ana@example.com) is duplicated.",
                "Location   : /srv/sql/V3__email.sql (/srv/sql/V3__email.sql)",
                "Line       : 2",
                "Statement  : Run Flyway with -X option to see the actual statement causing the problem",
                "",
                "Caused by: Script V3__email.sql failed",
                "SQL State  : 23505",
                "Caused by: org.postgresql.util.PSQLException: ERROR: could not create unique index");

        assertThat(ToolWords.of(failed))
                .isEqualTo("SQL State  : 23505 / Message    : ERROR: could not create unique index \"people_email\" /"
                        + " Location   : /srv/sql/V3__email.sql (/srv/sql/V3__email.sql) / Line       : 2");
        assertThat(ToolWords.isLockTimeout(failed)).isFalse();
        assertThat(ToolWords.isCutOff(failed)).isFalse();
        assertThat(ToolWords.isLockTimeout(flyway("SQL State  : 55P03", "Message    : FEHLER: Sperre")))
                .isTrue();
        assertThat(ToolWords.isCutOff(flyway(
                        "SQL State  : 08006", "Message    : An I/O error occurred while sending to the backend.")))
                .isTrue();
        assertThat(ToolWords.isOtherMigrator(flyway(
                        "ERROR: Number of retries exceeded while attempting to acquire PostgreSQL advisory lock.")))
                .isTrue();
    }

    private static CommandResult flyway(String... errors) {
        return new CommandResult("flyway", 1, List.of(), List.of(errors), Optional.empty());
    }

    private static CommandResult psql(int exitCode, String... errors) {
        return new CommandResult("psql", exitCode, List.of(), List.of(errors), Optional.empty());
    }

    private static CommandResult prisma(String... errors) {
        return new CommandResult("npx", 1, List.of(), List.of(errors), Optional.empty());
    }
}
