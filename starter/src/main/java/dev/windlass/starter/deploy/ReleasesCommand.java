package dev.windlass.starter.deploy;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "releases",
        header = "List the releases of an app that can serve again, newest first.",
        description = {"%nbefore is where windlass rollback goes when no version is named."},
        footer = {"%nExample:%n  windlass releases shop prod"})
public final class ReleasesCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    DeployTarget target = new DeployTarget();

    @Mixin
    JsonOption json = new JsonOption();

    public ReleasesCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            ReleaseList releases = DeployRunbooks.releases(session, target);
            json.print(door, releases, text(releases, session.now()));
            return 0;
        }
    }

    private static String text(ReleaseList releases, Instant now) {
        if (releases.entries().isEmpty()) {
            return "nothing was ever deployed to " + releases.app() + " " + releases.environment();
        }
        Table table = new Table()
                .left("VERSION")
                .left("CONTENT")
                .left("STATE")
                .left("DEPLOYED")
                .left("SCHEMA")
                .left("WHERE");
        for (ReleaseList.Entry entry : releases.entries()) {
            table.row(
                    entry.release().version().value(),
                    entry.release().abbreviated(),
                    state(entry.state()),
                    entry.deployed()
                            .map(at -> Amounts.time(Duration.between(at, now)) + " ago")
                            .orElse("never"),
                    entry.applied().map(ReleasesCommand::last).orElse(""),
                    entry.where());
        }
        return table.toString();
    }

    /** The migration that was applied last when it was deployed. */
    private static String last(List<AppliedMigration> applied) {
        return applied.isEmpty() ? "no migration" : applied.getLast().name();
    }

    private static String state(ReleaseList.State state) {
        return switch (state) {
            case SERVING -> "serving";
            case BEFORE -> "before";
            case KEPT -> "kept";
            case NEVER_KEPT -> "never kept";
        };
    }
}
