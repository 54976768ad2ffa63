package dev.windlass.activities.recovery;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import io.temporal.client.WorkflowStub;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be recovered leaves the live database as it is, and nothing of the run. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoveryRefusalsTest {
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
    void whatCannotComeBackIsSaidBeforeAnythingIsDone() {
        refuses(
                rig.request("app.notes"),
                FailureType.PRECONDITION,
                "table app.notes has no primary key, so nobody can tell which of its rows are missing");
        refuses(
                rig.request("app.nobody"),
                FailureType.NOT_FOUND,
                "database " + database.name() + " has no table app.nobody that rows could come back into");
        String name = database.database() + "_recovered_"
                + set.value().toLowerCase(Locale.ROOT).replace('-', '_');
        sql(rig.server, "CREATE DATABASE " + name);
        refuses(
                rig.request("app.orders"),
                FailureType.ALREADY_EXISTS,
                "the server at " + database.host() + ":" + database.port() + " has a database " + name
                        + " already, which the recovery needs as a name");
        assertThat(rig.names()).contains(name);
    }

    private static void refuses(RecoverDatabaseRequest request, FailureType type, String fact) {
        WorkflowStub run = rig.start(request);
        assertThatThrownBy(() -> rig.outcome(run)).satisfies(thrown -> {
            Failure failure = Failure.in(thrown).orElseThrow();
            assertThat(failure.type()).isEqualTo(type);
            assertThat(failure.fact()).isEqualTo(fact);
        });
    }

    @Test
    void aFailureDropsTheCopyAndLeavesTheLiveDatabase() {
        sql(database, "CREATE TABLE app.later (id int PRIMARY KEY)");
        refuses(
                rig.request("app.later"),
                FailureType.NOT_FOUND,
                "set " + set + " of store local holds no table app.later");
        assertThat(rig.names()).containsExactly(database.database());

        sql(database, "DELETE FROM app.orders", "DELETE FROM app.users WHERE id = 5");
        WorkflowStub run = rig.start(rig.request("app.orders"));
        rig.decide(rig.question(), Verdict.APPROVE);
        assertThatThrownBy(() -> rig.outcome(run)).satisfies(thrown -> {
            Failure failure = Failure.in(thrown).orElseThrow();
            assertThat(failure.fact())
                    .startsWith("rows that would come back refer to others that are missing as well:")
                    .endsWith("; none came back");
            assertThat(failure.anchor()).isEqualTo("recover-database.md#refused-rows");
        });
        assertThat(value(database, "SELECT count(*) FROM app.orders")).isEqualTo("0");
        assertThat(value(
                        database,
                        "SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY tgname) FROM pg_trigger"
                                + " WHERE tgrelid = 'app.orders'::regclass AND NOT tgisinternal"))
                .isEqualTo("alwaysA,mailO,offD");
        assertThat(rig.names()).containsExactly(database.database());
        assertThat(rig.asked.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.lines())
                        .contains("all rows came back or none; a run that is" + " started again adds nothing twice"));
    }
}
