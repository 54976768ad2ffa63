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
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "trigger",
        header = "Run a schedule's own action now.",
        description = {"%nDoes what the schedule does at its hour. Refused while its last run is still going on."},
        footer = {"%nExample:%n  windlass schedules trigger backup --wait"})
final class ScheduleTriggerCommand implements Callable<Integer> {
    private static final String PREFIX = "windlass/";

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
            String schedule = known(session.runs().schedules());
            session.warnWhenNobodyWorks(TaskQueues.RUNS, "the run waits in the server until one does");
            return session.followOrTell(
                    session.runs().trigger(schedule),
                    id -> Runbooks.of(session.runs().look(id).workflowType(), id),
                    wait,
                    json);
        }
    }

    /** The worker's schedules carry its prefix; people may leave it out. */
    private String known(List<ScheduleState> schedules) {
        List<String> names = schedules.stream().map(ScheduleState::name).toList();
        return Stream.of(name, PREFIX + name)
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> new Complaint(
                        "no schedule " + name,
                        names.isEmpty()
                                ? "there are none yet: the worker makes them from ops.yml at its start"
                                : "there are: " + String.join(", ", names),
                        "windlass help exit-codes",
                        ExitCode.NOT_FOUND));
    }
}
