package dev.windlass.activities.deploy;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Target.Drain;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.time.Instant;

/** Waits until the old version has no connection left, or its time is over. The time begins with the switch. */
final class Draining {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ProcessStep step;

    Draining(ProcessStep step) {
        this.step = step;
    }

    String drain() {
        if (step.order().before().isEmpty() || step.step().effects().isEmpty()) {
            return "nothing to drain";
        }
        Drain drain = step.layout().target().drain();
        Duration longest = drain.requests().plus(drain.webSockets());
        Instant begun = step.state().switchedAt();
        while (true) {
            int open = connections();
            Duration taken = Duration.between(begun, step.clock().instant());
            if (open == 0) {
                return "all connections ended within " + Quantities.time(taken);
            }
            if (taken.compareTo(longest) >= 0) {
                return Quantities.plural(open, "connection") + " still open after " + Quantities.time(longest)
                        + (open == 1 ? ": it ends" : ": they end") + " when the old version stops";
            }
            step.pause(
                    PAUSE,
                    taken.compareTo(drain.requests()) < 0 ? "requests" : "websockets",
                    Quantities.plural(open, "connection"));
        }
    }

    private int connections() {
        CommandResult list = step.run(step.command("ss", "established"));
        if (!list.isSuccess()) {
            throw DeployFailures.commandFailed(list);
        }
        return (int) list.output().stream().filter(line -> !line.isBlank()).count();
    }
}
