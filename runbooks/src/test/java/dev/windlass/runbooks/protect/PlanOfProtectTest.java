package dev.windlass.runbooks.protect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.protect.ClusterObservation.File;
import dev.windlass.runbooks.protect.ClusterObservation.Repository;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.protect.BackupKind;
import dev.windlass.workflows.protect.PhysicalBackupRequest;
import dev.windlass.workflows.protect.ProtectPlan;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanOfProtectTest {
    private static final String OURS = "pgbackrest --config=/etc/pgbackrest/main.conf --stanza=main archive-push %p";
    private static final SortedMap<String, String> SET =
            Sorted.copyOf(Map.of("archive_command", OURS, "archive_timeout", "60s", "archive_mode", "on"));

    private final Cluster cluster = ProtectPageSample.cluster();
    private final PlanOfProtect plans = new PlanOfProtect(PageSample.operations(), cluster, Optional.of("postgres"));

    @Test
    void hasOnlyTheStepsThatAreNeeded() {
        assertThat(steps(plan(File.RIGHT, Repository.HAS_BACKUP, SET, "on"))).isEmpty();
        assertThat(steps(plan(File.RIGHT, Repository.NO_BACKUP, SET, "on")))
                .containsExactly("check", "backup", "inspect", "notify");
        assertThat(steps(plan(File.DIFFERENT, Repository.UNKNOWN, SET, "on")))
                .containsExactly("configure", "stanza", "check", "backup", "inspect", "notify");
        assertThat(steps(plan(File.RIGHT, Repository.HAS_BACKUP, Sorted.of(), "on")))
                .containsExactly("settings", "check", "notify");
    }

    @Test
    void endsBeforeARestartThatNobodyAcceptedAndNamesItsCommand() {
        ProtectPlan plan = plan(File.ABSENT, Repository.UNKNOWN, Sorted.of(), "off");

        assertThat(steps(plan)).containsExactly("configure", "stanza", "settings", "notify");
        assertThat(plan.restartWith()).hasValue("systemctl restart postgresql@15-main");
        ProtectPlan accepted = plan(File.ABSENT, Repository.UNKNOWN, Sorted.of(), "off", ProtectRequest.RESTART);
        assertThat(steps(accepted)).contains("restart", "check", "backup");
        assertThat(accepted.restartWith()).isEmpty();
    }

    @Test
    void putsBackWhatStoodThereBefore() {
        Step step = plan(
                        File.RIGHT,
                        Repository.HAS_BACKUP,
                        Sorted.copyOf(Map.of("archive_command", "cp %p '/x'", "archive_mode", "on")),
                        "on")
                .plan()
                .step(ProtectSteps.SETTINGS);

        assertThat(step.undo())
                .extracting(effect -> ((Effect.Sql) effect).statement())
                .containsExactly(
                        "ALTER SYSTEM SET archive_command = 'cp %p ''/x'''",
                        "ALTER SYSTEM RESET archive_timeout",
                        "ALTER SYSTEM SET archive_mode = 'on'",
                        "SELECT pg_reload_conf()");
    }

    @Test
    void leavesNoServerThatKeepsAllWalBehind() {
        Step step = plan(File.ABSENT, Repository.UNKNOWN, Sorted.of(), "off", ProtectRequest.RESTART)
                .plan()
                .step(ProtectSteps.SETTINGS);

        assertThat(((Effect.Sql) step.undo().getFirst()).statement())
                .isEqualTo("ALTER SYSTEM SET archive_command = '/bin/true'");
    }

    @Test
    void writesNoSecretAnywhereButNamesIt() {
        Step step = plan(File.DIFFERENT, Repository.UNKNOWN, SET, "on").plan().step(ProtectSteps.CONFIGURE);
        Effect.Command awk = step.command("awk");

        assertThat(awk.secrets().keySet()).containsExactly("REPO1_CIPHER_PASS", "REPO1_S3_KEY", "REPO1_S3_KEY_SECRET");
        assertThat(((Channel.Text) awk.input()).text())
                .contains(
                        "repo1-cipher-pass=$REPO1_CIPHER_PASS\n",
                        "repo1-s3-key-secret=$REPO1_S3_KEY_SECRET\n",
                        "repo1-path=/production/pgbackrest\n",
                        "repo1-s3-endpoint=0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com\n",
                        "repo1-s3-region=auto\n",
                        "repo1-s3-uri-style=path\n",
                        "repo1-storage-verify-tls=y\n");
        assertThat(step.commands())
                .extracting(command -> String.join(" ", command.argv()))
                .contains(
                        "cp --no-clobber --preserve=all -- /etc/pgbackrest/main.conf /etc/pgbackrest/main.conf.before-{run}",
                        "chmod 0640 -- /etc/pgbackrest/main.conf.next",
                        "mv -f -- /etc/pgbackrest/main.conf.next /etc/pgbackrest/main.conf");
    }

    /** R2 answers 429 to two writes of one key within a second: runbooks/protect.md#r2. */
    @Test
    void keepsPgBackRestFromWritingOneKeyTwiceInASecond() {
        BackRestFile file = PlanOfProtect.commands(PageSample.operations(), cluster, Optional.empty())
                .file();
        assertThat(file.text()).contains("resume=n\n", "expire-auto=n\n");

        Plan backup = plans.backup(new PhysicalBackupRequest(cluster.name(), BackupKind.DIFFERENTIAL, "schedule"));
        assertThat(backup.steps()).extracting(step -> step.id().value()).containsExactly("backup", "expire", "inspect");
        assertThat(backup.step(ProtectSteps.BACKUP).commands())
                .extracting(Effect.Command::argv)
                .containsExactly(List.of(
                        "setpriv",
                        "--reuid=postgres",
                        "--regid=postgres",
                        "--init-groups",
                        "--",
                        "pgbackrest",
                        "--config=/etc/pgbackrest/main.conf",
                        "--stanza=main",
                        "--type=diff",
                        "backup"));
    }

    @Test
    void survivesBeingWrittenDown() throws Exception {
        ProtectPlan plan = plan(File.ABSENT, Repository.UNKNOWN, Sorted.of(), "off", ProtectRequest.RESTART);

        assertThat(PayloadJson.read(PayloadJson.canonical(plan), ProtectPlan.class))
                .isEqualTo(plan);
    }

    private ProtectPlan plan(
            File file, Repository repository, SortedMap<String, String> settings, String running, String... accepted) {
        return plans.plan(
                new ProtectRequest(
                        cluster.name(), new TreeSet<>(List.of(accepted)), new Requester("somebody", Optional.empty())),
                new ClusterObservation(
                        "15.18", "2.45", PageSample.TOOLS, file, repository, settings, settings, running),
                Optional.empty());
    }

    private static List<String> steps(ProtectPlan plan) {
        return plan.plan().steps().stream().map(step -> step.id().value()).toList();
    }
}
