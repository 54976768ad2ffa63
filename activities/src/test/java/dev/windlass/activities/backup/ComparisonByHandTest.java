package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.CONNECTIONS;
import static dev.windlass.activities.backup.PostgresForTests.context;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** compare.sql of runbooks/restore.md, taken from the page and run by psql as a person would. */
@Tag("integration")
class ComparisonByHandTest {
    private static final Path PAGE = Path.of("../runbooks/restore.md");
    private static final Pattern SCRIPT = Pattern.compile("```sql\\n(\\\\set facts.*?)```", Pattern.DOTALL);
    private static PostgresForTests server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        server = PostgresForTests.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void scriptOfThePageFindsEveryTableEqualAndThenTheOneThatIsNot() throws Exception {
        Database database = server.createDatabase();
        sql(
                database,
                "CREATE SCHEMA app",
                "CREATE TYPE app.mood AS ENUM ('happy', 'sad')",
                "CREATE COLLATION app.fold (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                "CREATE TABLE app.\"Odd \"\"Name\"\"; --\" (id serial, \"a b\" text, m app.mood, f text COLLATE app.fold)",
                "INSERT INTO app.\"Odd \"\"Name\"\"; --\" (\"a b\", m, f) VALUES ('Straße', 'sad', 'é'), (NULL, 'happy', 'É')",
                "CREATE TABLE app.prices (at timestamptz, price numeric, tags text[], body jsonb, note json)",
                "INSERT INTO app.prices VALUES ('2026-01-01 00:00Z', 1.10, '{a,b}', '{\"a\": 1}', '{\"b\":2}')",
                "CREATE TABLE app.nothing ()",
                "INSERT INTO app.nothing DEFAULT VALUES",
                "CREATE SEQUENCE app.down INCREMENT -7",
                "SELECT nextval('app.down'), nextval('app.down')",
                "ALTER DATABASE " + database.database() + " SET timezone = 'Europe/Athens'");
        write(facts(database));

        assertThat(compare(database))
                .containsExactly(
                        "app.Odd \"Name\"; --|t|t",
                        "app.nothing|t|t",
                        "app.prices|t|t",
                        "app.Odd \"Name\"; --_id_seq|t|t",
                        "app.down|t|t");

        sql(database, "UPDATE app.prices SET price = 1.1", "SELECT setval('app.down', -1)");
        assertThat(compare(database)).contains("app.prices|t|f", "app.down|t|f", "app.nothing|t|t");
    }

    private static DatabaseFacts facts(Database database) {
        try (SnapshotHolder holder =
                SnapshotHolder.open(CONNECTIONS, database, context("facts").token())) {
            return new FactsReading(CONNECTIONS, context("facts"), 2).read(holder);
        }
    }

    private void write(DatabaseFacts facts) throws IOException {
        try (OutputStream out = Files.newOutputStream(directory.resolve("facts.json"))) {
            facts.write(out);
        }
        Matcher script = SCRIPT.matcher(Files.readString(PAGE));
        assertThat(script.find()).isTrue();
        Files.writeString(directory.resolve("compare.sql"), script.group(1));
    }

    private List<String> compare(Database database) throws IOException, InterruptedException {
        Process psql = new ProcessBuilder(
                        server.tool("psql"),
                        "-XAtq",
                        "--set=ON_ERROR_STOP=1",
                        "--host=" + database.host(),
                        "--username=" + database.user(),
                        "--dbname=" + database.database(),
                        "--file=compare.sql")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}
