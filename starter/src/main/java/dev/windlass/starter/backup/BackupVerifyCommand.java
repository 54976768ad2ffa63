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
        name = "verify",
        header = "Restore a stored set into a throw-away cluster and compare it again.",
        description = {"%nThe same run as the monthly restore test. Exit code 7 when the set does not hold."},
        footer = {"%nExample:%n  windlass backup verify --from r2 --wait"})
public final class BackupVerifyCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    RestoreTestOptions test = new RestoreTestOptions();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    public BackupVerifyCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            return session.start(
                    BackupRunbooks.RESTORE_TEST,
                    test.request(door.person()),
                    "restore test of " + test.what() + ", by hand",
                    wait,
                    json);
        }
    }
}
