package dev.windlass.starter.migrate;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "migrate",
        header = "The plan of windlass migrate, with lint and rehearsal.",
        description = "%nRestores the newest proven backup into a scratch cluster and migrates it there, so it takes a"
                + " while; Ctrl-C leaves it going. The database itself is only looked at.",
        footer = {"%nExample:%n  windlass plan migrate shop prod"})
public final class MigratePlanCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    MigrateOptions migrate = new MigrateOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public MigratePlanCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return session.start(
                    MigrateRunbooks.PLAN,
                    migrate.request(new Requester(door.person(), Optional.empty())),
                    "plan migrate " + migrate.app + " " + migrate.environment,
                    WaitOption.always(),
                    json);
        }
    }
}
