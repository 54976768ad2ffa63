package dev.windlass.starter.backup;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.kernel.DatabaseName;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        header = "Make a backup set, sync it, prove it by a restore.",
        description = {
            "%nStarts the same run as the nightly schedule: dump, encrypt, store, restore into a throw-away cluster,"
                    + " compare, apply retention. Only one at a time touches a database; a second one waits."
        },
        footer = {"%nExample:%n  windlass backup run --database shop --wait"})
public final class BackupRunCommand implements Callable<Integer> {
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
            names = "--database",
            paramLabel = "NAME",
            split = ",",
            description = "A database of ops.yml; may be given again. Else every one listed under backup.")
    List<DatabaseName> databases = List.of();

    public BackupRunCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            String what = databases.isEmpty()
                    ? "every database"
                    : databases.stream().map(DatabaseName::value).collect(Collectors.joining(", "));
            return session.start(
                    BackupRunbooks.BACKUP,
                    new BackupRequest(databases, door.person()),
                    "backup of " + what + ", by hand",
                    wait,
                    json);
        }
    }
}
