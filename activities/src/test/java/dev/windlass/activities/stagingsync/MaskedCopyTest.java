package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.open;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole masked copy, from one database of a real server into another. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaskedCopyTest {
    private static final String INCOMING = "staging_incoming";

    private static ShopForSync shop;
    private static Database staging;
    private static CopyOfShop copies;

    @BeforeAll
    static void start() {
        shop = new ShopForSync();
        staging = shop.server.createDatabase();
        copies = new CopyOfShop(shop, staging);
        shop.addTeams();
        sql(
                shop.source,
                "CREATE ROLE staging_app LOGIN",
                "ALTER DATABASE " + staging.database() + " OWNER TO staging_app",
                "CREATE MATERIALIZED VIEW app.totals AS SELECT payer, sum(amount) AS total FROM app.payments GROUP BY payer",
                "CREATE MATERIALIZED VIEW app.a_grand AS SELECT sum(total) AS grand FROM app.totals",
                "CREATE UNIQUE INDEX totals_payer ON app.totals (payer)",
                "ALTER TABLE app.payments ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY mine ON app.payments USING (amount < 5)",
                "COMMENT ON TABLE app.users IS 'ask jean.dupont@orange.fr'",
                "CREATE FUNCTION app.loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a trigger fired'; END $$",
                "CREATE TRIGGER loud BEFORE INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.loud()",
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE EXTENSION postgres_fdw SCHEMA public",
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.internal')",
                "CREATE USER MAPPING FOR postgres SERVER elsewhere OPTIONS (user 'x', password 'PRODSECRET')",
                "SELECT nextval('app.payments_id_seq'), nextval('app.payments_id_seq')");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @AfterEach
    void drop() {
        copies.drop();
    }

    @Test
    void everythingArrivesMaskedAndNobodyElseGetsIn() throws Exception {
        MaskedCopy copy = copy(shop.classification());

        assertThat(make(copy))
                .isEqualTo(Map.of("app.users", 2001L, "app.payments", 2001L, "app.events", 200L, "app.teams", 2L));
        assertThat(copy.rows()).isEqualTo(4204);
        copy.scan();

        Database made = GrowingDatabase.named(staging, INCOMING);
        assertThat(value(made, "SELECT count(*) FROM app.users WHERE full_name = first_name || ' ' || last_name"))
                .isEqualTo("2001");
        assertThat(value(made, "SELECT count(*) FROM app.totals")).isEqualTo("2001");
        assertThat(
                        value(
                                made,
                                "SELECT count(*) || ' ' || count(DISTINCT lead.email) FROM app.users member JOIN app.teams t ON t.id = member.team_id"
                                        + " JOIN app.users lead ON lead.email = t.lead JOIN app.users manager ON manager.id = member.manager_id"))
                .isEqualTo("2001 2");
        assertThat(
                        value(
                                made,
                                "SELECT (SELECT count(*) FROM pg_inherits WHERE inhparent = 'app.events'::regclass) || ' '"
                                        + " || (SELECT count(*) FROM app.events_2025) || ' ' || (SELECT count(*) FROM pg_extension WHERE extname = 'citext')"
                                        + " || ' ' || (SELECT string_agg(DISTINCT role::text, ',') FROM app.users) || ' '"
                                        + " || (SELECT attidentity::text FROM pg_attribute WHERE attrelid = 'app.users'::regclass AND attname = 'id')"))
                .isEqualTo("2 121 1 student a");
        assertThat(value(made, "SELECT grand FROM app.a_grand"))
                .isEqualTo(value(shop.source, "SELECT sum(amount) FROM app.payments"));
        assertThat(value(made, "SELECT nextval('app.payments_id_seq') || ' ' || nextval('app.users_id_seq')"))
                .isEqualTo("2004 2002");
        assertThat(value(made, "SELECT bool_and(convalidated)::text FROM pg_constraint WHERE contype IN ('f', 'c')"))
                .isEqualTo("true");
        assertThat(
                        value(
                                made,
                                "SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ',') FROM pg_class WHERE relnamespace = 'app'::regnamespace"))
                .isEqualTo("staging_app");
        assertThat(
                        value(
                                made,
                                "SELECT (SELECT count(*) FROM pg_user_mappings) || ' ' || (SELECT count(*) FROM pg_publication) || ' '"
                                        + " || (SELECT count(*) FROM pg_foreign_server) || ' ' || coalesce(obj_description('app.users'::regclass), 'none')"))
                .isEqualTo("0 0 0 none");
        assertThat(value(made, "SELECT relrowsecurity::text FROM pg_class WHERE oid = 'app.payments'::regclass"))
                .isEqualTo("true");
        Database asTheApp = new Database(
                made.name(),
                INCOMING,
                "staging",
                made.host(),
                5432,
                "staging_app",
                Optional.empty(),
                made.tools(),
                List.of());
        assertThatThrownBy(() -> open(asTheApp).close()).hasMessageContaining("permission denied for database");
    }

    @Test
    void aValueThatNoMaskHasMadeStopsTheCopyBeforeItIsWritten() throws Exception {
        MaskedCopy copy =
                copy(shop.classification("about: {type: text, mask: text}", "about: {type: text, keep: only a test}"));

        assertThatThrownBy(() -> make(copy))
                .isInstanceOf(Tripped.class)
                .hasMessage("app.users.about holds an e-mail address that no mask has made");

        assertThat(value(GrowingDatabase.named(staging, INCOMING), "SELECT count(*) FROM app.users"))
                .isEqualTo("0");
    }

    @Test
    void aCanaryStopsWhatHasNoForm() throws Exception {
        sql(shop.source, "UPDATE app.users SET last_name = 'Canary-4f9a27c1' WHERE id = 1500");
        try {
            String canary = "version: 1\ncanary: canary-4f9a27c1";
            make(copy(shop.classification("version: 1", canary)));
            drop();
            Classification kept = shop.classification("version: 1", canary);
            Classification mistaken = shop.classification(
                    "last_name: {type: text, mask: name, part: last}", "last_name: {type: text, keep: only a test}");
            assertThatThrownBy(() -> make(copy(new Classification(
                            kept.team(),
                            kept.canary(),
                            mistaken.domains(),
                            mistaken.tables(),
                            kept.smallestGroup(),
                            kept.own()))))
                    .isInstanceOf(Tripped.class)
                    .hasMessage("app.users.last_name holds the canary that no mask has made");
        } finally {
            sql(shop.source, "UPDATE app.users SET last_name = 'Person1500' WHERE id = 1500");
        }
    }

    @Test
    void aDefinitionIsLookedAtAsRowsAre() {
        sql(shop.source, "ALTER TABLE app.users ALTER about SET DEFAULT 'ask jean.dupont@orange.fr'");
        try {
            assertThatThrownBy(() -> make(copy(shop.classification())))
                    .isInstanceOf(Tripped.class)
                    .hasMessage("the definition of TABLE users holds an e-mail address that no mask has made");
            assertThat(value(shop.source, "SELECT count(*) FROM pg_database WHERE datname = '" + INCOMING + "'"))
                    .isEqualTo("0");
        } finally {
            sql(shop.source, "ALTER TABLE app.users ALTER about DROP DEFAULT");
        }
    }

    @Test
    void aColumnThatCameSinceTheReviewStopsTheCopy() {
        Classification before = shop.classification();
        sql(shop.source, "ALTER TABLE app.users ADD recovery_email text");
        try {
            assertThatThrownBy(() -> make(copy(before)))
                    .hasMessageContaining("app.users.recovery_email: is a column that nobody has classified");
        } finally {
            sql(shop.source, "ALTER TABLE app.users DROP recovery_email");
        }
    }

    @Test
    void theScanSeesWhatThePipeNeverSaw() throws Exception {
        MaskedCopy copy = copy(shop.classification());
        make(copy);
        sql(
                GrowingDatabase.named(staging, INCOMING),
                "UPDATE app.users SET settings = '{\"theme\": \"call +41 44 668 18 00\"}' WHERE id = 1999");

        assertThatThrownBy(copy::scan)
                .isInstanceOf(Tripped.class)
                .hasMessage("app.users holds a phone number that no mask has made");
    }

    @Test
    void whatWasRewrittenIsNotedWithItAndViewsAreOfTheNewRows() throws Exception {
        make(copy(shop.classification()));
        Incoming incoming =
                new Incoming(PostgresForTests.CONNECTIONS, CopyOfShop.TOKEN, staging, INCOMING, "staging_app");

        assertThat(incoming.rewrite(List.of("UPDATE app.payments SET amount = 1 WHERE id <= 2")))
                .containsExactly(2L);

        Database made = GrowingDatabase.named(staging, INCOMING);
        assertThat(value(made, "SELECT grand FROM app.a_grand"))
                .isEqualTo(value(made, "SELECT sum(amount) FROM app.payments"));
        assertThat(
                        RewrittenNote.read(
                                value(
                                        made,
                                        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")))
                .contains(List.of(2L));
        assertThatThrownBy(() -> incoming.rewrite(
                        List.of("DELETE FROM app.events", "UPDATE app.users SET income = -1 WHERE id = 3")))
                .hasMessageContaining("statement 2 of after_sql was refused: SQLSTATE 23514");
        assertThat(value(made, "SELECT count(*) FROM app.events")).isEqualTo("200");
    }

    @Test
    void aFailureOfOneStreamEndsTheOthersAndHoldsNoValue() {
        Classification broken = shop.classification(
                "postcode: {type: app.postcode, mask: constant, value: \"00000\"}",
                "postcode: {type: app.postcode, mask: hash}");

        assertThatThrownBy(() -> make(copy(broken)))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(QuietFailures.said(refused))
                                .isEqualTo("SQLSTATE 23514, type postcode, constraint postcode_check"));
        // A backend notices that its client is gone when it writes next.
        PostgresForTests.waitUntil(
                "all streams have ended",
                () -> value(
                                shop.source,
                                "SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                                        + CopyOfShop.TOKEN.abbreviated() + "' AND state <> 'idle'")
                        .equals("0"));
    }

    private static MaskedCopy copy(Classification classification) {
        return copies.of(classification);
    }

    private static Map<String, Long> make(MaskedCopy copy) throws SQLException, Tripped {
        return copies.make(copy);
    }
}
