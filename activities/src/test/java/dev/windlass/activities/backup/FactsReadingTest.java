package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.CONNECTIONS;
import static dev.windlass.activities.backup.PostgresForTests.context;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.HashedColumn.Mode;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("integration")
class FactsReadingTest {
    private static PostgresForTests server;
    private Database database;

    @BeforeAll
    static void startServer() {
        server = PostgresForTests.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        database = server.createDatabase();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    text                | 'Straße'            | 'Strasse'
                    text                | ''                  | NULL
                    text                | 'a'                 | 'a '
                    jsonb               | '{"a": 1}'          | '{"a": 2}'
                    json                | '{"a":1}'           | '{"a": 1}'
                    xml                 | '<a/>'              | '<a></a>'
                    point               | '(1,2)'             | '(2,1)'
                    numeric             | 'NaN'               | 'Infinity'
                    numeric             | 1.0                 | 1.00
                    float8              | 'NaN'               | '-Infinity'
                    float8              | '0'                 | '-0'
                    float8              | 0.1                 | 0.10000000000000002
                    interval            | '1 month'           | '30 days'
                    int4[]              | '{{1,2}}'           | '{1,2}'
                    bytea               | '\\x00ff'           | '\\x00fe'
                    timestamptz         | '2026-01-01 00:00Z' | '2026-01-01 00:00:00.000001Z'
                    timestamptz         | 'infinity'          | '-infinity'
                    int4range           | '[1,5)'             | '[1,5]'
                    money               | '1.00'              | '1.01'
                    mood                | 'happy'             | 'sad'
                    price               | 1.10                | 1.11
                    pair                | '(1,x)'             | '(1,y)'
                    folded              | 'résumé'            | 'RÉSUMÉ'
                    "char"              | 'a'                 | 'b'
                    char(3)             | 'a'                 | ' a'
                    varchar(3)          | 'a'                 | 'a '
                    bool                | true                | false
                    uuid                | '00000000-0000-0000-0000-000000000001' | '00000000-0000-0000-0000-000000000002'
                    tsvector            | 'a:1'               | 'a:2'
                    """)
    void tellsTwoValuesOfAnyTypeApart(String type, String one, String other) {
        sql(
                database,
                "CREATE TYPE public.mood AS ENUM ('happy', 'sad')",
                "CREATE DOMAIN public.price AS numeric(10,2)",
                "CREATE TYPE public.pair AS (a int, b text)",
                "CREATE COLLATION public.fold (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                "CREATE DOMAIN public.folded AS text COLLATE public.fold",
                "SET search_path = public, pg_catalog; CREATE TABLE public.a (v " + type
                        + "); INSERT INTO public.a VALUES ("
                        + one + "); CREATE TABLE public.b (v " + type + "); INSERT INTO public.b VALUES (" + other
                        + "); CREATE TABLE public.c (v " + type + "); INSERT INTO public.c VALUES (" + one + ")");

        DatabaseFacts facts = read();

        assertThat(hash(facts, "public", "a")).isNotEqualTo(hash(facts, "public", "b"));
        assertThat(hash(facts, "public", "a")).isEqualTo(hash(facts, "public", "c"));
    }

    @Test
    void noticesTwoRowsThatSwapAValue() {
        sql(
                database,
                "CREATE TABLE public.a AS SELECT i AS id, 'mail' || i AS mail FROM generate_series(1, 50) i",
                "CREATE TABLE public.b AS SELECT * FROM public.a",
                "UPDATE public.b SET mail = CASE id WHEN 1 THEN 'mail2' ELSE 'mail1' END WHERE id IN (1, 2)");

        DatabaseFacts facts = read();

        assertThat(hash(facts, "public", "a")).isNotEqualTo(hash(facts, "public", "b"));
    }

    @Test
    void noticesARowThatIsThereTwiceInPlaceOfAnother() {
        sql(
                database,
                "CREATE TABLE public.a (v text); INSERT INTO public.a VALUES ('x'), ('x'), ('y'), ('y')",
                "CREATE TABLE public.b (v text); INSERT INTO public.b VALUES ('x'), ('x'), ('z'), ('z')",
                "CREATE TABLE public.c (v text); INSERT INTO public.c VALUES ('y'), ('x'), ('y'), ('x')");

        DatabaseFacts facts = read();

        assertThat(hash(facts, "public", "a")).isNotEqualTo(hash(facts, "public", "b"));
        assertThat(hash(facts, "public", "a")).isEqualTo(hash(facts, "public", "c"));
    }

    @Test
    void readsTablesWithEveryKindOfNameAndNone() {
        sql(
                database,
                "CREATE SCHEMA \"My \"\"Schema\"",
                "CREATE TABLE \"My \"\"Schema\".\"Select\" (t int, \"T\" text, \"o'x\" int)",
                "INSERT INTO \"My \"\"Schema\".\"Select\" VALUES (1, 'a', 2)",
                "CREATE TABLE public.nothing ()",
                "INSERT INTO public.nothing DEFAULT VALUES",
                "CREATE TABLE public.empty (a int)",
                "CREATE UNLOGGED TABLE public.unlogged (a int GENERATED ALWAYS AS IDENTITY, b int GENERATED ALWAYS AS (2) STORED)",
                "CREATE TABLE public.parted (a int) PARTITION BY LIST (a)",
                "CREATE TABLE public.part1 PARTITION OF public.parted FOR VALUES IN (1)",
                "INSERT INTO public.parted VALUES (1)",
                "CREATE TEMP TABLE gone (a int)");

        DatabaseFacts facts = read();

        assertThat(facts.tables())
                .extracting(table -> table.table() + " " + table.rows())
                .containsExactly(
                        "\"My \"\"Schema\".\"Select\" 1",
                        "public.empty 0",
                        "public.nothing 1",
                        "public.part1 1",
                        "public.unlogged 0");
        assertThat(facts.objects())
                .containsEntry("table public.parted", "partitioned of postgres")
                .containsEntry("table public.unlogged", "unlogged of postgres")
                .containsKey("schema \"My \"\"Schema\"");
        assertThat(facts.sequences())
                .extracting(SequenceFacts::table)
                .containsExactly(new TableName("public", "unlogged_a_seq"));
    }

    @Test
    void hashesALargeTableInRangesTheSameAsInOne() {
        // Two tables with the same rows; one is padded to many blocks by what is deleted before.
        long blocks = TableHashing.BLOCKS_PER_RANGE + 10;
        sql(
                database,
                "CREATE TABLE public.small AS SELECT i FROM generate_series(1, 20) i",
                "CREATE TABLE public.large (i int, pad text); ALTER TABLE public.large ALTER pad SET STORAGE PLAIN",
                "INSERT INTO public.large SELECT i, repeat('x', 7900) FROM generate_series(1, " + blocks + ") i",
                "UPDATE public.large SET pad = NULL WHERE i <= 20",
                "DELETE FROM public.large WHERE i > 20",
                "ALTER TABLE public.large DROP pad");

        DatabaseFacts facts = read();

        assertThat(hash(facts, "public", "large")).isEqualTo(hash(facts, "public", "small"));
        assertThat(facts.rows()).isEqualTo(40);
    }

    @Test
    void hashesLargeObjectsByContentAndOid() {
        sql(database, "SELECT lo_from_bytea(5000, '\\x0102'::bytea), lo_from_bytea(5001, ''::bytea)");
        DatabaseFacts before = read();
        sql(database, "SELECT lo_put(5000, 1, '\\x03'::bytea)");
        DatabaseFacts after = read();

        assertThat(before.largeObjects().count()).isEqualTo(2);
        assertThat(after.largeObjects().hash())
                .isNotEqualTo(before.largeObjects().hash());
    }

    @Test
    void keepsNoValueOfASetting() throws IOException {
        sql(database, "ALTER DATABASE " + database.database() + " SET app.jwt_secret = 'do-not-tell'");

        DatabaseFacts facts = read();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        facts.write(file);

        assertThat(facts.properties()).containsKey("setting app.jwt_secret");
        assertThat(file.toString(java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("do-not-tell");
        assertThat(DatabaseFacts.read(new ByteArrayInputStream(file.toByteArray())))
                .isEqualTo(facts);
    }

    @Test
    void hashesEnumsByTheirLabelsSinceARestoreGivesThemNewOids() {
        sql(
                database,
                "CREATE TYPE public.mood AS ENUM ('happy', 'sad')",
                "CREATE TABLE public.a (m public.mood, n int, j json)");

        DatabaseFacts facts = read();

        assertThat(facts.tables().getFirst().columns())
                .extracting(HashedColumn::mode)
                .containsExactly(Mode.TEXT, Mode.VALUE, Mode.TEXT);
    }

    @Test
    void refusesARoleThatPoliciesHideRowsFrom() {
        sql(
                database,
                "CREATE ROLE reader" + database.database() + " LOGIN IN ROLE pg_read_all_data",
                "CREATE TABLE public.a (v int)",
                "ALTER TABLE public.a ENABLE ROW LEVEL SECURITY");
        Database asReader = server.database(database.database(), "reader" + database.database());

        try (SnapshotHolder holder =
                SnapshotHolder.open(CONNECTIONS, asReader, context("facts").token())) {
            assertThatThrownBy(() -> new FactsReading(CONNECTIONS, context("facts"), 2).read(holder))
                    .hasMessageContaining("database " + database.name()
                            + " has 1 tables, public.a among them, whose rows a policy hides from reader"
                            + database.database() + "\nhint: give the role BYPASSRLS, or use a superuser"
                            + "\nsee: runbooks/backup.md#role-cannot-read-all");
        }
    }

    @Test
    void tellsItsProgressAndEndsItsQueriesWhenTheStepIsCancelled() {
        sql(database, "CREATE TABLE public.a AS SELECT i FROM generate_series(1, 3000000) i");
        List<Progress> beats = new ArrayList<>();
        StepContext cancelled = new StepContext(
                context("facts").token(),
                progress -> {
                    beats.add(progress);
                    if (progress.phase().equals("hash")) {
                        throw new CancellationException("cancelled");
                    }
                },
                context("facts").journal());

        try (SnapshotHolder holder =
                SnapshotHolder.open(CONNECTIONS, database, context("facts").token())) {
            assertThatThrownBy(() -> new FactsReading(CONNECTIONS, cancelled, 2).read(holder))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(beats).extracting(Progress::phase).containsExactly("catalogue", "hash");
        PostgresForTests.waitUntil(
                "no query is left",
                () -> PostgresForTests.value(
                                database,
                                "SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                                        + context("facts").token().abbreviated() + "'")
                        .equals("0"));
    }

    private DatabaseFacts read() {
        try (SnapshotHolder holder =
                SnapshotHolder.open(CONNECTIONS, database, context("facts").token())) {
            return new FactsReading(CONNECTIONS, context("facts"), 2).read(holder);
        }
    }

    private static String hash(DatabaseFacts facts, String schema, String table) {
        TableFacts found = facts.tablesByName().get(new TableName(schema, table));
        assertThat(found).isNotNull();
        return java.util.Objects.requireNonNull(found).hash();
    }
}
