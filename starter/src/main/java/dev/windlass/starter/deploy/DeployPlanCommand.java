package dev.windlass.starter.deploy;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        header = "The plan of windlass deploy.",
        description = "%nRefuses, as the run would, a version that is not there or a target that is not ready. With"
                + " --migrate the migrations are rehearsed in a scratch cluster, which takes a while; Ctrl-C leaves it"
                + " going.",
        footer = {"%nExample:%n  windlass plan deploy shop prod 3f2c1ab"})
public final class DeployPlanCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    DeployTarget target = new DeployTarget();

    @Parameters(index = "2", paramLabel = "VERSION", description = "A git SHA or a tag; never latest.")
    Version version = new Version("0");

    @Mixin
    MigrateFirstOption migrate = new MigrateFirstOption();

    @Mixin
    AcceptOption accept = new AcceptOption();

    @Mixin
    JsonOption json = new JsonOption();

    public DeployPlanCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        // Nothing is signed: a plan changes nothing.
        DeployRequest request =
                target.request(version, new Requester(door.person(), Optional.empty()), accept, migrate.migrating());
        try (Session session = Session.open(door, connection)) {
            return switch (request.migrating()) {
                case LEFT_ALONE -> {
                    PlanPrinter.print(door, session, DeployRunbooks.PLAN_QUESTION, request, json);
                    yield 0;
                }
                case FIRST ->
                    session.start(
                            DeployRunbooks.PLAN_MIGRATING,
                            request,
                            "plan deploy " + request.app() + " " + request.environment() + " " + request.version()
                                    + " --migrate",
                            WaitOption.always(),
                            json);
            };
        }
    }
}
