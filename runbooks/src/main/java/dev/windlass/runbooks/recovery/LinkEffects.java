package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import java.util.List;

/**
 * The step that holds the link, taken apart.
 *
 * @param state of the target's worker: {@code inactive} where it is not there
 * @param start the target's worker
 * @param listener who has the tunnel's port, as ss prints it; nothing where nobody has
 * @param free ends that sshd process, of a connection whose other end is gone; slot {@code sshd}
 * @param tunnel runs for as long as the tunnel is open
 */
public record LinkEffects(Command state, Command start, Command listener, Command free, Command tunnel) {
    public static LinkEffects in(Step step) {
        List<Command> all = step.commands();
        return new LinkEffects(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4));
    }
}
