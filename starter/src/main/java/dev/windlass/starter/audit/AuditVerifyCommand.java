package dev.windlass.starter.audit;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.audit.AuditVerification;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        header = "Check the whole chain, and compare it with the copies in the bucket.",
        description = {"%nNames the first broken link, and ends with 3 then."},
        footer = {"%nExample:%n  windlass audit verify"})
public final class AuditVerifyCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public AuditVerifyCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            AuditVerification found = session.ask("VerifyAuditLog", AuditVerification.class);
            json.print(door, found, text(found));
            return found.broken().isEmpty() ? 0 : ExitCode.PRECONDITION.number();
        }
    }

    private static String text(AuditVerification found) {
        String copies = found.copied()
                .map(copied -> ", " + Amounts.count(copied) + " of them copied to the bucket")
                .orElse(", no bucket holds copies");
        return found.broken()
                .map(broken -> "BROKEN: " + broken + "\n" + Amounts.count(found.entries())
                        + " entries before it fit\nsee: runbooks/audit.md#broken-chain")
                .orElse("whole: " + Amounts.count(found.entries()) + " entries" + copies + ", head "
                        + found.head().substring(0, 12));
    }
}
