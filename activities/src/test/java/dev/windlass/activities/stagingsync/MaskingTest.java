package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.open;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.ClassificationCheck;
import dev.windlass.runbooks.stagingsync.Finding;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What arrives of a table that was read through its masks, on a real PostgreSQL. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaskingTest {
    private static ShopForSync shop;
    private static Database target;
    private static Classification classification;
    private static MaskKey key;

    @BeforeAll
    static void copyOnce() {
        shop = new ShopForSync();
        classification = shop.classification();
        target = shop.emptyCopy();
        key = MaskKey.random();
        shop.copy(classification, target, key);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void theClassificationFitsAndItsMasksAreTaken() {
        assertThat(ClassificationCheck.findings(classification, ShopForSync.schema(shop.source)))
                .isEmpty();
        assertThat(shop.trial(classification)).isEmpty();
    }

    @Test
    void allRowsArriveAndNothingRealWithThem() {
        assertThat(value(target, "SELECT count(*) FROM app.users")).isEqualTo("2001");
        assertThat(value(target, "SELECT count(*) FROM app.payments")).isEqualTo("2001");
        assertThat(value(target, "SELECT count(*) FROM app.events")).isEqualTo("200");
        for (String table : List.of("app.users", "app.payments", "app.events")) {
            assertThat(
                            value(
                                    target,
                                    "SELECT count(*) FROM " + table
                                            + " t WHERE t::text ~* 'real[0-9]|person[0-9]|\\+4179|10\\.1\\.|10\\.0\\.0|fd00::|secret'"))
                    .as(table)
                    .isEqualTo("0");
        }
    }

    @Test
    void addressesStayDifferentAndTheirForeignKeysHold() {
        assertThat(value(
                        target,
                        "SELECT count(DISTINCT email) FROM app.users WHERE email ~ '^u[0-9a-f]{20}@example\\.test$'"))
                .isEqualTo("2000");
        assertThat(value(
                        target,
                        "SELECT count(*) FROM app.users u JOIN app.payments p ON lower(p.payer::text) = lower(u.email::text) AND p.user_ref = u.public_id"
                                + " AND p.id = u.id"))
                .isEqualTo("2001");
        assertThat(
                        value(
                                target,
                                "SELECT count(*) FROM app.users u WHERE u.addresses[1] = u.email AND array_length(u.addresses, 1) = 1"))
                .isEqualTo("2000");
    }

    @Test
    void theTeamGoesOnWorking() {
        assertThat(
                        value(
                                target,
                                "SELECT email || ' ' || (first_name = 'Ana') || ' ' || (last_name = 'Team') FROM app.users WHERE id = 2001"))
                .isEqualTo("Ana@Example.com true false");
        assertThat(value(target, "SELECT payer FROM app.payments WHERE id = 2001"))
                .isEqualTo("ANA@EXAMPLE.COM");
    }

    @Test
    void aPhoneNumberIsMadeFromTheKeyAndBelongsToNoCountry() {
        assertThat(value(target, "SELECT phone FROM app.users WHERE id = 17")).isEqualTo("+999000000000017");
        assertThat(value(target, "SELECT count(DISTINCT phone) FROM app.users")).isEqualTo("2000");
    }

    @Test
    void accountsHaveTheRightCheckDigitsAndNoBank() {
        for (String iban : column("SELECT iban FROM app.users WHERE iban IS NOT NULL LIMIT 200")) {
            assertThat(iban).matches("FR\\d{2}00000\\d{18}");
            String digits = iban.substring(4) + "1527" + iban.substring(2, 4);
            assertThat(new BigInteger(digits).mod(BigInteger.valueOf(97))).isEqualTo(BigInteger.ONE);
        }
        assertThat(value(target, "SELECT count(DISTINCT iban) FROM app.users")).isEqualTo("2000");
    }

    @Test
    void cardsHaveTheRightCheckDigitAndNoIssuer() {
        for (String card : column("SELECT card FROM app.users WHERE card IS NOT NULL LIMIT 200")) {
            assertThat(card).matches("9999\\d{12}");
            int sum = 0;
            for (int i = 0; i < card.length(); i++) {
                int digit = card.charAt(i) - '0';
                int twice = i % 2 == 0 ? digit * 2 : digit;
                sum += twice > 9 ? twice - 9 : twice;
            }
            assertThat(sum % 10).isZero();
        }
        assertThat(value(target, "SELECT count(DISTINCT card) FROM app.users")).isEqualTo("2000");
    }

    @Test
    void internetAddressesAreThoseOfDocumentation() {
        assertThat(value(target, "SELECT bool_and(last_ip << '192.0.2.0/24') FROM app.users"))
                .isEqualTo("t");
        assertThat(value(
                        target,
                        "SELECT bool_and(ip::inet << '192.0.2.0/24' OR ip::inet << '2001:db8::/32') || ' '"
                                + " || count(*) FILTER (WHERE family(ip::inet) = 6) FROM app.events"))
                .isEqualTo("true 100");
        assertThat(value(target, "SELECT bool_and(homepage ~ '^https://example\\.test/[0-9a-f]{20}$') FROM app.users"))
                .isEqualTo("t");
    }

    @Test
    void datesAreGeneralisedOrMoved() {
        assertThat(value(target, "SELECT bool_and(born = date_trunc('year', born)) FROM app.users"))
                .isEqualTo("t");
        List<String> before =
                column(shop.source, "SELECT extract(epoch FROM seen_at)::bigint FROM app.users ORDER BY id");
        List<String> after = column("SELECT extract(epoch FROM seen_at)::bigint FROM app.users ORDER BY id");
        int moved = 0;
        for (int i = 0; i < 2000; i++) {
            long days = (Long.parseLong(after.get(i)) - Long.parseLong(before.get(i))) / 86_400;
            assertThat(days).isBetween(-20L, 20L);
            moved += days != 0 ? 1 : 0;
        }
        assertThat(moved).isGreaterThan(1800);
    }

    @Test
    void numbersAreOffByNoMoreThanSaid() {
        List<String> before = column(shop.source, "SELECT income FROM app.users WHERE income IS NOT NULL ORDER BY id");
        List<String> after = column("SELECT income FROM app.users WHERE income IS NOT NULL ORDER BY id");
        for (int i = 0; i < before.size(); i++) {
            double ratio = Double.parseDouble(after.get(i)) / Double.parseDouble(before.get(i));
            assertThat(ratio).isBetween(0.849, 1.151);
        }
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void freeTextIsAsLongAndMeansNothing() {
        assertThat(column("SELECT length(about) FROM app.users ORDER BY id"))
                .isEqualTo(column(shop.source, "SELECT length(about) FROM app.users ORDER BY id"));
        assertThat(value(target, "SELECT about FROM app.users WHERE id = 1")).isEqualTo("Lorem ipsum dolor sit amet,");
    }

    @Test
    void arraysKeepTheirShapeAndEqualElementsStayEqual() {
        assertThat(value(
                        target,
                        "SELECT count(DISTINCT tags[3]) || ' ' || count(DISTINCT tags[1]) || ' ' || bool_and(tags[2] IS NULL)"
                                + " FROM app.users WHERE tags IS NOT NULL"))
                .isEqualTo("1 2000 true");
    }

    @Test
    void onlyAllowedKeysPassAndNoObjectBelowThem() {
        assertThat(value(target, "SELECT settings FROM app.users WHERE id = 1"))
                .isEqualTo("{\"flags\": [true, 1, \"x\"], \"theme\": \"dark\", \"contact\": {\"country\": \"CH\"}}");
        assertThat(value(target, "SELECT settings FROM app.users WHERE id = 2001"))
                .isEqualTo("{\"contact\": {}}");
    }

    @Test
    void whatPostgresComputesIsComputedFromWhatWasMasked() {
        assertThat(value(target, "SELECT bool_and(full_name = first_name || ' ' || last_name) FROM app.users"))
                .isEqualTo("t");
    }

    @Test
    void nullStaysNull() {
        assertThat(value(
                        target,
                        "SELECT concat(phone, street, postcode, iban, card, last_ip, homepage, born, seen_at, about, income, level, tags,"
                                + " addresses, photo, password) FROM app.users WHERE id = 2001"))
                .isEmpty();
    }

    @Test
    void aPseudonymIsTheHmacOfTheValue() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keyOf(key), "HmacSHA256"));
        String hex = HexFormat.of()
                .formatHex(mac.doFinal("domain:address:real5@mail.example.org".getBytes(StandardCharsets.UTF_8)));
        assertThat(value(target, "SELECT email FROM app.users WHERE id = 5"))
                .isEqualTo("u" + hex.substring(0, 20) + "@example.test");
    }

    @Test
    void anotherKeyGivesOtherPseudonymsAndTheSameKeyTheSame() {
        String query =
                "SELECT string_agg(concat_ws(' ', email, public_id, iban, password), ',' ORDER BY id) FROM app.users WHERE id <= 2000";
        Database again = shop.emptyCopy();
        shop.copy(classification, again, key);
        assertThat(value(again, query)).isEqualTo(value(target, query));
        shop.copy(classification, again, MaskKey.random());
        List<String> other = column(again, "SELECT email FROM app.users WHERE id <= 2000");
        assertThat(column("SELECT email FROM app.users WHERE id <= 2000")).doesNotContainAnyElementsOf(other);
    }

    @Test
    void theKeyStandsInNoLogAndNoOtherSessionSeesIt() throws Exception {
        sql(
                shop.source,
                "ALTER SYSTEM SET log_min_duration_statement = 0",
                "ALTER SYSTEM SET log_connections = on",
                "SELECT pg_reload_conf()");
        try (Connection session = ShopForSync.masking(shop.source, key);
                Statement statement = session.createStatement()) {
            statement.execute("SELECT 'a mark in the log'");
            statement.execute("SELECT count(*) FROM (" + maskedUsers() + ") t WHERE t IS NOT NULL");
            assertThat(value(shop.source, "SELECT coalesce(current_setting('windlass.ipad', true), 'nothing')"))
                    .isEqualTo("nothing");
            assertThat(value(
                            shop.source,
                            "SELECT count(*) FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid() AND a::text LIKE '%"
                                    + innerPad(key) + "%'"))
                    .isEqualTo("0");
        } finally {
            sql(shop.source, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()");
        }
        String log = Files.readString(Path.of(shop.source.host(), "log"));
        assertThat(log).contains("a mark in the log", "windlass.ipad");
        // The look into pg_stat_activity above holds it as a literal: that line is the test's own.
        assertThat(log.lines().filter(line -> !line.contains("pg_stat_activity")))
                .noneMatch(line -> line.contains(innerPad(key)));
    }

    @Test
    void aMaskLongerThanTheColumnIsFoundBeforehand() {
        sql(shop.source, "ALTER TABLE app.users ADD short varchar(20)");
        try {
            assertThat(texts(shop.trial(shop.classification(
                            "      manager_id:",
                            "      short: {type: character varying(20), mask: email}\n      manager_id:"))))
                    .containsExactly("app.users.short: is character varying(20), and its mask is longer than that");
            assertThat(shop.trial(shop.classification(
                            "      manager_id:",
                            "      short: {type: character varying(20), mask: hash}\n      manager_id:")))
                    .isEmpty();
        } finally {
            sql(shop.source, "ALTER TABLE app.users DROP short");
        }
    }

    @Test
    void whatADomainOrAnEnumDoesNotTakeIsFoundBeforehand() {
        assertThat(texts(shop.trial(shop.classification("mask: constant, value: \"00000\"", "mask: hash"))))
                .contains(
                        "app.users.postcode: is app.postcode, which does not take what its mask gives: SQLSTATE 23514,"
                                + " type postcode, constraint postcode_check");
        assertThat(texts(shop.trial(shop.classification(
                        "role: {type: app.role, keep: three words}",
                        "role: {type: app.role, mask: constant, value: boss}"))))
                .contains("app.users.role: is app.role, which does not take what its mask gives: SQLSTATE 22P02");
    }

    @Test
    void aConstraintThatMaskedRowsBreakIsFoundBeforehand() {
        assertThat(texts(shop.trial(shop.classification("mask: noise, percent: 15", "mask: constant, value: \"-5\""))))
                .containsExactly(
                        "app.users.users_income_check: is a constraint on income that masked rows do not keep");
        assertThat(texts(shop.trial(shop.classification(
                        "born: {type: date, mask: date, to: year}",
                        "born: {type: date, mask: constant, value: 2027-01-01}"))))
                .containsExactly("app.users.grown: is a constraint on born, seen_at that masked rows do not keep");
    }

    @Test
    void aConditionThatIsNoneIsFoundBeforehand() {
        assertThat(texts(shop.trial(
                        shop.classification("team_column: email", "team_column: email\n    rows: emial IS NOT NULL"))))
                .containsExactly("app.users: cannot be read masked: SQLSTATE 42703");
    }

    @Test
    void rowsThatAreLeftOutStayWhereTheyAre() {
        Database few = shop.emptyCopy();
        shop.copy(shop.classification("shape: \"EVENTS\"", "shape: \"EVENTS\"\n    rows: id <= 10"), few, key);
        assertThat(value(few, "SELECT count(*) FROM app.events")).isEqualTo("10");
        shop.copy(shop.classification("shape: \"EVENTS\"", "shape: \"EVENTS\"\n    rows: none"), few, key);
        assertThat(value(few, "SELECT count(*) FROM app.events")).isEqualTo("0");
    }

    @Test
    void noFailureRepeatsAValueThatPostgresPrints() throws SQLException {
        for (String statement : List.of(
                "SELECT 'jean.dupont@orange.fr'::integer",
                "INSERT INTO app.users (email, first_name, last_name) VALUES ('real1@mail.example.org', 'jean', 'dupont')",
                "INSERT INTO app.users (email, first_name, last_name, income) VALUES ('jean@orange.fr', 'jean', 'dupont', -1)",
                "INSERT INTO app.payments (payer, amount) VALUES ('jean.dupont@orange.fr', 1)",
                "DO $$ BEGIN RAISE EXCEPTION 'jean.dupont@orange.fr' USING DETAIL = 'jean', HINT = 'dupont'; END $$")) {
            try (Connection connection = open(shop.source);
                    Statement jdbc = connection.createStatement()) {
                assertThatThrownBy(() -> {
                            try {
                                jdbc.execute(statement);
                            } catch (SQLException printed) {
                                assertThat(printed.getMessage()).containsAnyOf("jean", "real1");
                                throw QuietFailures.using(shop.source, printed);
                            }
                        })
                        .hasNoCause()
                        .satisfies(quiet -> assertThat(everythingOf(quiet)).doesNotContain("jean", "dupont", "real1"));
            }
        }
    }

    @Test
    void aFailureNamesStateAndConstraint() throws SQLException {
        try (Connection connection = open(shop.source);
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(
                    "INSERT INTO app.users (email, first_name, last_name) VALUES ('real1@mail.example.org', 'a', 'b')");
        } catch (SQLException refused) {
            assertThat(QuietFailures.said(refused))
                    .isEqualTo("SQLSTATE 23505, table users, constraint users_email_key");
        }
    }

    private static String everythingOf(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString().replace("org.junit", "");
    }

    private static String maskedUsers() {
        var users = ShopForSync.table(ShopForSync.schema(shop.source), "app.users");
        return new dev.windlass.runbooks.stagingsync.MaskedTable(classification, users).select(users.table());
    }

    private static byte[] keyOf(MaskKey key) {
        byte[] padded = HexFormat.of().parseHex(innerPad(key));
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (padded[i] ^ 0x36);
        }
        return bytes;
    }

    private static String innerPad(MaskKey key) {
        return java.util.Objects.requireNonNull(key.settings().get("windlass.ipad"));
    }

    private static List<String> texts(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.place() + ": " + finding.message())
                .toList();
    }

    private static List<String> column(String query) {
        return column(target, query);
    }

    private static List<String> column(Database database, String query) {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }
}
