package dev.windlass.starter.stagingsync;

import dev.windlass.starter.approvals.RequestSigning;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.stagingsync.SourceChoice;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "staging-sync",
        header = "Give staging a masked copy of a database: planned, copied, scanned, swapped in.",
        description = {
            "%nRefuses while a column is not classified, a guess, or another one than it was. Values are masked by the"
                    + " statement that reads them; every byte is looked at on its way. Staging is what it was until the copy"
                    + " takes its name. Ends with 9 when it was not approved."
        },
        footer = {"%nExample:%n  windlass staging-sync shop --wait"})
public final class StagingSyncCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

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

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            converter = SourceWord.class,
            description =
                    "What the copy is made of: backup (the newest proven set, restored here: production has no load), production, or"
                            + " auto (the set while it is young enough). Default: source of staging_sync in ops.yml.")
    Optional<SourceChoice> from = Optional.empty();

    @Parameters(index = "0", paramLabel = "DB", description = "A database of ops.yml that has staging_sync.")
    DatabaseName database = new DatabaseName("database");

    public StagingSyncCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        StagingSyncRequest unsigned =
                new StagingSyncRequest(database, new Requester(door.person(), Optional.empty()), from);
        try (Session session = Session.open(door, connection)) {
            return session.startSigned(
                    StagingSyncRunbooks.STAGING_SYNC,
                    StagingSyncRunbooks.STAGING_SYNC.name(),
                    id -> new StagingSyncRequest(
                            database,
                            RequestSigning.of(
                                    door, session, key, StagingSyncRunbooks.STAGING_SYNC.name(), id, unsigned.asked()),
                            from),
                    "staging-sync " + database,
                    wait,
                    json);
        }
    }
}
