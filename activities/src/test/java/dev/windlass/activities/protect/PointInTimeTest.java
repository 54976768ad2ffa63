package dev.windlass.activities.protect;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.protect.RealProtection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectWorkflow;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabasePlanWorkflow;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflow;
import dev.windlass.workflows.recovery.TableReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database as it was at a moment: pgBackRest as it is installed, over the double that refuses what R2 refuses. */
@Tag("integration")
@Timeout(value = 200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PointInTimeTest {
    private static RealProtection real;
    private static Database shop;
    private static int runs;

    @BeforeAll
    static void protect() throws IOException, InterruptedException {
        real = new RealProtection("rewound");
        real.sql("CREATE DATABASE shop");
        shop = GrowingDatabase.named(real.cluster.database(), "shop");
        ProtectOutcome done =
                real.start(ProtectWorkflow.class, "protect", TaskQueues.RUNS).run(request(ProtectRequest.RESTART));
        assertThat(done).isInstanceOf(ProtectOutcome.Protected.class);
        // pgBackRest counts in seconds.
        real.sql("SELECT pg_sleep(1.1)");
    }

    @AfterAll
    static void close() throws IOException {
        real.close();
    }

    /** After the backup, so that all of it comes out of WAL. */
    @BeforeEach
    void begin() {
        sql(
                shop,
                "DROP TABLE IF EXISTS public.orders, public.other",
                "CREATE TABLE public.orders (id int PRIMARY KEY, words text)",
                "CREATE TABLE public.other (id int PRIMARY KEY, words text)",
                "INSERT INTO public.orders SELECT i, 'order ' || i FROM generate_series(1, 1000) AS i",
                "INSERT INTO public.other SELECT i, 'then' FROM generate_series(1, 10) AS i");
        real.effects.forget();
    }

    @Test
    void deletedRowsComeBackFromJustBeforeAndWhatWasWrittenSinceStays() throws IOException {
        String orders = rowsOf("public.orders");
        Instant before = now();
        sql(
                shop,
                "DELETE FROM public.orders",
                "INSERT INTO public.orders VALUES (2000, 'since')",
                "INSERT INTO public.other VALUES (11, 'since')");
        RecoverDatabaseRequest request = to(before, "public.orders");
        Plan plan = plan(request);
        assertThat(real.effects.all()).as("a plan changes nothing").isEmpty();

        RecoverDatabaseOutcome.RowsBack back = (RecoverDatabaseOutcome.RowsBack) recover("rows", request);

        assertThat(back.tables()).containsExactly(new BroughtBack(new TableReference("public.orders"), 1000, 0));
        assertThat(rowsOf("public.orders WHERE id < 2000")).isEqualTo(orders);
        assertThat(value(shop, "SELECT words FROM public.orders WHERE id = 2000"))
                .isEqualTo("since");
        assertThat(value(shop, "SELECT words FROM public.other WHERE id = 11")).isEqualTo("since");
        requireEqual(plan);
        requireNothingLeft("postgres,shop");
    }

    @Test
    void aSwapLosesExactlyTheRowsThatItListsAndKeepsThemInTheOldOne() throws IOException {
        Instant then = now();
        sql(
                shop,
                "DELETE FROM public.orders WHERE id > 10",
                "INSERT INTO public.other VALUES (11, 'since'), (12, 'since')",
                "UPDATE public.other SET words = 'since' WHERE id = 1");
        RecoverDatabaseRequest request = to(then);
        Plan plan = plan(request);

        RecoverDatabaseOutcome.Swapped swapped = (RecoverDatabaseOutcome.Swapped) recover("swap", request);

        assertThat(Files.readAllLines(Path.of(swapped.compared().report())).stream()
                        .filter(line -> line.contains("\"only live\"") || line.contains("\"different\"")))
                .containsExactly(
                        "{\"key\":[\"1\"],\"row\":\"different\",\"table\":\"public.other\"}",
                        "{\"key\":[\"11\"],\"row\":\"only live\",\"table\":\"public.other\"}",
                        "{\"key\":[\"12\"],\"row\":\"only live\",\"table\":\"public.other\"}");
        assertThat(value(shop, "SELECT count(*) FROM public.orders")).isEqualTo("1000");
        assertThat(value(shop, "SELECT count(*) || min(words) || max(words) FROM public.other"))
                .isEqualTo("10thenthen");
        String kept = swapped.names().kept();
        assertThat(kept).matches("shop_broken_\\d{8}t\\d{6}_\\d{6}z");
        requireEqual(plan);
        requireNothingLeft("postgres,shop," + kept);
        real.sql(swapped.names().open());
        assertThat(value(
                        GrowingDatabase.named(shop, kept),
                        "SELECT string_agg(id::text, ',' ORDER BY id) FROM public.other WHERE words = 'since'"))
                .isEqualTo("1,11,12");
        real.sql("DROP DATABASE " + kept);
        Files.createDirectories(Path.of("target/histories"));
        Files.writeString(Path.of("target/histories/recover-database-to-a-moment.json"), real.history("swap"));
    }

    @Test
    void whatCannotBeReachedIsSaidBeforeAnythingIsDone() {
        Instant now = now();
        Failure future = refused(to(now.plusSeconds(3600), "public.orders"));
        assertThat(future.type()).isEqualTo(FailureType.PRECONDITION);
        assertThat(future.fact())
                .startsWith(now.plusSeconds(3600) + " has not come yet: the server of cluster main has ");
        Failure early = refused(to(now.minusSeconds(3600), "public.orders"));
        assertThat(early.fact()).isEqualTo("cluster main has no backup from before " + now.minusSeconds(3600));
        assertThat(early.hint()).matches("name a moment between \\S+Z and \\S+Z, or take an older set with --backup");
        assertThat(early.anchor()).isEqualTo("recover-database.md#window");

        real.r2.order("PUT .*archive/rewound/15-1.*", 0, "status 403");
        try {
            real.sql("SELECT pg_current_xact_id()", "SELECT pg_switch_wal()");
            PostgresForTests.waitUntil(
                    "a segment is refused",
                    () -> real.value("SELECT last_failed_time > coalesce(last_archived_time, '-infinity')"
                                    + " FROM pg_stat_archiver")
                            .equals("t"));
            Failure stuck = refused(to(now(), "public.orders"));
            assertThat(stuck.type()).isEqualTo(FailureType.TARGET_UNAVAILABLE);
            assertThat(stuck.fact())
                    .matches(
                            "the WAL of \\S+Z has not reached store offsite yet: archive_command fails, and \\d+ segments"
                                    + " wait \\(archived until \\S+Z\\)");
        } finally {
            real.r2.clearFaults();
            // Else the archiver would sleep for a minute.
            real.sql("SELECT pg_current_xact_id()", "SELECT pg_switch_wal()");
            PostgresForTests.waitUntil(
                    "segments arrive again",
                    () -> real.value("SELECT last_failed_time < last_archived_time FROM pg_stat_archiver")
                            .equals("t"));
        }
        assertThat(real.effects.all()).isEmpty();
    }

    private static Instant now() {
        String now =
                real.value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        real.sql("SELECT pg_sleep(0.01)");
        return Instant.parse(now).truncatedTo(ChronoUnit.MICROS);
    }

    private static RecoverDatabaseRequest to(Instant moment, String... tables) {
        return new RecoverDatabaseRequest(
                new DatabaseName("shop"),
                Optional.empty(),
                Stream.of(tables).map(TableReference::new).toList(),
                Optional.empty(),
                Optional.empty(),
                new Requester("test", Optional.empty()),
                Optional.of(moment));
    }

    private static Plan plan(RecoverDatabaseRequest request) {
        return real.start(RecoverDatabasePlanWorkflow.class, "plan" + ++runs, TaskQueues.PLANNING)
                .plan(request);
    }

    private static RecoverDatabaseOutcome recover(String id, RecoverDatabaseRequest request) {
        return real.start(RecoverDatabaseWorkflow.class, id, TaskQueues.RUNS).run(request);
    }

    private static Failure refused(RecoverDatabaseRequest request) {
        Throwable thrown = catchThrowable(() -> recover("refused" + ++runs, request));
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
    }

    private static String rowsOf(String table) {
        return value(
                shop,
                "SELECT md5(string_agg(t::text, ',' ORDER BY t.id)) FROM " + table.replace(" WHERE", " t WHERE")
                        + (table.contains("WHERE") ? "" : " t"));
    }

    private static void requireEqual(Plan plan) {
        PlanEquality equality = new PlanEquality(plan, Set.of());
        assertThat(equality.differences(real.effects.all())).isEmpty();
        assertThat(equality.missing(real.effects.all())).isEmpty();
    }

    private static void requireNothingLeft(String databases) {
        assertThat(real.value(
                        "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database WHERE NOT datistemplate"))
                .isEqualTo(databases);
        assertThat(real.scratch()).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(words -> words.contains(real.scratch().toString())))
                .isEmpty();
        assertThat(real.r2.requests())
                .as("the cluster beside has a timeline of its own, and none of it in the live archive")
                .noneMatch(line -> line.contains("PUT") && line.contains("/15-1/0000000200000000"));
        assertThat(List.copyOf(real.r2.requests()))
                .anyMatch(line -> line.contains("PUT") && line.contains("/15-1/0000000100000000"));
    }
}
