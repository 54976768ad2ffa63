package dev.windlass.starter.backup;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "restore-files",
        header = "Unpack files of a set into a new directory, and compare them.",
        description = {
            "%nThey lie there by their whole path, as in DIRECTORY/srv/shop/uploads. Never touches what exists: when something is"
                    + " at DIRECTORY, nothing is done (exit code 3)."
        },
        footer = {
            "%nExample:%n  windlass backup restore-files 20261124T030000Z-1f3a09bc uploads --into /srv/restored --wait"
        })
public final class BackupRestoreFilesCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    RestoreFilesOptions restore = new RestoreFilesOptions();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    public BackupRestoreFilesCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return session.start(
                    BackupRunbooks.RESTORE_FILES,
                    restore.request(door.person()),
                    "restore of " + restore.archive + " of set " + restore.set + " into " + restore.into,
                    wait,
                    json);
        }
    }
}
