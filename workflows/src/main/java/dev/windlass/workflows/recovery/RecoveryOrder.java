package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import java.util.List;
import java.util.Optional;

/**
 * @param step exactly what is done
 * @param tables whose rows come back; empty where the copy takes the name
 * @param copy empty until it is made
 * @param compared empty until it is compared
 */
public record RecoveryOrder(
        Step step,
        DatabaseName database,
        CopySource source,
        List<TableShape> tables,
        Optional<MadeCopy> copy,
        Optional<TwoCompared> compared) {
    public RecoveryOrder {
        tables = List.copyOf(tables);
    }
}
