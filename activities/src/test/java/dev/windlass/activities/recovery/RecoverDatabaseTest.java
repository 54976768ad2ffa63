package dev.windlass.activities.recovery;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.TableComparison;
import dev.windlass.workflows.recovery.TableComparison.Kind;
import dev.windlass.workflows.recovery.TableComparison.Rows;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TwoCompared;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that lost rows, over a real PostgreSQL and a real backup. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverDatabaseTest {
    private static RecoveryRig rig;
    private static Database database;

    private SetId set = new SetId("00010101T000000Z-00000000");

    @BeforeAll
    static void start() {
        rig = new RecoveryRig();
        database = rig.database;
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void begin() {
        rig.dropWhatIsKept();
        set = rig.begin();
    }

    @Test
    void deletedRowsComeBackAndWhatWasWrittenSinceStays() throws Exception {
        String orders = rig.rowsOf(database, "app.orders");
        sql(
                database,
                "DELETE FROM app.orders",
                "DELETE FROM app.users WHERE id <= 40",
                "DELETE FROM app.events",
                // As TRUNCATE … RESTART IDENTITY would have it.
                "ALTER TABLE app.orders ALTER COLUMN id RESTART",
                "UPDATE app.users SET name = 'Renamed' WHERE id = 41",
                "INSERT INTO app.users (name) VALUES ('Since'), ('Jürgen 7')",
                "UPDATE app.other SET words = 'since' WHERE id = 1",
                "INSERT INTO app.other VALUES (11, 'since')",
                // A column that the backup does not have yet.
                "ALTER TABLE app.users ADD COLUMN colour text DEFAULT 'blue'");
        RecoverDatabaseRequest request = rig.request("app.users", "app.orders", "app.events");
        // User 7 cannot come back, whose name is taken, and so neither can his orders.
        sql(database, "ALTER TABLE app.orders DROP CONSTRAINT orders_user_id_fkey");
        Plan plan = rig.plan(request);
        rig.effects().forget();

        RecoverDatabaseOutcome.RowsBack back = (RecoverDatabaseOutcome.RowsBack) rig.approved(request);

        assertThat(back.smoke()).isEmpty();
        assertThat(back.tables())
                .containsExactlyInAnyOrder(
                        new BroughtBack(new TableReference("app.users"), 39, 1),
                        new BroughtBack(new TableReference("app.orders"), 3000, 0),
                        new BroughtBack(new TableReference("app.events"), 200, 0));
        assertThat(rig.rowsOf(database, "app.orders")).isEqualTo(orders);
        assertThat(value(database, "SELECT count(*) FROM app.events")).isEqualTo("200");
        assertThat(value(database, "SELECT name FROM app.users WHERE id = 41")).isEqualTo("Renamed");
        assertThat(value(database, "SELECT name || colour FROM app.users WHERE id = 8"))
                .isEqualTo("Jürgen 8blue");
        assertThat(value(database, "SELECT string_agg(words, ',' ORDER BY id) FROM app.other WHERE id IN (1, 11)"))
                .isEqualTo("since,since");
        assertThat(value(
                        database,
                        "SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY tgname) FROM pg_trigger"
                                + " WHERE tgrelid = 'app.orders'::regclass AND NOT tgisinternal"))
                .as("triggers as they were")
                .isEqualTo("alwaysA,mailO,offD");
        assertThat(value(database, "SELECT nextval('app.orders_id_seq')"))
                .as("raised")
                .isEqualTo("3001");
        assertThat(value(database, "SELECT nextval('app.users_id_seq')"))
                .as("not lowered")
                .isEqualTo("103");
        assertThat(rig.names()).containsExactly(database.database());
        requireReport(back.compared());
        assertThat(Files.readString(Path.of(back.compared().report())))
                .contains("{\"key\":[\"40\"],\"row\":\"missing live\",\"table\":\"app.users\"}\n")
                .contains("{\"key\":[\"101\"],\"row\":\"only live\",\"table\":\"app.users\"}\n")
                .contains("{\"key\":[\"41\"],\"row\":\"different\",\"table\":\"app.users\"}\n")
                .doesNotContain("Jürgen");
        PlanEquality equality = new PlanEquality(plan, Set.of());
        assertThat(equality.differences(rig.effects().all())).isEmpty();
        assertThat(equality.missing(rig.effects().all())).isEmpty();

        WorkflowStub again = rig.start(rig.request("app.orders"));
        assertThat(rig.outcome(again)).isInstanceOf(RecoverDatabaseOutcome.NothingMissing.class);
        assertThat(rig.asked.shown).as("questions").isEmpty();
        assertThat(rig.names()).containsExactly(database.database());
    }

    private static void requireReport(TwoCompared compared) throws Exception {
        Path report = Path.of(compared.report());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
                .isEqualTo("rw-------");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(report))))
                .isEqualTo(compared.sha256());
    }

    @Test
    void aSwapLosesExactlyTheRowsThatItListsAndKeepsThemInTheOldOne() throws IOException {
        String orders = rig.rowsOf(database, "app.orders");
        sql(rig.server, "COMMENT ON DATABASE " + database.database() + " IS 'it''s the shop'");
        sql(
                database,
                "DELETE FROM app.orders WHERE id > 10",
                "INSERT INTO app.other VALUES (11, 'since'), (12, 'since')",
                "UPDATE app.users SET name = 'Renamed' WHERE id = 41",
                "INSERT INTO app.notes VALUES ('since')",
                "CREATE TABLE app.later (id int PRIMARY KEY)",
                "INSERT INTO app.later VALUES (1)");
        RecoverDatabaseRequest request = rig.request();
        Plan plan = rig.plan(request);
        rig.effects().forget();
        WorkflowStub run = rig.start(request);
        Question question = rig.question();
        assertThat(question.facts())
                .containsEntry("table app.other", "0 missing live, 2 only live, 0 different")
                .containsEntry("table app.later", "not in the copy: a swap loses the table with 1 rows")
                .hasEntrySatisfying("report", words -> assertThat(words).contains(", sha256 "));
        assertThat(question.digest()).as("bound to the numbers").isNotEqualTo(plan.digest());
        rig.decide(question, Verdict.APPROVE);

        RecoverDatabaseOutcome.Swapped swapped = (RecoverDatabaseOutcome.Swapped) rig.outcome(run);

        assertThat(swapped.compared().tables())
                .containsExactly(
                        new TableComparison(new TableReference("app.later"), Kind.ONLY_LIVE, 1, 0, Optional.empty()),
                        new TableComparison(
                                new TableReference("app.notes"), Kind.WITHOUT_KEY, 11, 10, Optional.empty()),
                        byKey("app.orders", 10, 3000, new Rows(2990, 0, 0)),
                        byKey("app.other", 12, 10, new Rows(0, 2, 0)),
                        byKey("app.users", 100, 100, new Rows(0, 0, 1)));
        assertThat(Files.readAllLines(Path.of(swapped.compared().report())).stream()
                        .filter(line -> line.contains("\"only live\"") || line.contains("\"different\"")))
                .containsExactly(
                        "{\"key\":[\"11\"],\"row\":\"only live\",\"table\":\"app.other\"}",
                        "{\"key\":[\"12\"],\"row\":\"only live\",\"table\":\"app.other\"}",
                        "{\"key\":[\"41\"],\"row\":\"different\",\"table\":\"app.users\"}");
        String kept = database.database() + "_broken_"
                + set.value().toLowerCase(Locale.ROOT).replace('-', '_');
        assertThat(swapped.names().kept()).isEqualTo(kept);
        assertThat(rig.names()).containsExactly(database.database(), kept);
        assertThat(rig.rowsOf(database, "app.orders")).isEqualTo(orders);
        assertThat(value(database, "SELECT count(*) FROM app.other")).isEqualTo("10");
        assertThat(value(
                        rig.server,
                        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '"
                                + database.database() + "'"))
                .isEqualTo("it's the shop");
        assertThat(swapped.smoke()).isEmpty();
        sql(rig.server, swapped.names().open());
        assertThat(value(GrowingDatabase.named(database, kept), "SELECT count(*) FROM app.other"))
                .isEqualTo("12");
        PlanEquality equality = new PlanEquality(plan, Set.of());
        assertThat(equality.differences(rig.effects().all())).isEmpty();
        assertThat(equality.missing(rig.effects().all())).isEmpty();
        Files.createDirectories(Path.of("target/histories"));
        Files.writeString(Path.of("target/histories/recover-database.json"), rig.history(run));
    }

    private static TableComparison byKey(String table, long live, long copy, Rows rows) {
        return new TableComparison(new TableReference(table), Kind.BY_KEY, live, copy, Optional.of(rows));
    }

    @Test
    void aRejectionLeavesEverythingAsItWas() {
        sql(database, "DELETE FROM app.orders WHERE id > 10");
        WorkflowStub run = rig.start(rig.request());
        rig.decide(rig.question(), Verdict.REJECT);

        assertThat(rig.outcome(run)).isInstanceOfSatisfying(RecoverDatabaseOutcome.NotApproved.class, not -> {
            assertThat(not.state()).isEqualTo(QuestionState.REJECTED);
            assertThat(not.reason()).isEqualTo("ben rejected it: because");
        });
        assertThat(rig.names()).containsExactly(database.database());
        assertThat(value(database, "SELECT count(*) FROM app.orders")).isEqualTo("10");
        assertThat(rig.asked.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.headline())
                        .isEqualTo("recovery of " + database.name() + " was not approved: ben rejected it: because"));
    }

    @Test
    void whatHasChangedSinceTheComparisonIsComparedAndAskedAgain() {
        sql(database, "DELETE FROM app.orders WHERE id > 10");
        WorkflowStub run = rig.start(rig.request());
        Question first = rig.question();
        sql(database, "INSERT INTO app.other VALUES (11, 'since')");
        rig.decide(first, Verdict.APPROVE);

        Question second = rig.question(2);
        assertThat(second.facts()).containsEntry("table app.other", "0 missing live, 1 only live, 0 different");
        sql(database, "INSERT INTO app.other VALUES (12, 'since')");
        rig.decide(second, Verdict.APPROVE);
        Question third = rig.question(3);
        sql(database, "INSERT INTO app.other VALUES (13, 'since')");
        rig.decide(third, Verdict.APPROVE);

        assertThat(rig.outcome(run))
                .isInstanceOfSatisfying(
                        RecoverDatabaseOutcome.KeptChanging.class,
                        changing -> assertThat(changing.tries()).isEqualTo(3));
        assertThat(rig.names()).containsExactly(database.database());
        assertThat(value(database, "SELECT count(*) FROM app.other")).isEqualTo("13");
    }
}
