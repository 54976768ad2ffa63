package dev.windlass.starter.dns;

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
        name = "dns",
        header = "The plan of windlass recover dns.",
        description =
                "%nRefuses, as the run would, what cannot be: records that are not what ops.yml says, a machine that does"
                        + " not answer.",
        footer = {"%nExample:%n  windlass plan recover dns --to 198.51.100.7"})
public final class RecoverDnsPlanCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    RecoverDnsOptions recover = new RecoverDnsOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public RecoverDnsPlanCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        var request = recover.request(new Requester(door.person(), Optional.empty()));
        try (Session session = Session.open(door, connection)) {
            PlanPrinter.print(door, session, DnsRunbooks.PLAN_QUESTION, request, json);
            return 0;
        }
    }
}
