package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.open;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Group;
import dev.windlass.workflows.stagingsync.AnonymizationReport.OfTable;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.client.WorkflowFailedException;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real workflow over the real activities and a real PostgreSQL; only Temporal is the in-JVM server. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagingSyncTest {
    private static final String GROUPS = "WITH g AS (SELECT born, role, count(*) AS n FROM app.users GROUP BY 1, 2) ";

    private static StagingSyncRig rig;

    @BeforeAll
    static void start() {
        rig = new StagingSyncRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void stagingBecomesAMaskedCopyAndWhatItWasIsKept() throws Exception {
        rig.newStaging();
        try (Connection application = open(rig.asTheApp())) {
            assertThat(application.isValid(5)).isTrue();
            StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("whole");

            assertThat(synced.copy().total()).isEqualTo(4202);
            assertThat(synced.scanned()).isEqualTo(4202);
            assertThat(synced.problems()).isEmpty();
            assertThat(application.isValid(5)).as("its session was ended").isFalse();
            assertThat(value(rig.staging, "SELECT count(*) FROM app.users WHERE email LIKE '%@example.test'"))
                    .isEqualTo("2000");
            // Nobody connects to it by mistake.
            sql(rig.server(), "ALTER DATABASE \"" + synced.replaced() + "\" ALLOW_CONNECTIONS true");
            assertThat(value(rig.named(synced.replaced()), "SELECT words FROM public.old"))
                    .isEqualTo("as it was");
        }
        try (Connection application = open(rig.asTheApp())) {
            assertThat(application.isValid(5))
                    .as("the application is let in again")
                    .isTrue();
        }
        assertThat(value(
                        rig.staging,
                        "SELECT pg_get_userbyid(datdba) || ' ' || datconnlimit || ' '"
                                + " || (SELECT setconfig[1] FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)"
                                + " FROM pg_database d WHERE datname = current_database()"))
                .isEqualTo("staging_app 17 statement_timeout=7s");
        assertThat(rig.leftBehind()).isEmpty();
        assertThat(rig.everythingTold("whole")).doesNotContain("real1@", "Person1", "+4179");
    }

    @Test
    void whatWasReplacedIsDroppedWhenItsHoursAreOver() {
        rig.newStaging();
        String first = ((StagingSyncOutcome.Synced) rig.run("first")).replaced();
        String second = ((StagingSyncOutcome.Synced) rig.run("second")).replaced();
        assertThat(rig.databases()).contains(first, second);
        sql(
                rig.server(),
                "COMMENT ON DATABASE \"" + first + "\" IS 'replaced by windlass staging-sync at 2026-01-01T00:00:00Z'");

        StagingSyncOutcome.Synced third = (StagingSyncOutcome.Synced) rig.run("third");

        assertThat(third.dropped()).containsExactly(first);
        assertThat(rig.databases()).contains(second, third.replaced()).doesNotContain(first);
    }

    /** Each run has a key of its own, which is gone with it. What is made from the row's own key needs none, and the report says so. */
    @Test
    void threeRunsInARowShareNoPseudonymThatIsMadeFromAValue() {
        rig.newStaging();
        Set<String> seen = new HashSet<>();
        Set<String> numbered = new HashSet<>();
        for (int run = 1; run <= 3; run++) {
            rig.run("run-" + run);
            List<String> pseudonyms = List.of(value(
                            rig.staging,
                            "SELECT string_agg(concat_ws(',', email, public_id, homepage, iban, password, tags[1], addresses[1]), ',')"
                                    + " FROM app.users WHERE id <= 2000")
                    .split(","));
            assertThat(pseudonyms).hasSize(14_000);
            assertThat(seen).doesNotContainAnyElementsOf(pseudonyms);
            seen.addAll(pseudonyms);
            numbered.add(value(
                    rig.staging, "SELECT string_agg(phone || card, ',' ORDER BY id) FROM app.users WHERE id <= 2000"));
        }
        assertThat(numbered).hasSize(1);
        // Within one run an address is the same pseudonym in every column.
        assertThat(seen).hasSize(3 * 12_000);
    }

    @Test
    void aColumnThatCameSinceTheReviewIsRefusedBeforeAnythingIsMade() {
        rig.newStaging();
        sql(rig.shop.source, "ALTER TABLE app.users ADD recovery_email text");
        try {
            assertThat(failure(() -> rig.run("drift")).fact())
                    .contains("app.users.recovery_email: is a column that nobody has classified");
        } finally {
            sql(rig.shop.source, "ALTER TABLE app.users DROP recovery_email");
        }
        requireStagingAsItWas();
    }

    @Test
    void aColumnThatIsKeptByMistakeStopsTheCopyAndNothingStays() {
        rig.newStaging();
        rig.classify("about: {type: text, mask: text}", "about: {type: text, keep: only a test}");
        try {
            Failure failure = failure(() -> rig.run("mistake"));
            assertThat(failure.fact()).isEqualTo("app.users.about holds an e-mail address that no mask has made");
            assertThat(failure.anchor()).isEqualTo("staging-sync.md#tripped");
        } finally {
            rig.classify("", "");
        }
        requireStagingAsItWas();
        assertThat(rig.everythingTold("mistake")).doesNotContain("real1@", "mail.example.org");
    }

    @Test
    void aStatementThatTheScanWouldStopIsNamedBeforeAnythingIsCopied() {
        rig.newStaging();
        rig.classify("version: 1", """
                version: 1
                after_sql:
                  - UPDATE app.users SET about = 'ask ops@staging.example.com.evil.example'
                  - UPDATE users SET about = 'x'
                own_values: [ops@staging.example.com]
                """);
        try {
            assertThat(failure(() -> rig.plan()).fact())
                    .contains(
                            "after_sql 1: holds an e-mail address, which the scan would take for a real one",
                            "after_sql 2: is nothing that PostgreSQL can carry out: SQLSTATE 42P01");
        } finally {
            rig.classify("", "");
        }
        requireStagingAsItWas();
    }

    @Test
    void aStatementThatIsRefusedLeavesStagingAsItWasAndNoValueLeaves() {
        rig.newStaging();
        rig.classify("version: 1", """
                version: 1
                after_sql:
                  - UPDATE app.users SET income = -4711.47 WHERE id = 7
                """);
        try {
            Failure failure = failure(() -> rig.run("refused"));
            assertThat(failure.fact())
                    .isEqualTo("statement 1 of after_sql was refused: SQLSTATE 23514, table users,"
                            + " constraint users_income_check");
        } finally {
            rig.classify("", "");
        }
        requireStagingAsItWas();
        // PostgreSQL's own words would quote the row.
        assertThat(rig.everythingTold("refused")).doesNotContain("Failing row", "real7", "@example.test");
    }

    @Test
    void theReportCountsMasksReasonsAndSmallGroups() {
        rig.newStaging();
        rig.classify("    team_column: email\n", "    team_column: email\n    quasi_identifiers: [born, role]\n");
        try {
            AnonymizationReport report =
                    ((StagingSyncOutcome.Synced) rig.run("report")).report().orElseThrow();
            assertThat(report.scanned()).isEqualTo(4202);
            assertThat(report.tables())
                    .filteredOn(table -> table.table().equals("app.payments"))
                    .singleElement()
                    .isEqualTo(new OfTable(
                            "app.payments",
                            2001,
                            Sorted.copyOf(Map.of("email", 1L, "uuid", 1L)),
                            Sorted.copyOf(Map.of("amount", "prices are public", "id", "a number of ours")),
                            Sorted.of()));
            assertThat(report.tables())
                    .filteredOn(table -> table.table().equals("app.users"))
                    .singleElement()
                    .extracting(OfTable::numbered)
                    .isEqualTo(Sorted.copyOf(Map.of("phone", "id", "card", "id")));
            Group counted = new Group(
                    "app.users",
                    List.of("born", "role"),
                    5,
                    2001,
                    Long.parseLong(value(rig.staging, GROUPS + "SELECT min(n) FROM g")),
                    Long.parseLong(value(rig.staging, GROUPS + "SELECT sum(n) FROM g WHERE n < 5")));
            assertThat(counted.smallest()).as("nobody else has no birthday").isEqualTo(1);
            assertThat(report.groups()).containsExactly(counted);
        } finally {
            rig.classify("", "");
        }
    }

    @Test
    void aCopyWithSmallGroupsIsRefusedBeforeItIsStagingWhereTheClassificationSaysSo() {
        rig.newStaging();
        rig.classify("    team_column: email\n", "    team_column: email\n    quasi_identifiers: [born, role]\n");
        rig.changeClassification("version: 1", "version: 1\nsmall_groups: refused");
        try {
            assertThat(rig.plan().resolved().get("quasi-identifiers"))
                    .isEqualTo("app.users (born, role): groups below 5 rows stop the copy before it becomes staging");
            Failure failure = failure(() -> rig.run("small"));
            assertThat(failure.fact())
                    .matches("the copy has rows that are nearly alone with their quasi-identifiers: app\\.users"
                            + " \\(born, role\\): \\d+ of 2001 rows in groups below 5");
            assertThat(failure.anchor()).isEqualTo("staging-sync.md#small-groups");
        } finally {
            rig.classify("", "");
        }
        requireStagingAsItWas();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "scan", "swap"})
    void aStepThatFailsForGoodLeavesStagingAsItWas(String step) {
        rig.newStaging();
        rig.failAt(StepId.of(step));

        assertThat(failure(() -> rig.run("failing-" + step)).fact()).isEqualTo("broken by the test");

        requireStagingAsItWas();
    }

    @Test
    void aSuperuserAsOwnerIsRefused() {
        rig.newStaging();
        sql(rig.server(), "ALTER DATABASE " + rig.staging.database() + " OWNER TO postgres");
        assertThat(failure(() -> rig.plan()).fact())
                .endsWith(
                        "is owned by postgres, a superuser, whom no lock keeps out of the copy before it was looked at");
    }

    @Test
    void thePlanNamesTheClassificationAndHoldsNoKey() {
        rig.newStaging();
        Plan plan = rig.plan();
        assertThat(plan.resolved().get("classification")).contains("shop.yml, sha256:");
        assertThat(plan.resolved().get("columns")).isEqualTo("24 masked, 7 kept with a reason");
        assertThat(plan.steps())
                .extracting(step -> step.id())
                .startsWith(
                        StagingSyncSteps.COPY, StagingSyncSteps.SCAN, StagingSyncSteps.SWAP, StagingSyncSteps.CLEAR);
        assertThat(plan.toString()).doesNotContain("windlass.ipad=");
    }

    private static void requireStagingAsItWas() {
        assertThat(value(rig.staging, "SELECT words FROM public.old")).isEqualTo("as it was");
        assertThat(value(rig.staging, "SELECT datallowconn FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("t");
        assertThat(rig.leftBehind()).isEmpty();
    }

    private static Failure failure(ThrowingCallable running) {
        Optional<Failure> found = Optional.empty();
        try {
            running.call();
        } catch (WorkflowFailedException failed) {
            found = Failure.in(failed);
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
        return found.orElseThrow(() -> new AssertionError("it did not fail"));
    }
}
