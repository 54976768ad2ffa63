package dev.windlass.starter.backup;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.SetId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Show one backup set: databases, files, hashes, proof.",
        description = {"%nThe differences of a failed proof are listed one by one."},
        footer = {"%nExample:%n  windlass backup show 20261124T030000Z-1f3a09bc"})
public final class BackupShowCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    @Parameters(paramLabel = "SET", description = "As in windlass backup list.")
    SetId set = new SetId("00010101T000000Z-00000000");

    public BackupShowCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            Catalogue.Entry entry = session.ask(BackupRunbooks.LIST_QUESTION, Catalogue.class)
                    .find(set)
                    .orElseThrow(() -> new Complaint(
                            "no backup set " + set + " in any store",
                            "list those there are: windlass backup list",
                            "windlass help exit-codes",
                            ExitCode.NOT_FOUND));
            json.print(door, entry, CatalogueText.show(entry, session.now()));
            return 0;
        }
    }
}
