package dev.windlass.starter.recovery;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.recovery.DrillRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "drill",
        header = "Rehearse a recovery, and measure it: drill database.",
        description = {
            "%nSays how long it takes and how much of what was written last would be lost, and leaves everything as it was."
        },
        footer = {"%nExample:%n  windlass drill database shop --wait"})
public final class DrillCommand {
    @Mixin
    HelpOption help = new HelpOption();

    /** What is drilled, by {@code drill database} and its plan alike. */
    static final class Drilled {
        @Parameters(
                index = "0",
                paramLabel = "DB",
                description = "A database of ops.yml, of a cluster that is protected.")
        DatabaseName database = new DatabaseName("database");
    }

    @Command(
            name = "database",
            header = "Recover a database out of the bucket beside the live one, measure it, and remove it again.",
            description = {
                "%nCommits every second for a little longer than two archive_timeouts, and sees how old the last commit is"
                        + " that lies in the bucket. Then pgBackRest restores the whole cluster into the scratch directory,"
                        + " WAL is replayed, every row of the database is read, its smoke queries are asked, and all of it"
                        + " is removed. The live database is not touched."
            },
            footer = {"%nExample:%n  windlass drill database shop --wait"})
    public static final class OfDatabase implements Callable<Integer> {
        private final Door door;

        @Mixin
        HelpOption help = new HelpOption();

        @Mixin
        Drilled drilled = new Drilled();

        @Mixin
        ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        WaitOption wait = new WaitOption();

        @Mixin
        JsonOption json = new JsonOption();

        public OfDatabase(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            try (Session session = Session.open(door, connection)) {
                return session.start(
                        RecoveryRunbooks.DRILL_DATABASE,
                        new DrillRequest(drilled.database, door.person()),
                        "drill of database " + drilled.database,
                        wait,
                        json);
            }
        }
    }

    @Command(
            name = "drill",
            header = "The plans of windlass drill.",
            description = "%nThey look, and change nothing.",
            footer = {"%nExample:%n  windlass plan drill database shop"})
    public static final class Plans {
        @Mixin
        HelpOption help = new HelpOption();
    }

    @Command(
            name = "database",
            header = "The plan of windlass drill database.",
            description =
                    "%nRefuses, as the drill would, what cannot be. The drill plans again for the moment it finds.",
            footer = {"%nExample:%n  windlass plan drill database shop"})
    public static final class PlanOfDatabase implements Callable<Integer> {
        private final Door door;

        @Mixin
        HelpOption help = new HelpOption();

        @Mixin
        Drilled drilled = new Drilled();

        @Mixin
        ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        JsonOption json = new JsonOption();

        public PlanOfDatabase(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            try (Session session = Session.open(door, connection)) {
                PlanPrinter.print(
                        door,
                        session,
                        RecoveryRunbooks.DRILL_PLAN_QUESTION,
                        new DrillRequest(drilled.database, door.person()),
                        json);
                return 0;
            }
        }
    }
}
