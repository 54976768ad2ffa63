package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.backup.ProofSteps;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.stagingsync.BackupSource;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import java.util.List;
import java.util.Optional;

/** What a copy is made of. */
public sealed interface SourceOfCopy {
    /** @param why and not a backup */
    record Production(String why) implements SourceOfCopy {}

    /**
     * A set that is restored into a throw-away cluster.
     *
     * @param store it is read from
     * @param runAs who runs the cluster; empty when the worker is not root
     */
    record Backup(BackupSource set, StoreName store, Optional<String> runAs) implements SourceOfCopy {
        /** The cluster stays when the step has ended: others read there. */
        Step restore(Operations operations, Database source, String tools) {
            ProofSteps proofs = new ProofSteps(operations, runAs);
            return Step.of(
                            StagingSyncSteps.RESTORE,
                            "Restore " + source.name() + " from " + store + " into a scratch cluster",
                            proofs.restore(source, tools, store, Optional.empty()))
                    .withPrecondition("this machine has room for it, and the set's identity")
                    .withUndo(proofs.remove(tools))
                    .withSlots(ProofSteps.SLOTS.toArray(String[]::new));
        }

        /** As {@code {token}}, that of the step that has restored it. */
        Step remove(Operations operations, String tools) {
            return Step.of(
                            StagingSyncSteps.REMOVE,
                            "Stop the scratch cluster and remove it, for it holds what production does",
                            new ProofSteps(operations, runAs).remove(tools))
                    .withSlots("token");
        }
    }

    static String words(ReadingLimits limits) {
        return limits.mebibytesPerSecond()
                        .map(rate -> "at most " + rate + " MiB of it in a second")
                        .orElse("as fast as it goes")
                + ", its moment held for at most " + Quantities.time(limits.moment());
    }

    /** With what ops.yml says of the sync. @param token of the step that has restored it, or a slot for that */
    static Database scratch(Operations operations, Database source, String token) {
        String directory = ScratchCommands.directoryIn(
                        operations.backup().scratch().directory())
                .replace("{token}", token);
        return new Database(
                source.name(),
                source.database(),
                source.environment(),
                directory,
                ScratchCommands.PORT,
                ScratchCommands.SUPERUSER,
                Optional.empty(),
                source.tools(),
                List.of(),
                source.stagingSync());
    }
}
