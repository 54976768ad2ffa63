package dev.windlass.starter.protect;

import dev.windlass.starter.approvals.RequestSigning;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.protect.ProtectRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "protect",
        header = "Protect a PostgreSQL cluster continuously: WAL and physical backups to a bucket.",
        description = {
            "%nWrites pgBackRest's configuration, lets PostgreSQL archive through it, sees that a segment arrives, and makes"
                    + " the first full backup; on a cluster that is protected it changes nothing. PostgreSQL is never"
                    + " restarted unless you accept it by name. Ends with 9 when a restart is still needed or it was not"
                    + " approved."
        },
        footer = {
            "%nExamples:%n  windlass protect main --wait%n  windlass protect main --accept restart --wait%n"
                    + "  windlass protect status main"
        })
public final class ProtectCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    ProtectOptions protect = new ProtectOptions();

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

    public ProtectCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return session.startSigned(
                    ProtectRunbooks.PROTECT,
                    "protect",
                    id -> signed(session, id),
                    "protect cluster " + protect.cluster(),
                    wait,
                    json);
        }
    }

    private ProtectRequest signed(Session session, String id) {
        ProtectRequest unsigned = protect.request(new Requester(door.person(), Optional.empty()));
        return protect.request(RequestSigning.of(door, session, key, "protect", id, unsigned.asked()));
    }
}
