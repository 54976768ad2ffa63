package dev.windlass.starter.backup;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.backup.PlanQuestion;
import dev.windlass.workflows.backup.PruneRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        header = "Remove sets that retention no longer keeps.",
        description = {
            "%nKeeps what ops.yml says, by calendar days in UTC. Never the last proven set, never while the newest is"
                    + " unproven, never a set that a run is using. Every backup run does it at its end as well."
        },
        footer = {"%nExample:%n  windlass backup prune --plan"})
public final class BackupPruneCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--plan", description = "Print what would be removed, and remove nothing.")
    boolean plan;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    public BackupPruneCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        PruneRequest request = new PruneRequest(door.person());
        try (Session session = Session.open(door, connection)) {
            if (plan) {
                PlanPrinter.print(door, session, BackupRunbooks.PLAN_QUESTION, new PlanQuestion.OfPrune(request), json);
                return 0;
            }
            return session.start(BackupRunbooks.PRUNE, request, "retention, by hand", wait, json);
        }
    }
}
