package dev.windlass.activities.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.StructureCheckOutcome;
import dev.windlass.workflows.protect.StructureCheckRequest;
import dev.windlass.workflows.protect.StructureCheckWorkflow;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** pg_amcheck as it is installed, on a server whose files are overwritten. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StructureCheckTest {
    private static final int PAGE = 8192;

    private final RealProtection real = new RealProtection("amcheck");
    private int runs;

    StructureCheckTest() throws IOException, InterruptedException {}

    @AfterEach
    void close() throws IOException {
        real.close();
    }

    @Test
    void saysWhichIndexOfWhichDatabaseIsDamagedAndWhichDatabasesItCannotLookInto() throws IOException {
        fill("shop");
        fill("crm's \"own\"");
        assertThat(failure().message())
                .isEqualTo(
                        "no database of cluster main has the extension amcheck; with tables there are: crm's \"own\", shop\n"
                                + "hint: in each of them, as a superuser: CREATE EXTENSION amcheck; or write amcheck: {depth: off}\n"
                                + "see: runbooks/protect.md#amcheck");

        PostgresForTests.sql(database("shop"), "CREATE EXTENSION amcheck");
        assertThat(check()).satisfies(outcome -> {
            assertThat(outcome.databases()).containsExactly("shop");
            assertThat(outcome.leftOut()).containsExactly("crm's \"own\"");
        });

        PostgresForTests.sql(database("crm's \"own\""), "CREATE EXTENSION amcheck");
        assertThat(check().databases()).containsExactly("crm's \"own\"", "shop");

        String index =
                PostgresForTests.value(database("crm's \"own\""), "SELECT pg_relation_filepath('public.people_name')");
        real.cluster.overwrite(index, 2L * PAGE + 6000, new byte[] {90, 90, 90, 90});
        Failure damaged = failure();
        assertThat(damaged.type()).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        assertThat(damaged.fact())
                .startsWith("cluster main is damaged inside: btree index \"crm's \"own\".public.people_name\": invalid"
                        + " page in block 2 of relation ");
        assertThat(damaged.anchor()).isEqualTo("protect.md#amcheck");
    }

    private void fill(String name) {
        real.sql("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        PostgresForTests.sql(
                database(name),
                "CREATE TABLE public.people (id int PRIMARY KEY, name text)",
                "INSERT INTO public.people SELECT n, 'somebody ' || n FROM generate_series(1, 5000) n",
                "CREATE INDEX people_name ON public.people (name)");
    }

    private Database database(String name) {
        Database known = real.cluster.database();
        return new Database(
                known.name(),
                name,
                known.environment(),
                known.host(),
                known.port(),
                known.user(),
                known.password(),
                known.tools(),
                known.smoke());
    }

    private StructureCheckOutcome check() {
        return real.start(StructureCheckWorkflow.class, "check" + ++runs, TaskQueues.RUNS)
                .run(new StructureCheckRequest(RealProtection.MAIN, "test"));
    }

    private Failure failure() {
        Throwable thrown = catchThrowable(this::check);
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
    }
}
