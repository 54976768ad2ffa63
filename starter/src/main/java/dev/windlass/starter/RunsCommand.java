package dev.windlass.starter;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "runs",
        header = "List the runs that the server still keeps, newest first.",
        description = {"%nA run appears in the list about a second after it began."},
        footer = {"%nExample:%n  windlass runs --limit 5"})
final class RunsCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "20", description = "How many. Default: 20.")
    int limit;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    RunsCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            List<String> types =
                    Runbooks.ALL.stream().map(Runbook::workflowType).toList();
            List<RunState> runs = session.runs().recent(types, limit);
            Table table = new Table()
                    .left("RUN")
                    .left("RUNBOOK")
                    .left("STATUS")
                    .left("STAGE")
                    .right("STARTED")
                    .right("TOOK");
            runs.forEach(run -> table.row(
                    run.id().workflowId(),
                    Runbooks.nameOf(run.workflowType()),
                    run.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    run.stage().orElse("-"),
                    Amounts.ago(run.started(), session.now()),
                    Amounts.time(run.took(session.now()))));
            json.print(door, runs, runs.isEmpty() ? "no runs\nhint: start one: windlass backup run" : table.toString());
            return 0;
        }
    }
}
