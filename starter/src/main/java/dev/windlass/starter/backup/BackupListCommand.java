package dev.windlass.starter.backup;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.backup.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        header = "List the backup sets of every store, newest first.",
        description = {"%nThe first line is the number on the wall: how old the newest proven set is."},
        footer = {"%nExample:%n  windlass backup list"})
public final class BackupListCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public BackupListCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            Catalogue catalogue = session.ask(BackupRunbooks.LIST_QUESTION, Catalogue.class);
            json.print(door, catalogue, CatalogueText.list(catalogue, session.now()));
            return 0;
        }
    }
}
