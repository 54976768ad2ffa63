package dev.windlass.starter.stagingsync;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "anonymization-report",
        header = "What a masked copy is: rules, counts, small groups, what remains.",
        description =
                "%nNames and numbers of a run of windlass staging-sync; no value of a row. It is kept with the run, for as long as"
                        + " Temporal keeps that. A run that goes on is waited for.",
        footer = {"%nExample:%n  windlass anonymization-report staging-sync-20261124T030000Z --json"})
public final class AnonymizationReportCommand implements Callable<Integer> {
    private static final Runbook<?, StagingSyncOutcome> REPORT = new Runbook<>(
            StagingSyncRunbooks.STAGING_SYNC.name(),
            StagingSyncRunbooks.STAGING_SYNC.workflowType(),
            TaskQueues.RUNS,
            StagingSyncOutcome.class,
            new AnonymizationText());

    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "As in windlass runs.")
    String run = "";

    public AnonymizationReportCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            RunState state = session.runs().look(run);
            if (!state.workflowType().equals(REPORT.workflowType())) {
                throw new Complaint(
                        "run " + run + " made no masked copy",
                        "name a run of windlass staging-sync: windlass runs",
                        "runbooks/staging-sync.md#the-report",
                        ExitCode.NOT_FOUND);
            }
            return session.follow(state.id(), REPORT, json);
        }
    }
}
