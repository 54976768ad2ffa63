package dev.windlass.starter;

import dev.windlass.starter.approvals.ApprovalsCommand;
import dev.windlass.starter.approvals.ApproveCommand;
import dev.windlass.starter.approvals.RejectCommand;
import dev.windlass.starter.approvals.ResumeCommand;
import dev.windlass.starter.approvals.ReviewCloseCommand;
import dev.windlass.starter.approvals.ReviewCommand;
import dev.windlass.starter.audit.AuditCommand;
import dev.windlass.starter.audit.AuditShowCommand;
import dev.windlass.starter.audit.AuditVerifyCommand;
import dev.windlass.starter.backup.BackupCommand;
import dev.windlass.starter.backup.BackupListCommand;
import dev.windlass.starter.backup.BackupPruneCommand;
import dev.windlass.starter.backup.BackupRestoreCommand;
import dev.windlass.starter.backup.BackupRestoreFilesCommand;
import dev.windlass.starter.backup.BackupRunCommand;
import dev.windlass.starter.backup.BackupShowCommand;
import dev.windlass.starter.backup.BackupVerifyCommand;
import dev.windlass.starter.deploy.DeployCommand;
import dev.windlass.starter.deploy.DeployPlanCommand;
import dev.windlass.starter.deploy.ReleasesCommand;
import dev.windlass.starter.deploy.RollbackCommand;
import dev.windlass.starter.dns.RecoverDnsCommand;
import dev.windlass.starter.dns.RecoverDnsPlanCommand;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.migrate.MigrateCommand;
import dev.windlass.starter.migrate.MigratePlanCommand;
import dev.windlass.starter.protect.ProtectCommand;
import dev.windlass.starter.protect.ProtectPlanCommand;
import dev.windlass.starter.protect.ProtectStatusCommand;
import dev.windlass.starter.recovery.DrillCommand;
import dev.windlass.starter.recovery.RecoverCommand;
import dev.windlass.starter.recovery.RecoverDatabaseCommand;
import dev.windlass.starter.recovery.RecoverPlanCommand;
import dev.windlass.starter.recovery.RecoverVpsPlanCommand;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.stagingsync.AnonymizationReportCommand;
import dev.windlass.starter.stagingsync.ClassifyCommand;
import dev.windlass.starter.stagingsync.StagingSyncCommand;
import dev.windlass.starter.stagingsync.StagingSyncPlanCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands. */
final class CommandTree {
    private static final int WIDTH = 100;

    /** A command of the first level: its class for the header, and how it is built whole. */
    private record Branch(Class<?> command, Function<Door, CommandLine> build) {}

    private static final Map<String, Branch> BRANCHES = new LinkedHashMap<>();

    static {
        BRANCHES.put("check", new Branch(CheckCommand.class, door -> new CommandLine(new CheckCommand(door))));
        BRANCHES.put(
                "inventory", new Branch(InventoryCommand.class, door -> new CommandLine(new InventoryCommand(door))));
        BRANCHES.put("deploy", new Branch(DeployCommand.class, door -> new CommandLine(new DeployCommand(door))));
        BRANCHES.put("rollback", new Branch(RollbackCommand.class, door -> new CommandLine(new RollbackCommand(door))));
        BRANCHES.put("releases", new Branch(ReleasesCommand.class, door -> new CommandLine(new ReleasesCommand(door))));
        BRANCHES.put("migrate", new Branch(MigrateCommand.class, door -> new CommandLine(new MigrateCommand(door))));
        BRANCHES.put("backup", new Branch(BackupCommand.class, CommandTree::backup));
        BRANCHES.put("protect", new Branch(ProtectCommand.class, CommandTree::protect));
        BRANCHES.put("recover", new Branch(RecoverCommand.class, CommandTree::recover));
        BRANCHES.put("drill", new Branch(DrillCommand.class, CommandTree::drill));
        BRANCHES.put(
                "staging-sync",
                new Branch(StagingSyncCommand.class, door -> new CommandLine(new StagingSyncCommand(door))));
        BRANCHES.put(
                "anonymization-report",
                new Branch(
                        AnonymizationReportCommand.class,
                        door -> new CommandLine(new AnonymizationReportCommand(door))));
        BRANCHES.put("classify", new Branch(ClassifyCommand.class, door -> new CommandLine(new ClassifyCommand(door))));
        BRANCHES.put("approvals", new Branch(ApprovalsCommand.class, CommandTree::approvals));
        BRANCHES.put("approve", new Branch(ApproveCommand.class, door -> new CommandLine(new ApproveCommand(door))));
        BRANCHES.put("reject", new Branch(RejectCommand.class, door -> new CommandLine(new RejectCommand(door))));
        BRANCHES.put("resume", new Branch(ResumeCommand.class, door -> new CommandLine(new ResumeCommand(door))));
        BRANCHES.put("review", new Branch(ReviewCommand.class, CommandTree::review));
        BRANCHES.put("audit", new Branch(AuditCommand.class, CommandTree::audit));
        BRANCHES.put("plan", new Branch(PlanCommand.class, CommandTree::plan));
        BRANCHES.put("runs", new Branch(RunsCommand.class, door -> new CommandLine(new RunsCommand(door))));
        BRANCHES.put("run", new Branch(RunCommand.class, CommandTree::run));
        BRANCHES.put("show", new Branch(RunCommand.Show.class, door -> new CommandLine(new RunCommand.Show(door))));
        BRANCHES.put("logs", new Branch(LogsCommand.class, door -> new CommandLine(new LogsCommand(door))));
        BRANCHES.put("schedules", new Branch(SchedulesCommand.class, CommandTree::schedules));
        BRANCHES.put("help", new Branch(HelpCommand.class, door -> new CommandLine(new HelpCommand(door))));
        BRANCHES.put(
                "completion",
                new Branch(CompletionCommand.class, door -> new CommandLine(new CompletionCommand(door))));
        BRANCHES.put("version", new Branch(VersionCommand.class, door -> new CommandLine(new VersionCommand(door))));
    }

    private CommandTree() {}

    /** Every command, built whole. */
    static CommandLine of(Door door) {
        return of(door, BRANCHES.keySet());
    }

    /**
     * What these arguments need: picocli builds a command by reflection, which is most of what a short command costs, so a
     * command that is not called is only a name and a header.
     */
    static CommandLine of(Door door, String... arguments) {
        Optional<String> called =
                Stream.of(arguments).filter(word -> !word.startsWith("-")).findFirst();
        boolean all = called.filter(word -> word.equals("help") || word.equals("completion"))
                .isPresent();
        return all ? of(door) : of(door, called.map(Set::of).orElse(Set.of()));
    }

    private static CommandLine of(Door door, Set<String> whole) {
        CommandLine root = new CommandLine(new RootCommand());
        BRANCHES.forEach((name, branch) -> root.addSubcommand(
                name, whole.contains(name) ? branch.build().apply(door) : headerOnly(name, branch.command())));
        return finish(root, door);
    }

    private static CommandLine headerOnly(String name, Class<?> command) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().header(command.getAnnotation(Command.class).header());
        return new CommandLine(spec);
    }

    private static CommandLine finish(CommandLine root, Door door) {
        Conversions.register(root);
        root.setOut(door.out());
        root.setErr(door.err());
        root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        root.setUsageHelpWidth(WIDTH);
        root.setUsageHelpLongOptionsMaxWidth(34);
        root.setExecutionExceptionHandler(Errors::ofCommand);
        root.setParameterExceptionHandler(Errors::ofUsage);
        root.setExitCodeExceptionMapper(thrown -> ExitCode.UNEXPECTED.number());
        everyUsage(root);
        return root;
    }

    private static void everyUsage(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("Usage: ").parameterListHeading("%n").optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n").sortOptions(false);
        command.getSubcommands().values().forEach(CommandTree::everyUsage);
    }

    private static CommandLine backup(Door door) {
        return new CommandLine(new BackupCommand())
                .addSubcommand(new BackupRunCommand(door))
                .addSubcommand(new BackupListCommand(door))
                .addSubcommand(new BackupShowCommand(door))
                .addSubcommand(new BackupVerifyCommand(door))
                .addSubcommand(new BackupRestoreCommand(door))
                .addSubcommand(new BackupRestoreFilesCommand(door))
                .addSubcommand(new BackupPruneCommand(door));
    }

    private static CommandLine protect(Door door) {
        return new CommandLine(new ProtectCommand(door)).addSubcommand(new ProtectStatusCommand(door));
    }

    private static CommandLine recover(Door door) {
        return new CommandLine(new RecoverCommand())
                .addSubcommand(new RecoverDatabaseCommand(door))
                .addSubcommand(new RecoverDnsCommand(door));
    }

    private static CommandLine drill(Door door) {
        return new CommandLine(new DrillCommand()).addSubcommand(new DrillCommand.OfDatabase(door));
    }

    private static CommandLine approvals(Door door) {
        return new CommandLine(new ApprovalsCommand(door)).addSubcommand(new ApprovalsCommand.Show(door));
    }

    private static CommandLine review(Door door) {
        return new CommandLine(new ReviewCommand()).addSubcommand(new ReviewCloseCommand(door));
    }

    private static CommandLine audit(Door door) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditShowCommand(door))
                .addSubcommand(new AuditVerifyCommand(door));
    }

    private static CommandLine schedules(Door door) {
        return new CommandLine(new SchedulesCommand(door)).addSubcommand(new ScheduleTriggerCommand(door));
    }

    private static CommandLine plan(Door door) {
        return new CommandLine(new PlanCommand())
                .addSubcommand(new PlanCommand.Backup(door))
                .addSubcommand(new PlanCommand.RestoreTest(door))
                .addSubcommand(new PlanCommand.Restore(door))
                .addSubcommand(new PlanCommand.RestoreFiles(door))
                .addSubcommand(new PlanCommand.Prune(door))
                .addSubcommand(new DeployPlanCommand(door))
                .addSubcommand(new MigratePlanCommand(door))
                .addSubcommand(new ProtectPlanCommand(door))
                .addSubcommand(
                        new CommandLine(new DrillCommand.Plans()).addSubcommand(new DrillCommand.PlanOfDatabase(door)))
                .addSubcommand(new StagingSyncPlanCommand(door))
                .addSubcommand(new CommandLine(new RecoverPlanCommand())
                        .addSubcommand(new RecoverVpsPlanCommand(door))
                        .addSubcommand(new RecoverPlanCommand.OfDatabase(door))
                        .addSubcommand(new RecoverDnsPlanCommand(door)));
    }

    private static CommandLine run(Door door) {
        return new CommandLine(new RunCommand())
                .addSubcommand(new RunCommand.Show(door))
                .addSubcommand(new RunCommand.Wait(door))
                .addSubcommand(new RunCommand.Cancel(door));
    }
}
