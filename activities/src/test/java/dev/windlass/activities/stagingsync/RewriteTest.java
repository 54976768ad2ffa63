package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What after_sql does to a real copy, in a rig that carries the step out twice. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RewriteTest {
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
    void whatIsStagingsOwnIsInTheCopyAndPassesTheScan() {
        rig.newStaging();
        rig.classify("version: 1", """
                version: 1
                after_sql:
                  - UPDATE app.users SET about = 'ask ops@staging.example.com or 10.9.8.7', homepage = 'https://staging.example.com' WHERE id = 7
                  - DELETE FROM app.events WHERE id < 0
                  - INSERT INTO app.payments (amount) VALUES (4711)
                own_values: [ops@staging.example.com, 10.9.8.7]
                """);
        try {
            StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("own");
            assertThat(synced.rewritten()).containsExactly(1L, 0L, 1L);
            assertThat(value(rig.staging, "SELECT count(*) FROM app.payments WHERE amount = 4711"))
                    .as("the step was carried out twice")
                    .isEqualTo("1");
            assertThat(value(rig.staging, "SELECT about || ' ' || homepage FROM app.users WHERE id = 7"))
                    .isEqualTo("ask ops@staging.example.com or 10.9.8.7 https://staging.example.com");
            assertThat(
                            value(
                                    rig.staging,
                                    "SELECT coalesce(shobj_description(oid, 'pg_database'), 'none') FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("none");
            assertThat(rig.plan().steps()).extracting(step -> step.id()).contains(StagingSyncSteps.REWRITE);
        } finally {
            rig.classify("", "");
        }
    }

    /** Both name a table without its schema, as the application's search path lets them; one waits for the end of the transaction. */
    @Test
    void triggersOfTheApplicationFireAsTheyWouldThere() {
        rig.newStaging();
        sql(rig.server(), "ALTER DATABASE " + rig.staging.database() + " SET search_path = \"$user\", app, public");
        sql(
                rig.shop.source,
                "CREATE FUNCTION app.at_once() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN UPDATE users SET about = current_user WHERE id = 7; RETURN NULL; END'",
                "CREATE FUNCTION app.later() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN UPDATE users SET about = current_user WHERE id = 8; RETURN NULL; END'",
                "CREATE TRIGGER at_once AFTER INSERT ON app.payments FOR EACH ROW EXECUTE FUNCTION app.at_once()",
                "CREATE CONSTRAINT TRIGGER later AFTER INSERT ON app.payments DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION app.later()");
        rig.classify("version: 1", "version: 1\nafter_sql:\n  - INSERT INTO app.payments (amount) VALUES (4711)\n");
        try {
            rig.run("triggers");
            assertThat(value(
                            rig.staging, "SELECT string_agg(about, ',' ORDER BY id) FROM app.users WHERE id IN (7, 8)"))
                    .isEqualTo("staging_app,staging_app");
        } finally {
            rig.classify("", "");
            sql(rig.shop.source, "DROP FUNCTION app.at_once() CASCADE", "DROP FUNCTION app.later() CASCADE");
        }
    }
}
