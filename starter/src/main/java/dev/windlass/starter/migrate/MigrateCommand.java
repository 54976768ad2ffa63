package dev.windlass.starter.migrate;

import dev.windlass.starter.approvals.RequestSigning;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.migrate.MigrateRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        header = "Migrate the database of an app: rehearsed, approved, applied, verified, or undone.",
        description = {
            "%nThe pending migrations run on last night's data first, in a scratch cluster. Where ops.yml asks for"
                    + " approvals, other people approve exactly this plan; your SSH key says who asks. Ends with 9 when"
                    + " the rehearsal failed, it was not approved, or it was undone."
        },
        footer = {"%nExample:%n  windlass migrate shop prod --wait"})
public final class MigrateCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    MigrateOptions migrate = new MigrateOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Your SSH key, when it is neither in the agent nor in ~/.ssh. Its public half stands in ops.yml.")
    Optional<Path> key = Optional.empty();

    public MigrateCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return session.startSigned(
                    MigrateRunbooks.MIGRATE,
                    "migrate",
                    id -> signed(session, id),
                    "migrate " + migrate.app + " " + migrate.environment,
                    wait,
                    json);
        }
    }

    private MigrateRequest signed(Session session, String id) {
        MigrateRequest unsigned = migrate.request(new Requester(door.person(), Optional.empty()));
        return migrate.request(RequestSigning.of(door, session, key, "migrate", id, unsigned.asked()));
    }
}
