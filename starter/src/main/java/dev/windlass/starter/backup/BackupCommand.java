package dev.windlass.starter.backup;

import dev.windlass.starter.door.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "backup",
        header = "Backup sets: make, list, verify, restore, prune.",
        description = {
            "%nA set holds one consistent dump of each database, encrypted. It counts only after it was restored and"
                    + " compared: then its status is proven."
        },
        footer = {"%nExample:%n  windlass backup run --wait"})
public final class BackupCommand {
    @Mixin
    HelpOption help = new HelpOption();
}
