package dev.windlass.starter;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.ScheduleState;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "schedules",
        header = "List the schedules; run one now.",
        description = {"%nThe worker makes them from ops.yml at its start; edit them there."},
        footer = {"%nExample:%n  windlass schedules"})
final class SchedulesCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    SchedulesCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            List<ScheduleState> schedules = session.runs().schedules();
            Table table = new Table()
                    .left("SCHEDULE")
                    .left("STATUS")
                    .left("NEXT (UTC)")
                    .right("IN")
                    .right("LAST")
                    .left("NOTE");
            schedules.forEach(each -> table.row(
                    each.name(),
                    each.activity().name().toLowerCase(Locale.ROOT),
                    each.next().map(Object::toString).orElse("-"),
                    each.next()
                            .map(next -> Amounts.age(Duration.between(session.now(), next)))
                            .orElse("-"),
                    each.last().map(last -> Amounts.ago(last, session.now())).orElse("-"),
                    each.note()));
            json.print(
                    door,
                    schedules,
                    schedules.isEmpty()
                            ? "no schedules\nhint: the worker makes them from ops.yml at its start"
                            : table.toString());
            return 0;
        }
    }
}
