package dev.windlass.workflows.dns;

import dev.windlass.workflows.kernel.Step;
import java.util.List;

/**
 * @param step exactly what is done
 * @param moves of this step
 * @param checks of its requests
 */
public record DnsOrder(Step step, List<RecordMove> moves, List<RecordCheck> checks) {
    public DnsOrder {
        moves = List.copyOf(moves);
        checks = List.copyOf(checks);
    }
}
