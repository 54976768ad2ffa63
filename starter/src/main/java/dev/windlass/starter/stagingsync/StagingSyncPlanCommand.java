package dev.windlass.starter.stagingsync;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.stagingsync.SourceChoice;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "staging-sync",
        header = "The plan of windlass staging-sync.",
        description =
                "%nRefuses, as the run would, a classification that does not fit, and a target that is the database itself.",
        footer = {"%nExample:%n  windlass plan staging-sync shop"})
public final class StagingSyncPlanCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            converter = SourceWord.class,
            description =
                    "What the copy is made of: backup (the newest proven set, restored here: production has no load), production, or"
                            + " auto (the set while it is young enough). Default: source of staging_sync in ops.yml.")
    Optional<SourceChoice> from = Optional.empty();

    @Parameters(index = "0", paramLabel = "DB", description = "A database of ops.yml that has staging_sync.")
    DatabaseName database = new DatabaseName("database");

    public StagingSyncPlanCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            PlanPrinter.print(
                    door,
                    session,
                    StagingSyncRunbooks.PLAN_QUESTION,
                    new StagingSyncRequest(database, new Requester(door.person(), Optional.empty()), from),
                    json);
            return 0;
        }
    }
}
