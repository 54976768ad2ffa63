package dev.windlass.starter;

import dev.windlass.starter.backup.BackupRunbooks;
import dev.windlass.starter.backup.RestoreFilesOptions;
import dev.windlass.starter.backup.RestoreOptions;
import dev.windlass.starter.backup.RestoreTestOptions;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.PlanQuestion;
import dev.windlass.workflows.backup.PruneRequest;
import dev.windlass.workflows.kernel.DatabaseName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        header = "Print what a run would do now, step by step; change nothing.",
        description = {
            "%nThe worker looks and decides as the run itself does at its start, on a queue whose worker can change"
                    + " nothing. What is born in the run stands as {name}."
        },
        footer = {"%nExample:%n  windlass plan backup"})
final class PlanCommand {
    @Mixin
    HelpOption help = new HelpOption();

    /** What every plan command has. */
    static final class Asking {
        @Mixin
        HelpOption help = new HelpOption();

        @Mixin
        ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        JsonOption json = new JsonOption();

        int print(Door door, PlanQuestion question) {
            return print(door, BackupRunbooks.PLAN_QUESTION, question);
        }

        int print(Door door, String workflowType, Object question) {
            try (Session session = Session.open(door, connection)) {
                PlanPrinter.print(door, session, workflowType, question, json);
                return 0;
            }
        }
    }

    @Command(
            name = "backup",
            header = "The plan of windlass backup run.",
            description = "%nA run with this digest does exactly this.",
            footer = {"%nExample:%n  windlass plan backup --database shop"})
    static final class Backup implements Callable<Integer> {
        private final Door door;

        @Mixin
        Asking asking = new Asking();

        @Option(
                names = "--database",
                paramLabel = "NAME",
                split = ",",
                description = "A database of ops.yml; may be given again. Else every one listed under backup.")
        List<DatabaseName> databases = List.of();

        Backup(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            return asking.print(door, new PlanQuestion.OfBackup(new BackupRequest(databases, door.person())));
        }
    }

    @Command(
            name = "restore-test",
            header = "The plan of windlass backup verify.",
            description = "%nSays which set and which store's copy it would restore.",
            footer = {"%nExample:%n  windlass plan restore-test --from r2"})
    static final class RestoreTest implements Callable<Integer> {
        private final Door door;

        @Mixin
        RestoreTestOptions test = new RestoreTestOptions();

        @Mixin
        Asking asking = new Asking();

        RestoreTest(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            return asking.print(door, new PlanQuestion.OfRestoreTest(test.request(door.person())));
        }
    }

    @Command(
            name = "restore",
            header = "The plan of windlass backup restore.",
            description = "%nRefuses, as the run would, when the name is taken.",
            footer = {"%nExample:%n  windlass plan restore 20261124T030000Z-1f3a09bc --into shop_yesterday"})
    static final class Restore implements Callable<Integer> {
        private final Door door;

        @Mixin
        RestoreOptions restore = new RestoreOptions();

        @Mixin
        Asking asking = new Asking();

        Restore(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            return asking.print(door, new PlanQuestion.OfRestore(restore.request(door.person())));
        }
    }

    @Command(
            name = "restore-files",
            header = "The plan of windlass backup restore-files.",
            description = "%nRefuses, as the run would, when something is there or the disk is too small.",
            footer = {"%nExample:%n  windlass plan restore-files 20261124T030000Z-1f3a09bc uploads --into /srv/restored"
            })
    static final class RestoreFiles implements Callable<Integer> {
        private final Door door;

        @Mixin
        RestoreFilesOptions restore = new RestoreFilesOptions();

        @Mixin
        Asking asking = new Asking();

        RestoreFiles(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            return asking.print(door, new PlanQuestion.OfRestoreFiles(restore.request(door.person())));
        }
    }

    @Command(
            name = "prune",
            header = "The plan of windlass backup prune.",
            description = "%nThe same as windlass backup prune --plan.",
            footer = {"%nExample:%n  windlass plan prune"})
    static final class Prune implements Callable<Integer> {
        private final Door door;

        @Mixin
        Asking asking = new Asking();

        Prune(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            return asking.print(door, new PlanQuestion.OfPrune(new PruneRequest(door.person())));
        }
    }
}
