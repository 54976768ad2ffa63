package dev.windlass.starter;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.ScheduleState;
import dev.windlass.workflows.kernel.TaskQueues;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "trigger",
        header = "Run a schedule's own action now.",
        description = {"%nDoes what the schedule does at its hour. Refused while its last run is still going on."},
        footer = {"%nExample:%n  windlass schedules trigger backup --wait"})
final class ScheduleTriggerCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "As in windlass schedules.")
    String name = "";

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    ScheduleTriggerCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            requireKnown(session.runs().schedules());
            session.warnWhenNobodyWorks(TaskQueues.RUNS, "the run waits in the server until one does");
            return session.followOrTell(
                    session.runs().trigger(name),
                    id -> Runbooks.of(session.runs().look(id).workflowType(), id),
                    wait,
                    json);
        }
    }

    private void requireKnown(List<ScheduleState> schedules) {
        if (schedules.stream().noneMatch(each -> each.name().equals(name))) {
            String known = schedules.stream().map(ScheduleState::name).collect(Collectors.joining(", "));
            throw new Complaint(
                    "no schedule " + name,
                    known.isEmpty()
                            ? "there are none yet: the worker makes them from ops.yml at its start"
                            : "there are: " + known,
                    "windlass help exit-codes",
                    ExitCode.NOT_FOUND);
        }
    }
}
