package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ColumnRule;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.MaskedTable;
import dev.windlass.runbooks.stagingsync.MaskedViews;
import dev.windlass.runbooks.stagingsync.OfTheTeam;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.runbooks.stagingsync.TableRule;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import io.temporal.client.WorkflowFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** What the role that reads masked views can read, with no pipe, no scan and no closed database behind it. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GrantLockTest {
    private static final String ROLE = "windlass_mask_reader";

    private static StagingSyncRig rig;
    private static ShopForSync shop;
    private static Classification classification;

    @BeforeAll
    static void start() {
        rig = new StagingSyncRig(", reader: {user: " + ROLE + "}");
        shop = rig.shop;
        classification = shop.classification();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void provision() {
        sql(shop.source, new MaskedViews(classification, ShopForSync.schema(shop.source), ROLE).script());
    }

    @Test
    void rowsComeThroughTheViewsAsTheStatementsMaskThem() {
        assertThat(findings()).isEmpty();
        MaskKey key = MaskKey.random();
        for (SchemaTable table : ShopForSync.schema(shop.source).tables()) {
            for (TableReference holder : table.holders()) {
                assertThat(read(reader(), key, MaskedViews.copyOut(table, holder)))
                        .isEqualTo(read(shop.source, key, new MaskedTable(classification, table).copyOut(holder)))
                        .isNotEmpty();
            }
        }
    }

    /** A right on the schema is what many have granted to PUBLIC: the tables are to be closed by themselves. */
    @Test
    void theRoleReadsNoTable() {
        sql(shop.source, "GRANT USAGE ON SCHEMA app TO " + ROLE);
        for (String statement : List.of(
                "SELECT email FROM app.users",
                "SELECT id FROM app.users",
                "SELECT * FROM app.events_2025",
                "COPY app.payments TO STDOUT")) {
            assertThatThrownBy(() -> sql(reader(), statement)).hasMessageContaining("permission denied for table");
        }
        sql(shop.source, "REVOKE USAGE ON SCHEMA app FROM " + ROLE);
    }

    @Test
    void aColumnWithoutAFateCannotBeReadWhateverOurStatementSays() {
        sql(
                shop.source,
                "GRANT USAGE ON SCHEMA app TO " + ROLE,
                "ALTER TABLE app.users ADD recovery_email text",
                "UPDATE app.users SET recovery_email = 'real' || id || '@mail.example.org'");
        try {
            SchemaTable today = ShopForSync.table(ShopForSync.schema(shop.source), "app.users");
            assertThatThrownBy(() -> read(reader(), MaskKey.random(), MaskedViews.copyOut(today, today.table())))
                    .hasMessageContaining("column \"recovery_email\" does not exist");
            assertThatThrownBy(() -> sql(reader(), "SELECT recovery_email FROM app.users"))
                    .hasMessageContaining("permission denied for table users");
        } finally {
            sql(shop.source, "ALTER TABLE app.users DROP recovery_email", "REVOKE USAGE ON SCHEMA app FROM " + ROLE);
        }
    }

    @Test
    void viewsThatAreOthersThanTheClassificationMakesAreRefused() {
        sql(
                shop.source,
                "CREATE OR REPLACE VIEW windlass_masked.\"app.payments\" WITH (security_barrier) AS"
                        + " SELECT id, payer::text, user_ref, amount FROM app.payments",
                "DROP VIEW windlass_masked.\"app.events_2026\"",
                "CREATE VIEW windlass_masked.more AS SELECT 1 AS one");

        assertThat(findings())
                .containsExactly(
                        "windlass_masked.app.events_2026: is a view that is not there",
                        "windlass_masked.app.payments: is another view than the classification makes",
                        "windlass_masked.more: is a view of nothing that is copied");
        assertThat(findings(shop.classification("about: {type: text, mask: text}", "about: {type: text, mask: hash}")))
                .contains("windlass_masked.app.users: is another view than the classification makes");
    }

    @Test
    void aColumnThatEverybodyMayReadIsRefused() {
        sql(shop.source, "GRANT SELECT (email) ON app.users TO PUBLIC");
        try {
            assertThat(findings()).containsExactly("app.users: can be read by " + ROLE + ", past the masked views");
        } finally {
            sql(shop.source, "REVOKE SELECT (email) ON app.users FROM PUBLIC");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GRANT pg_monitor TO %s | REVOKE pg_monitor FROM %s"
                        + " | is a superuser, passes row level security, or is a member of another role",
                "ALTER ROLE %s BYPASSRLS | ALTER ROLE %s NOBYPASSRLS"
                        + " | is a superuser, passes row level security, or is a member of another role",
                "ALTER ROLE %s CREATEROLE | ALTER ROLE %s NOCREATEROLE"
                        + " | may make roles or replicate, and so get at what it cannot read",
                "ALTER ROLE %s REPLICATION | ALTER ROLE %s NOREPLICATION"
                        + " | may make roles or replicate, and so get at what it cannot read"
            })
    void aRoleThatIsMoreThanAReaderIsRefused(String change, String back, String said) {
        sql(shop.source, change.formatted(ROLE));
        try {
            assertThat(findings()).containsExactly(ROLE + ": " + said);
        } finally {
            sql(shop.source, back.formatted(ROLE));
        }
    }

    @Test
    void aFunctionThatLendsTheRightsOfItsOwnerIsRefused() {
        sql(
                shop.source,
                "CREATE FUNCTION public.mail(n bigint) RETURNS text LANGUAGE sql SECURITY DEFINER"
                        + " AS 'SELECT email::text FROM app.users WHERE id = n'",
                "CREATE FUNCTION app.out_of_reach() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user::text'");
        try {
            // What it stands for: this is how such a role reads a table.
            assertThat(value(reader(), "SELECT public.mail(1)")).isEqualTo("real1@mail.example.org");
            assertThat(findings())
                    .containsExactly("public.mail(n bigint): runs with the rights of its owner (SECURITY DEFINER),"
                            + " and can be called by " + ROLE);
            sql(shop.source, "REVOKE EXECUTE ON FUNCTION public.mail(bigint) FROM PUBLIC");
            assertThat(findings()).isEmpty();
        } finally {
            sql(shop.source, "DROP FUNCTION public.mail(bigint)", "DROP FUNCTION app.out_of_reach()");
        }
    }

    /** The script is run by somebody who may do everything. */
    @Test
    void aTableWhoseNameEndsAQuotationIsOnlyAName() {
        String name = "t$do$;create role evil;do $do$begin--";
        sql(shop.source, "CREATE TABLE app.\"" + name + "\" (id int)");
        try {
            Schema schema = ShopForSync.schema(shop.source);
            Classification rules =
                    withOneMore(ShopForSync.table(schema, "app." + name).table());
            sql(shop.source, new MaskedViews(rules, schema, ROLE).script());

            assertThat(value(shop.source, "SELECT count(*) FROM pg_roles WHERE rolname = 'evil'"))
                    .isEqualTo("0");
            assertThat(findings(rules)).isEmpty();
        } finally {
            sql(shop.source, "DROP TABLE app.\"" + name + "\" CASCADE");
        }
    }

    private static Classification withOneMore(TableReference table) {
        ColumnRule kept = new ColumnRule(
                "integer", new ColumnRule.Fate.Keep("a number"), ColumnRule.Standing.REVIEWED, OfTheTeam.MASKED);
        Map<TableReference, TableRule> tables = new HashMap<>(classification.tables());
        tables.put(table, new TableRule("", new TableRule.Rows.All(), Optional.empty(), Map.of("id", kept), List.of()));
        return new Classification(
                classification.team(),
                classification.canary(),
                classification.domains(),
                tables,
                classification.smallestGroup(),
                classification.own());
    }

    @Test
    void aWholeRunReadsByTheViewsAndTheyStayBehind() {
        rig.newStaging();
        assertThat(((StagingSyncOutcome.Synced) rig.run("views")).scanned()).isEqualTo(4202);
        assertThat(rig.plan().resolved().get("rows are read"))
                .isEqualTo("as windlass_mask_reader, which reads the masked views and nothing else");
        assertThat(value(rig.staging, "SELECT count(*) FROM pg_namespace WHERE nspname = 'windlass_masked'"))
                .isEqualTo("0");

        sql(shop.source, "DROP SCHEMA windlass_masked CASCADE");
        assertThatThrownBy(() -> rig.run("without"))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(Failure.in(failed).orElseThrow().fact())
                                .contains("windlass_masked.app.users: is a view that is not there"));
    }

    private static List<String> findings() {
        return findings(classification);
    }

    private static List<String> findings(Classification rules) {
        Schema schema = ShopForSync.schema(shop.source);
        try (Connection connection = PostgresForTests.open(shop.source)) {
            return GrantCheck.findings(connection, rules, schema, ROLE).stream()
                    .map(Finding::text)
                    .map(text -> text.lines().findFirst().orElse(""))
                    .toList();
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    private static Database reader() {
        return new Database(
                shop.source.name(),
                shop.source.database(),
                "production",
                shop.source.host(),
                shop.source.port(),
                ROLE,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static String read(Database database, MaskKey key, String statement) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection connection = ShopForSync.masking(database, key)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement, rows);
            return rows.toString(StandardCharsets.UTF_8);
        } catch (SQLException | IOException broken) {
            throw new AssertionError(broken.getMessage(), broken);
        }
    }
}
