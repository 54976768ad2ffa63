package dev.windlass.activities.protect;

import static dev.windlass.activities.backup.PostgresForTests.value;
import static dev.windlass.activities.protect.RealProtection.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectWorkflow;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What windlass protect makes restores, by the commands of its page. */
@Tag("integration")
@Timeout(value = 200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PointInTimeTest {
    @Test
    void bringsBackWhatWasDeletedAndSendsNothingIntoTheLiveStanza() throws IOException, InterruptedException {
        try (RealProtection real = new RealProtection("rewound")) {
            real.sql("CREATE TABLE public.courses AS SELECT i AS id FROM generate_series(1, 1000) AS i");
            ProtectOutcome done = real.start(ProtectWorkflow.class, "protect", TaskQueues.RUNS)
                    .run(request(ProtectRequest.RESTART));
            assertThat(done).isInstanceOf(ProtectOutcome.Protected.class);
            // pgBackRest counts in seconds, and starts from a backup that ended in one before the target's.
            real.sql("SELECT pg_sleep(1.1)", "INSERT INTO public.courses VALUES (2000)");
            String before = real.value("SELECT clock_timestamp()");
            real.sql("SELECT pg_sleep(0.01)", "DELETE FROM public.courses");
            String segment = real.value("SELECT pg_walfile_name(pg_switch_wal())");
            PostgresForTests.waitUntil(
                    "the segment of the DELETE is in the bucket",
                    () -> real.value(
                                    "SELECT coalesce(last_archived_wal, '') >= '" + segment + "' FROM pg_stat_archiver")
                            .equals("t"));

            Path beside = real.cluster.directoryBeside("beside");
            real.cluster.type(
                    "pgbackrest",
                    "--config=" + real.configuration(),
                    "--stanza=rewound",
                    "--pg1-path=" + beside + "/data",
                    "--type=time",
                    "--target=" + before,
                    "--target-action=promote",
                    "--archive-mode=off",
                    "restore");
            try {
                Database restored = real.cluster.startBeside(beside);
                PostgresForTests.waitUntil(
                        "it has come to the target",
                        () -> value(restored, "SELECT pg_is_in_recovery()").equals("f"));
                assertThat(value(restored, "SELECT count(*) || ' ' || max(id) FROM public.courses"))
                        .isEqualTo("1001 2000");
                assertThat(value(restored, "SHOW archive_mode")).isEqualTo("off");
                assertThat(real.value("SELECT count(*) FROM public.courses")).isEqualTo("0");
            } finally {
                real.cluster.stopBeside(beside);
            }
        }
    }
}
