package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import java.util.List;

/**
 * The step that sends the kit, taken apart.
 *
 * @param isThere exit code 0: it was unpacked before, whole
 * @param begin the file exists afterwards
 * @param size bytes that have arrived
 * @param send the rest; only where some is missing
 * @param sum SHA-256 of what has arrived
 * @param discard what has arrived is not what was sent
 * @param unpack under its name when it is whole
 */
public record KitEffects(
        Command isThere,
        List<Command> begin,
        Command size,
        Command send,
        Command sum,
        Command discard,
        List<Command> unpack) {
    public KitEffects {
        begin = List.copyOf(begin);
        unpack = List.copyOf(unpack);
    }

    public static KitEffects in(Step step) {
        List<Command> all = step.commands();
        return new KitEffects(
                all.get(0), all.subList(1, 3), all.get(3), all.get(4), all.get(5), all.get(6), all.subList(7, 10));
    }
}
