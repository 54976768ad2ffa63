package dev.windlass.starter.deploy;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.deploy.DeployRequest.Migrating;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        header = "Deploy the release from before again.",
        description = {
            "%nThe same run as a deploy, with the same approvals and the same health gate, and with a version that served"
                    + " before. The database is left as it is; when migrations that the old code may not bear were applied since, it"
                    + " is refused, unless you accept that by name. windlass releases says what there is to go back to."
        },
        footer = {"%nExample:%n  windlass rollback shop prod --wait"})
public final class RollbackCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    DeployTarget target = new DeployTarget();

    @Option(names = "--to", paramLabel = "VERSION", description = "Else the release that served before this one.")
    Optional<Version> to = Optional.empty();

    @Mixin
    AcceptOption accept = new AcceptOption();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    @Mixin
    SigningOptions signing = new SigningOptions();

    public RollbackCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            Version version = to.orElseGet(() -> versionBefore(session));
            return new DeployStart(door, session, signing)
                    .start(
                            "rollback",
                            requester -> target.request(version, requester, accept, Migrating.LEFT_ALONE),
                            wait,
                            json);
        }
    }

    private Version versionBefore(Session session) {
        return DeployRunbooks.releases(session, target)
                .before()
                .map(Release::version)
                .orElseThrow(() -> new Complaint(
                        target.app + " " + target.environment + " has no release from before",
                        "see what there is: windlass releases " + target.app + " " + target.environment,
                        "windlass rollback --help",
                        ExitCode.NOT_FOUND));
    }
}
