package dev.windlass.starter.audit;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.terminal.Table;
import dev.windlass.workflows.audit.AuditEntries;
import dev.windlass.workflows.audit.AuditEntry;
import dev.windlass.workflows.audit.AuditQuestion;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        header = "Print the newest entries, oldest first.",
        description = {
            "%nOne row for each start, decision, changing step and end: who, what, in which run, and its details."
        },
        footer = {"%nExample:%n  windlass audit show --run deploy-20261124T101500Z"})
public final class AuditShowCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most this many, up to 1000. Default: ${DEFAULT-VALUE}")
    int last = 50;

    @Option(names = "--run", paramLabel = "RUN", description = "Only entries of this run.")
    Optional<String> run = Optional.empty();

    public AuditShowCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            AuditEntries found = session.ask("ShowAudit", new AuditQuestion(last, run), AuditEntries.class);
            json.print(door, found, text(found));
            return 0;
        }
    }

    private static String text(AuditEntries found) {
        if (found.entries().isEmpty()) {
            return "no entries";
        }
        Table table = new Table()
                .right("ENTRY")
                .left("AT (UTC)")
                .left("WHAT")
                .left("BY")
                .left("RUN")
                .left("DETAILS");
        for (AuditEntry entry : found.entries()) {
            table.row(
                    Long.toString(entry.sequence()),
                    entry.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    entry.event().kind().name().toLowerCase(Locale.ROOT) + " "
                            + entry.event().what(),
                    entry.event().actor(),
                    entry.event().workflowId(),
                    entry.event().details().entrySet().stream()
                            .map(detail -> detail.getKey() + "=" + detail.getValue())
                            .collect(Collectors.joining(" ")));
        }
        return table.toString();
    }
}
