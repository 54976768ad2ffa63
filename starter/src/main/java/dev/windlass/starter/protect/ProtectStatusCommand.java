package dev.windlass.starter.protect;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.protect.ProtectionStatus;
import dev.windlass.workflows.protect.WatchRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        header = "How the protection of a cluster stands: WAL on its way, backups, findings.",
        description = "%nAsks the server and the repository now. Ends with 9 when there is a finding.",
        footer = {"%nExample:%n  windlass protect status main"})
public final class ProtectStatusCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "A cluster of ops.yml.")
    ClusterName cluster = new ClusterName("cluster");

    public ProtectStatusCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            ProtectionStatus status =
                    session.ask(ProtectRunbooks.STATUS_QUESTION, new WatchRequest(cluster), ProtectionStatus.class);
            json.print(door, status, ProtectionText.of(status));
            return status.findings().isEmpty() ? ExitCode.OK.number() : ExitCode.NOT_KEPT.number();
        }
    }
}
