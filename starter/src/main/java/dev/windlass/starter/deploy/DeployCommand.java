package dev.windlass.starter.deploy;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.deploy.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        header = "Deploy a version of an app; it goes back by itself when it is not healthy.",
        description = {
            "%nThe new version starts beside the old one and serves nobody until it is healthy. Where ops.yml asks for"
                    + " approvals, other people approve exactly this plan first; your SSH key says who asks."
                    + " Ends with 9 when the new version was not kept or not approved."
        },
        footer = {
            "%nExamples:%n  windlass deploy shop prod 3f2c1ab --wait%n  windlass deploy shop prod 3f2c1ab --migrate"
        })
public final class DeployCommand implements Callable<Integer> {
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
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    @Mixin
    SigningOptions signing = new SigningOptions();

    public DeployCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return new DeployStart(door, session, signing)
                    .start(
                            "deploy",
                            requester -> target.request(version, requester, accept, migrate.migrating()),
                            wait,
                            json);
        }
    }
}
