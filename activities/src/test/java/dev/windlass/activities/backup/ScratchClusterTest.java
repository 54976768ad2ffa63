package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.CONNECTIONS;
import static dev.windlass.activities.backup.PostgresForTests.context;
import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.Pulse;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class ScratchClusterTest {
    private static final StepContext PROVE = context("prove");
    private static PostgresForTests server;
    private Path directory;
    private ScratchRun run;
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
    void dump() throws IOException {
        directory = Files.createTempDirectory("windlass-proof");
        server.openToAll(directory);
        run = new ScratchRun(server, directory);
        database = server.createDatabase();
        SampleSql.load(database);
    }

    @AfterEach
    void removeDirectory() {
        server.remove(directory);
    }

    @Test
    void restoresWhatWasDumpedAndFindsNoDifference() {
        DatabaseFacts facts = run.dump(database, context("dump"));
        Database withSmoke = withSmoke("SELECT count(*) > 0 FROM app.users");

        try (ScratchCluster cluster = prepare(facts, PROVE)) {
            cluster.restore(facts, database);

            assertThat(Comparison.compare(facts, cluster.facts(facts, database, 2)))
                    .isEmpty();
            assertThat(cluster.smoke(withSmoke)).isEmpty();
            assertThat(cluster.check()).isEmpty();
        }
        assertThat(facts.tables()).hasSize(6);
        assertThat(facts.largeObjects().count()).isEqualTo(2);
        assertNothingLeft();
    }

    @Test
    void restoresTheSampleDatabaseAndFindsNoDifference() {
        Database sample = server.loadSample("academy", "0.02");
        DatabaseFacts facts = run.dump(sample, context("dump"));

        try (ScratchCluster cluster =
                ScratchCluster.prepare(run.shell(), CONNECTIONS, PROVE, run.step(sample), facts.bytes())) {
            cluster.restore(facts, sample);

            assertThat(Comparison.compare(facts, cluster.facts(facts, sample, 2)))
                    .isEmpty();
            assertThat(cluster.check()).isEmpty();
        }
        assertThat(facts.tables()).hasSizeGreaterThan(30);
    }

    /** In one go pg_restore makes that foreign key now and then before the rows, and each row is refused. */
    @Test
    void looksNoRowUpAsAnOwnerWhoHasNoRightsYet() {
        String owner = "owner_" + database.database();
        sql(
                database,
                "CREATE SCHEMA later",
                "CREATE TABLE later.people (id int PRIMARY KEY)",
                "INSERT INTO later.people SELECT generate_series(1, 5000)",
                "GRANT USAGE ON SCHEMA later TO " + owner,
                "ALTER TABLE later.people OWNER TO " + owner,
                "CREATE TABLE later.visits (person int REFERENCES later.people, day int) PARTITION BY LIST (day)",
                "DO $$ BEGIN FOR day IN 1..60 LOOP EXECUTE format("
                        + "'CREATE TABLE later.visits_%s PARTITION OF later.visits FOR VALUES IN (%s)', day, day);"
                        + " END LOOP; END $$",
                "INSERT INTO later.visits SELECT i, 1 + i % 60 FROM generate_series(1, 600) i");
        DatabaseFacts facts = run.dump(database, context("dump"));

        try (ScratchCluster cluster = prepare(facts, PROVE)) {
            cluster.restore(facts, database);

            assertThat(Comparison.compare(facts, cluster.facts(facts, database, 2)))
                    .isEmpty();
        }
    }

    @Test
    void findsEveryKindOfTampering() {
        Map<String, String> tampering = new LinkedHashMap<>();
        tampering.put("DELETE FROM app.orders WHERE id = 1", "rows of app.orders");
        tampering.put("UPDATE app.files SET body = set_byte(body, 3, 7) WHERE id = 1", "contents of app.files");
        tampering.put("DROP INDEX app.users_lower", "index app.users_lower");
        tampering.put("SELECT setval('app.users_id_seq', 3)", "value of sequence app.users_id_seq");
        tampering.put("DROP EXTENSION pg_trgm", "extension pg_trgm");
        tampering.put("SELECT lo_put(7001, 0, '\\xff'::bytea)", "contents of large objects");
        tampering.put("SELECT lo_unlink(7001)", "large objects");
        tampering.put(
                "ALTER TABLE app.orders DROP CONSTRAINT orders_amount_check",
                "constraint orders_amount_check on app.orders");
        tampering.put("ALTER TABLE app.orders DISABLE TRIGGER touch", "trigger touch on app.orders");
        tampering.put("DROP TABLE app.events_2026", "rows of app.events_2026");
        tampering.put("CREATE TABLE app.more ()", "rows of app.more");
        tampering.put("ALTER TABLE app.settings ADD extra int", "columns of app.settings");
        tampering.put("REFRESH MATERIALIZED VIEW app.totals WITH NO DATA", "materialized view app.totals");
        tampering.put("DROP POLICY own ON app.orders", "policy own on app.orders");
        tampering.put("ALTER TABLE app.users OWNER TO windlass_scratch", "table app.users");
        tampering.put("ALTER DATABASE " + database.database() + " RESET app.tenant", "database setting app.tenant");
        tampering.put("DROP FUNCTION app.half(int)", "routine app.half(integer)");
        DatabaseFacts facts = run.dump(database, context("dump"));

        try (ScratchCluster cluster = prepare(facts, PROVE)) {
            cluster.restore(facts, database);
            Database copy = cluster.database(database, database.database());
            tampering.forEach((statement, subject) -> {
                sql(copy, statement);
                assertThat(Comparison.compare(facts, cluster.facts(facts, database, 1)))
                        .as(statement)
                        .extracting(Difference::subject)
                        .contains(subject);
            });
            assertThat(cluster.smoke(withSmoke("SELECT count(*) = 3 FROM app.users")))
                    .extracting(Difference::toString)
                    .containsExactly("smoke \"question\": expected one row, one column, true, found not true");
            assertThat(cluster.smoke(withSmoke("SELECT 1 / 0")))
                    .extracting(Difference::found)
                    .containsExactly("ERROR: division by zero");
        }
        assertNothingLeft();
    }

    @Test
    void survivesThePostmasterBeingKilledAndTellsThatItMayBeTriedAgain() {
        DatabaseFacts facts = run.dump(database, context("dump"));
        Pulse killer = progress -> {
            if (progress.phase().equals("restore")) {
                scratchPostmaster().ifPresent(ProcessHandle::destroyForcibly);
            }
        };
        StepContext context = new StepContext(PROVE.token(), killer, PROVE.journal());

        try (ScratchCluster cluster = prepare(facts, context)) {
            assertThatThrownBy(() -> cluster.restore(facts, database))
                    .satisfies(thrown ->
                            assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.COMMAND_FAILED))
                    .hasMessageContaining("the scratch cluster died while pg_restore was at work");
        }
        assertNothingLeft();
    }

    @Test
    void removesWhatAKilledAttemptLeftBehind() {
        DatabaseFacts facts = run.dump(database, context("dump"));
        ScratchCluster killed = prepare(facts, PROVE);
        killed.restore(facts, database);
        assertThat(scratchProcesses()).isNotEmpty();

        try (ScratchCluster cluster = prepare(facts, PROVE)) {
            assertThat(scratchProcesses()).isEmpty();
            assertThat(cluster.directory()).isEmptyDirectory();
        }
        assertNothingLeft();
    }

    @Test
    void removesTheClusterOfACancelledStep() {
        DatabaseFacts facts = run.dump(database, context("dump"));
        Pulse cancelled = progress -> {
            if (progress.phase().equals("compare")) {
                throw new CancellationException("cancelled");
            }
        };
        StepContext context = new StepContext(PROVE.token(), cancelled, PROVE.journal());

        assertThatThrownBy(() -> {
                    try (ScratchCluster cluster = prepare(facts, context)) {
                        cluster.restore(facts, database);
                        cluster.facts(facts, database, 1);
                    }
                })
                .isInstanceOf(CancellationException.class);
        assertNothingLeft();
    }

    @Test
    void refusesADumpThatWasCutOff() throws IOException {
        DatabaseFacts facts = run.dump(database, context("dump"));
        byte[] whole = Files.readAllBytes(run.dumpFile());
        Files.write(run.dumpFile(), java.util.Arrays.copyOf(whole, whole.length - 100));

        try (ScratchCluster cluster = prepare(facts, PROVE)) {
            assertThatThrownBy(() -> cluster.restore(facts, database))
                    .satisfies(thrown -> assertThat(
                                    Failure.in(thrown).orElseThrow().type())
                            .isEqualTo(FailureType.ARTEFACT_DAMAGED));
        }
        assertNothingLeft();
    }

    @Test
    void leavesNoDumpWhenItsBackendIsKilledHalfWay() {
        sql(
                database,
                "CREATE TABLE app.bulk AS SELECT i, md5(i::text) || md5((i * 7)::text) AS noise FROM generate_series(1, 600000) i");
        List<Progress> beats = new ArrayList<>();
        Pulse killer = progress -> {
            beats.add(progress);
            if (progress.done() > 0) {
                sql(
                        database,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pg_dump_of_test'");
            }
        };
        StepContext context =
                new StepContext(context("dump").token(), killer, context("dump").journal());

        try (SnapshotHolder holder = SnapshotHolder.open(CONNECTIONS, database, context.token())) {
            CommandResult result = run.dumpAt(holder, context, 19);

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.sealed()).isEmpty();
            holder.assertAlive();
        }
        assertThat(beats).last().extracting(Progress::done).isNotEqualTo(0L);
        assertThat(run.dumpFile()).doesNotExist();
    }

    @Test
    void refusesToBeginWhereTheDiskIsTooSmall() {
        assertThatThrownBy(() -> ScratchCluster.prepare(run.shell(), CONNECTIONS, PROVE, run.step(database), 1L << 60))
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.DISK_FULL))
                .hasMessageContaining("MiB free, and restoring needs 2748779069952 MiB");
    }

    private ScratchCluster prepare(DatabaseFacts facts, StepContext context) {
        return ScratchCluster.prepare(run.shell(), CONNECTIONS, context, run.step(database), facts.bytes());
    }

    private Database withSmoke(String sql) {
        return new Database(
                database.name(),
                database.database(),
                "test",
                database.host(),
                database.port(),
                database.user(),
                Optional.empty(),
                database.tools(),
                List.of(new Database.SmokeQuery("question", sql)));
    }

    private Optional<ProcessHandle> scratchPostmaster() {
        Path pid = run.scratch().resolve(PROVE.token().abbreviated()).resolve("data/postmaster.pid");
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private void assertNothingLeft() {
        assertThat(run.scratch().resolve(PROVE.token().abbreviated())).doesNotExist();
        assertThat(scratchProcesses()).isEmpty();
    }

    /** By the directory they run in, which a zombie no longer has. */
    private List<Path> scratchProcesses() {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc/" + process.pid() + "/cwd"))
                .filter(cwd -> {
                    try {
                        return Files.readSymbolicLink(cwd).startsWith(run.scratch());
                    } catch (IOException gone) {
                        return false;
                    }
                })
                .toList();
    }
}
