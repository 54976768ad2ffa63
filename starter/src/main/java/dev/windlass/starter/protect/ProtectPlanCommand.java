package dev.windlass.starter.protect;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.approvals.Requester;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "protect",
        header = "The plan of windlass protect.",
        description =
                "%nSays what is there already, whether PostgreSQL has to be restarted, and what is put back when it"
                        + " fails.",
        footer = {"%nExample:%n  windlass plan protect main"})
public final class ProtectPlanCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    ProtectOptions protect = new ProtectOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public ProtectPlanCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            PlanPrinter.print(
                    door,
                    session,
                    ProtectRunbooks.PLAN_QUESTION,
                    protect.request(new Requester(door.person(), Optional.empty())),
                    json);
            return 0;
        }
    }
}
