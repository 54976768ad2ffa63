package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.open;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.workflows.kernel.DatabaseName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each lock for what it claims to stop, while the others do nothing. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagingLocksTest {
    private static ShopForSync shop;
    private static CopyOfShop copies;

    @BeforeAll
    static void start() {
        shop = new ShopForSync();
        sql(
                shop.source,
                "CREATE ROLE staging_app LOGIN",
                "CREATE ROLE reader LOGIN CREATEDB IN ROLE pg_read_all_data, pg_monitor",
                "UPDATE app.users SET iban = 'DE89370400440532013000', card = '4111111111111111' WHERE id = 1500",
                "UPDATE app.users SET street = E'Best,\n+41 79 555 00 01' WHERE id = 1501",
                "UPDATE app.users SET last_name = 'Canary-4f9a27c1' WHERE id = 1999");
        Database staging = shop.server.createDatabase();
        sql(shop.source, "ALTER DATABASE " + staging.database() + " OWNER TO staging_app");
        copies = new CopyOfShop(shop, staging);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @AfterEach
    void drop() {
        copies.drop();
    }

    /** The stream alone: nobody has scanned anything, and no role of production keeps the column from being read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                about     | about: {type: text, mask: text}                       | an e-mail address
                phone     | phone: {type: text, mask: phone, by: id}              | a phone number
                iban      | iban: {type: text, mask: iban}                        | an IBAN
                card      | card: {type: text, mask: card, by: id}                | a card number
                street    | street: {type: character varying(80), mask: address}  | a phone number
                last_ip   | last_ip: {type: inet, mask: ip}                       | an internet address
                last_name | last_name: {type: text, mask: name, part: last}       | the canary
                """)
    void theStreamStopsAColumnThatIsNotMaskedBeforeARowOfItIsWritten(String column, String rule, String form)
            throws Exception {
        // A canary that is allowed to pass at one column is looked for at all others.
        Classification mistaken = shop.classification(rule, rule.replaceAll("mask: .*}", "keep: only a test}"));

        assertThatThrownBy(() -> copies.make(copies.of(withCanary(mistaken))))
                .isInstanceOf(Tripped.class)
                .hasMessage("app.users." + column + " holds " + form + " that no mask has made");

        assertThat(value(copies.database(), "SELECT count(*) FROM app.users")).isEqualTo("0");
    }

    private static Classification withCanary(Classification read) {
        return new Classification(
                read.team(),
                Optional.of("canary-4f9a27c1"),
                read.domains(),
                read.tables(),
                read.smallestGroup(),
                read.own());
    }

    /** The scan alone: what is planted came by no stream. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE app.users SET about = 'ask jean.dupont@orange.fr' WHERE id = 2000",
                "UPDATE app.users SET tags = ARRAY['x', '+41 44 668 18 00'] WHERE id = 2000",
                "UPDATE app.users SET settings = '{\"theme\": \"DE89 3704 0044 0532 0130 00\"}' WHERE id = 2000",
                "UPDATE app.users SET about = E'Best,\nDE89 3704 0044 0532 0130 00' WHERE id = 2000",
                "UPDATE app.users SET settings = '{\"theme\": \"Best,\\n+41 44 668 18 00\"}' WHERE id = 2000",
                "UPDATE app.events SET ip = '203.0.113.9' WHERE id = 199",
                "UPDATE app.users SET homepage = 'http://203.0.113.9/' WHERE id = 2000",
                "UPDATE app.users SET last_name = 'CANARY-4F9A27C1' WHERE id = 2000"
            })
    void theScanFindsWhatNoStreamHasSeen(String planted) throws Exception {
        MaskedCopy copy = copies.of(withCanary(shop.classification()));
        copies.make(copy);
        copy.scan();
        sql(copies.database(), planted);

        assertThatThrownBy(copy::scan).isInstanceOf(Tripped.class);
    }

    /** Two harmless halves that PostgreSQL puts together when the copy is there already. */
    @Test
    void theScanSeesWhatPostgresComputes() throws Exception {
        sql(
                shop.source,
                "CREATE MATERIALIZED VIEW app.computed AS SELECT 'jean.dupont' || chr(64) || 'orange.fr' AS one");
        try {
            MaskedCopy copy = copies.of(shop.classification());
            copies.make(copy);
            assertThatThrownBy(copy::scan)
                    .isInstanceOf(Tripped.class)
                    .hasMessage("app.computed holds an e-mail address that no mask has made");
        } finally {
            sql(shop.source, "DROP MATERIALIZED VIEW app.computed");
        }
    }

    /** Unreadable alone: the copy is whole, nobody has looked at it yet. */
    @Test
    void nobodyButWindlassGetsIntoACopyThatIsNotStagingYet() throws Exception {
        copies.make(copies.of(shop.classification()));
        sql(copies.database(), "UPDATE app.users SET about = 'ask jean.dupont@orange.fr' WHERE id = 2000");
        for (String role : List.of("staging_app", "reader")) {
            assertThatThrownBy(() -> open(as(role)).close()).hasMessageContaining("permission denied for database");
        }
        try (var session = open(GrowingDatabase.named(shop.source, "postgres"));
                var statement = session.createStatement()) {
            statement.execute("SET ROLE reader");
            assertThatThrownBy(() -> statement.execute("CREATE DATABASE stolen TEMPLATE \""
                            + copies.database().database() + "\""))
                    .hasMessageContaining("permission denied to copy database");
            statement.execute("SET ROLE staging_app");
            // PostgreSQL only warns of what was not granted.
            statement.execute("GRANT CONNECT ON DATABASE \"" + copies.database().database() + "\" TO PUBLIC");
        }
        assertThatThrownBy(() -> open(as("staging_app")).close())
                .hasMessageContaining("permission denied for database");
    }

    private static Database as(String role) {
        Database made = copies.database();
        return new Database(
                new DatabaseName("copy"),
                made.database(),
                "staging",
                made.host(),
                made.port(),
                role,
                Optional.empty(),
                made.tools(),
                List.of());
    }
}
