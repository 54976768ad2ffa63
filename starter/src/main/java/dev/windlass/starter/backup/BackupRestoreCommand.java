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
        name = "restore",
        header = "Restore a database of a set under a new name, and compare it.",
        description = {"%nNever touches a database that exists: when NAME is taken, nothing is done (exit code 3)."},
        footer = {"%nExample:%n  windlass backup restore 20261124T030000Z-1f3a09bc --into shop_yesterday --wait"})
public final class BackupRestoreCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    RestoreOptions restore = new RestoreOptions();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    public BackupRestoreCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return session.start(
                    BackupRunbooks.RESTORE,
                    restore.request(door.person()),
                    "restore of set " + restore.set + " into " + restore.into,
                    wait,
                    json);
        }
    }
}
