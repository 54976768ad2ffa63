package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.backup.BackupPlanWorkflow;
import dev.windlass.workflows.backup.BackupQueryWorkflow;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.PruneWorkflow;
import dev.windlass.workflows.backup.RestoreFilesWorkflow;
import dev.windlass.workflows.backup.RestoreTestWorkflow;
import dev.windlass.workflows.backup.RestoreWorkflow;
import dev.windlass.workflows.deploy.DeployWorkflow;
import dev.windlass.workflows.deploy.MigratingDeployPlanWorkflow;
import dev.windlass.workflows.dns.RecoverDnsPlanWorkflow;
import dev.windlass.workflows.dns.RecoverDnsWorkflow;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.MigratePlanWorkflow;
import dev.windlass.workflows.migrate.MigrateWorkflow;
import dev.windlass.workflows.protect.PhysicalBackupWorkflow;
import dev.windlass.workflows.protect.ProtectWorkflow;
import dev.windlass.workflows.protect.ProtectionWatchWorkflow;
import dev.windlass.workflows.protect.StructureCheckWorkflow;
import dev.windlass.workflows.recovery.DrillDatabasePlanWorkflow;
import dev.windlass.workflows.recovery.DrillDatabaseWorkflow;
import dev.windlass.workflows.recovery.RecoverDatabasePlanWorkflow;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflow;
import dev.windlass.workflows.stagingsync.ClassifyWorkflow;
import dev.windlass.workflows.stagingsync.StagingSyncPlanWorkflow;
import dev.windlass.workflows.stagingsync.StagingSyncWorkflow;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTreeTest {
    private final Typed typed = new Typed(new FakeRuns());

    @Test
    void everyCommandHasAHeaderADescriptionAndAnExample() {
        List<CommandLine> commands = all(typed.tree()).toList();

        assertThat(commands).hasSizeGreaterThan(24);
        assertThat(commands)
                .allSatisfy(command -> assertThat(command.getUsageMessage())
                        .as(command.getCommandSpec().qualifiedName())
                        .contains("Usage: " + command.getCommandSpec().qualifiedName(), "Example", "-h, --help")
                        .satisfies(usage -> assertThat(
                                        command.getCommandSpec().usageMessage().header())
                                .isNotEmpty())
                        .satisfies(usage -> assertThat(
                                        command.getCommandSpec().usageMessage().description())
                                .isNotEmpty()));
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandTreeTest::all));
    }

    @Test
    void theShortHelpIsTheWholeOne() {
        typed.type("--help");

        assertThat(typed.out()).isEqualTo(typed.tree().getUsageMessage());
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(typed.type("bakup", "list")).isEqualTo(2);

        assertThat(typed.err()).isEqualTo("""
                error: unmatched arguments from index 0: 'bakup', 'list'
                hint: did you mean backup? all of it: windlass --help
                see: windlass help exit-codes
                """);
    }

    @Test
    void asksForTheCommandWhenOnlyItsGroupIsTyped() {
        assertThat(typed.type("backup")).isEqualTo(2);

        assertThat(typed.err()).isEqualTo("""
                error: missing required subcommand
                hint: all of it: windlass backup --help
                see: windlass help exit-codes
                """);
    }

    @Test
    void everyFailureTypeEndsWithADocumentedExitCode() {
        assertThat(Stream.of(FailureType.values()).map(FailureType::exitCode))
                .isSubsetOf(Stream.of(ExitCode.values()).map(ExitCode::number).toList());
    }

    @Test
    void helpListsTheExitCodes() {
        assertThat(typed.type("help", "exit-codes")).isZero();

        assertThat(typed.out()).isEqualTo("""
                How windlass ends. The numbers are promised. Without --wait, a start is done when the server has it.

                CODE  MEANING
                   0  done; with --wait: the run reached its goal
                   1  something Windlass does not know; the message says what
                   2  wrong usage, a mistake in ops.yml, or a secret that is missing
                   3  what must hold before does not hold: a tool missing or too old, a name taken
                   4  what was asked for does not exist
                   5  another run holds the resource
                   6  the server, a database, a store or a command failed or cannot be reached
                   7  a backup is damaged, does not restore, or differs from what was backed up
                   8  the run was cancelled, terminated or timed out
                   9  a deploy ended well, and not with the new version: rolled back, or not approved
                 130  Ctrl-C while waiting; the run goes on
                """);
    }

    @Test
    void helpKnowsEveryCommandByItsWords() {
        assertThat(typed.type("help", "backup", "restore")).isZero();

        assertThat(typed.out()).startsWith("Restore a database of a set under a new name, and compare it.\n");
    }

    @Test
    void completesForBashAndZsh() {
        assertThat(typed.type("completion", "zsh")).isZero();

        assertThat(typed.out()).contains("bashcompinit", "complete -F _complete_windlass", "restore-test");
    }

    @Test
    void workflowsAreCalledAsTheirContractsSay() {
        assertThat(Runbooks.ALL.stream().map(Runbook::workflowType))
                .containsExactly(
                        type(BackupWorkflow.class),
                        type(RestoreTestWorkflow.class),
                        type(RestoreWorkflow.class),
                        type(RestoreFilesWorkflow.class),
                        type(PruneWorkflow.class),
                        type(DeployWorkflow.class),
                        type(MigratingDeployPlanWorkflow.class),
                        type(MigrateWorkflow.class),
                        type(MigratePlanWorkflow.class),
                        type(ProtectWorkflow.class),
                        type(PhysicalBackupWorkflow.class),
                        type(ProtectionWatchWorkflow.class),
                        type(StructureCheckWorkflow.class),
                        type(RecoverDatabaseWorkflow.class),
                        type(DrillDatabaseWorkflow.class),
                        type(RecoverDnsWorkflow.class),
                        type(StagingSyncWorkflow.class));
        assertThat(type(DrillDatabasePlanWorkflow.class)).isEqualTo("PlanDrillDatabase");
        assertThat(type(RecoverDatabasePlanWorkflow.class)).isEqualTo("PlanRecoverDatabase");
        assertThat(type(RecoverDnsPlanWorkflow.class)).isEqualTo("PlanRecoverDns");
        assertThat(type(StagingSyncPlanWorkflow.class)).isEqualTo("PlanStagingSync");
        assertThat(type(ClassifyWorkflow.class)).isEqualTo("Classify");
        assertThat(type(BackupQueryWorkflow.class)).isEqualTo("ListBackups");
        assertThat(type(BackupPlanWorkflow.class)).isEqualTo("PlanBackupRunbook");
    }

    private static String type(Class<?> contract) {
        return POJOWorkflowInterfaceMetadata.newInstance(contract)
                .getWorkflowType()
                .orElseThrow();
    }

    @Test
    void inventoryEndsBadlyWhereSomethingWouldBeGone(@TempDir Path directory) throws IOException {
        String text = """
                version: 1
                team: Example
                databases: {shop: {}, crm: {}}
                stores: {usb: {kind: directory, path: /mnt/usb}}
                backup:
                  databases: [shop]
                  remote: usb
                  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
                """;
        Path file = Files.writeString(directory.resolve("ops.yml"), text).toRealPath();
        Typed here = new Typed(new FakeRuns(), directory, Map.of());

        assertThat(here.type("inventory")).isEqualTo(3);

        assertThat(here.out().replaceAll(" +", " ")).isEqualTo("""
                A NEW MACHINE NEEDS HELD WHERE, OR WHAT TO DO
                the sets themselves elsewhere in /mnt/usb, which must not be on a disk of this machine
                an age identity that opens them elsewhere where you keep the secret half of the key of backup.recipients
                database crm NOWHERE add it to backup.databases
                database shop in sets dump, roles and facts
                files windlass in sets FILE, /var/lib/windlass/audit.jsonl
                1 of these would be gone with this machine
                """.replace("FILE", file.toString()));
        Files.writeString(directory.resolve("ops.yml"), text.replace("[shop]", "[shop, crm]"));

        assertThat(here.type("inventory")).isZero();

        assertThat(here.out()).endsWith("nothing would be gone with this machine\n");
    }

    @Test
    void checkSaysThatThereIsNoPathBesideCloudflare(@TempDir Path directory) throws IOException {
        String text = """
                version: 1
                team: Example
                databases: {shop: {}}
                backup: {recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]}
                dns:
                  zone: example.com
                  token: env:CLOUDFLARE_TOKEN
                  records: [{name: shop.example.com, mode: proxied, check: https://shop.example.com/health}]
                """;
        Path file = Files.writeString(directory.resolve("ops.yml"), text);
        Typed here = new Typed(new FakeRuns(), directory, Map.of());

        assertThat(here.type("check")).isZero();

        assertThat(here.out()).isEqualTo(file + """
                : no problem (1 database, 0 stores)
                remark: dns.second: is missing: when Cloudflare's API is down there is no path by which the names of zone \
                example.com could be led elsewhere
                  hint: make a name at another DNS provider that leads to this machine, let the machine answer for it, and \
                write it here
                """);
        Files.writeString(file, text + "  second: {name: shop.example.net, provider: another one}\n");
        Typed whole = new Typed(new FakeRuns(), directory, Map.of());

        assertThat(whole.type("check")).isZero();

        assertThat(whole.out()).isEqualTo(file + ": no problem (1 database, 0 stores)\n");
    }

    @Test
    void checkPrintsEveryProblem(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("ops.yml"), "versio: 1\nteam: Example\n");
        Typed here = new Typed(new FakeRuns(), directory, Map.of());

        assertThat(here.type("check")).isEqualTo(2);

        assertThat(here.out())
                .contains(
                        directory.resolve("ops.yml") + ":1:1: versio: is not a key that is known here\n"
                                + "  hint: did you mean \"version\"?\n",
                        " problems\n");
    }
}
