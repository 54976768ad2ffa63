package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.stagingsync.WaitingBuilds.Build;
import dev.windlass.activities.stagingsync.WaitingBuilds.Sharing;
import dev.windlass.runbooks.config.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, indexes and what comes behind them, by four sessions on a real PostgreSQL. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AfterRowsTest {
    private static final int STREAMS = 4;

    private static PostgresForTests server;
    private static Database staging;
    private Database copy;
    private Incoming incoming;

    @BeforeAll
    static void start() {
        server = PostgresForTests.start();
        staging = server.createDatabase();
        sql(staging, "CREATE ROLE staging_app");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() {
        copy = server.createDatabase();
        incoming =
                new Incoming(PostgresForTests.CONNECTIONS, CopyOfShop.TOKEN, staging, copy.database(), "staging_app");
        sql(
                copy,
                "CREATE SCHEMA app AUTHORIZATION staging_app",
                "SET ROLE staging_app",
                "CREATE TABLE app.users (id bigint NOT NULL, email text, phone text, lead bigint)",
                "CREATE TABLE app.\"Odd \"\"name\" (id bigint NOT NULL, \"user\" bigint)",
                "CREATE TABLE app.events (at date NOT NULL, id bigint NOT NULL) PARTITION BY RANGE (at)",
                "CREATE TABLE app.events_1 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "INSERT INTO app.users SELECT n, 'u' || n, 'p' || n, 1 + n % 9 FROM generate_series(1, 2000) n",
                "INSERT INTO app.\"Odd \"\"name\" SELECT n, n FROM generate_series(1, 2000) n",
                "INSERT INTO app.events SELECT '2026-02-03', n FROM generate_series(1, 500) n",
                "CREATE MATERIALIZED VIEW app.counted AS SELECT count(*) AS users FROM app.users WITH NO DATA",
                "CREATE MATERIALIZED VIEW app.again AS SELECT users FROM app.counted WITH NO DATA");
    }

    private static List<SchemaText.Entry> definitions() {
        return List.of(
                entry("", "SET search_path = pg_catalog;"),
                entry("CONSTRAINT", "ALTER TABLE ONLY app.users\n    ADD CONSTRAINT users_pkey PRIMARY KEY (id);"),
                entry("CONSTRAINT", "ALTER TABLE ONLY app.users\n    ADD CONSTRAINT users_email_key UNIQUE (email);"),
                entry("CONSTRAINT", "ALTER TABLE ONLY app.users\n    ADD CONSTRAINT users_phone_key UNIQUE (phone);"),
                entry(
                        "CONSTRAINT",
                        "ALTER TABLE ONLY app.\"Odd \"\"name\"\n    ADD CONSTRAINT odd_pkey PRIMARY KEY (id);"),
                entry(
                        "CONSTRAINT",
                        "ALTER TABLE ONLY app.events\n    ADD CONSTRAINT events_pkey PRIMARY KEY (at, id);"),
                entry(
                        "CONSTRAINT",
                        "ALTER TABLE ONLY app.events_1\n    ADD CONSTRAINT events_1_pkey PRIMARY KEY (at, id);"),
                entry("INDEX", "CREATE INDEX users_lower ON app.users USING btree (lower(email));"),
                entry("INDEX", "CREATE UNIQUE INDEX users_both ON app.users USING btree (id, phone);"),
                entry(
                        "INDEX",
                        "CREATE INDEX users_lead ON app.users USING btree (lead);\n\nALTER TABLE app.users CLUSTER ON users_lead;"),
                entry("INDEX ATTACH", "ALTER INDEX app.events_pkey ATTACH PARTITION app.events_1_pkey;"),
                entry(
                        "FK CONSTRAINT",
                        "ALTER TABLE ONLY app.users\n    ADD CONSTRAINT users_lead_fkey FOREIGN KEY (lead) REFERENCES app.users(id);"),
                entry(
                        "FK CONSTRAINT",
                        "ALTER TABLE ONLY app.\"Odd \"\"name\"\n    ADD CONSTRAINT odd_fkey FOREIGN KEY (\"user\") REFERENCES app.users(id);"),
                entry("POLICY", "CREATE POLICY mine ON app.users USING (id < 5);"),
                entry("ROW SECURITY", "ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;"),
                entry("MATERIALIZED VIEW DATA", "REFRESH MATERIALIZED VIEW app.counted;"),
                entry("MATERIALIZED VIEW DATA", "REFRESH MATERIALIZED VIEW app.again;"));
    }

    @Test
    void everyDefinitionIsCarriedOutAndEveryRelationHasStatistics() throws Exception {
        AfterRows afterRows = new AfterRows(incoming, STREAMS);
        afterRows.make(definitions());
        afterRows.analyze();

        assertThat(value(copy, "SELECT count(*) FROM pg_indexes WHERE schemaname = 'app'"))
                .isEqualTo("9");
        assertThat(value(
                        copy,
                        "SELECT bool_and(indisvalid)::text FROM pg_index WHERE indrelid::regclass::text LIKE 'app.%'"))
                .isEqualTo("true");
        assertThat(
                        value(
                                copy,
                                "SELECT string_agg(conname || convalidated, ' ' ORDER BY conname) FROM pg_constraint WHERE contype = 'f'"))
                .isEqualTo("odd_fkeytrue users_lead_fkeytrue");
        assertThat(value(copy, "SELECT users FROM app.again")).isEqualTo("2000");
        assertThat(value(copy, "SELECT count(*) FROM pg_policies")).isEqualTo("1");
        assertThat(value(
                        copy,
                        "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'app'::regnamespace"
                                + " AND relkind IN ('r', 'p', 'm') AND reltuples > 0"))
                .isEqualTo("Odd \"name,again,counted,events,events_1,users");
        assertThat(
                        value(
                                copy,
                                "SELECT count(*) FROM pg_stats WHERE schemaname = 'app' AND (tablename, attname) IN (('users', 'email'), ('users_lower', 'lower'), ('events', 'id'))"))
                .isEqualTo("3");
    }

    @Test
    void whatIsRefusedEndsAllSessionsAndSaysWhichConstraint() {
        sql(copy, "SET ROLE staging_app", "INSERT INTO app.users VALUES (1, 'twice', 'twice', 1)");

        assertThatThrownBy(() -> new AfterRows(incoming, STREAMS).make(definitions()))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(QuietFailures.said(refused))
                                .isEqualTo("SQLSTATE 23505, table users, constraint users_pkey"));
        PostgresForTests.waitUntil(
                "all sessions have ended",
                () -> value(staging, "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + copy.database() + "'")
                        .equals("0"));
        assertThat(value(copy, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX a ON app.users USING btree (x); | app.users | SHARED",
                "CREATE UNIQUE INDEX \"on a\" ON ONLY app.\"Us ers\" USING btree (x) WHERE (y > 1); | app.\"Us ers\" | SHARED",
                "CREATE INDEX a ON public.t USING gin (x);~~ALTER INDEX public.a ALTER COLUMN 1 SET STATISTICS 9; | public.t | ALONE",
                "ALTER TABLE ONLY app.users~    ADD CONSTRAINT a UNIQUE (x); | app.users | ALONE",
                "--~~ALTER TABLE ONLY \"A.b\".\"c\"\"d\"~    ADD CONSTRAINT a UNIQUE (x); | \"A.b\".\"c\"\"d\" | ALONE",
                "ALTER TABLE app.users DO SOMETHING; | | ALONE"
            })
    void theTableIsReadFromTheStatement(String statement, @Nullable String table, Sharing sharing) {
        Build build = AfterRows.build(entry("INDEX", statement.replace('~', '\n')));

        assertThat(build.table()).isEqualTo(Optional.ofNullable(table));
        assertThat(build.sharing()).isEqualTo(sharing);
    }

    private static SchemaText.Entry entry(String type, String statements) {
        return new SchemaText.Entry(type, "a name", statements + "\n");
    }
}
