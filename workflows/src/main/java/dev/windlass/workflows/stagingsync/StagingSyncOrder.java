package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import java.util.Optional;

/**
 * @param step exactly what is done
 * @param owner the role that owns the target
 * @param classification that was planned with; another one is refused
 * @param copy once it is made
 * @param backup what it is made of; empty means production
 */
public record StagingSyncOrder(
        Step step,
        DatabaseName source,
        DatabaseName target,
        String owner,
        String classification,
        Optional<MaskedCopyReport> copy,
        Optional<BackupSource> backup) {}
