package dev.windlass.starter.audit;

import dev.windlass.starter.door.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "audit",
        header = "The audit log: who started, decided and changed what.",
        description = {
            "%nEvery entry holds the hash of the one before, so a change can be found. The worker is the only writer; new"
                    + " entries go to the bucket every minute."
        },
        footer = {"%nExample:%n  windlass audit show --last 20"})
public final class AuditCommand {
    @Mixin
    HelpOption help = new HelpOption();
}
