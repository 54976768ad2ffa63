package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine that has everything again that its set held.
 *
 * @param asOf what was written after this is not there: when the oldest part of the set was read
 * @param databases how each compares with what was dumped, where they came from the set
 * @param notes what was found on the way: damaged sets, differences, what lay in the way and was renamed; a line each
 * @param cluster where they came from its physical backup
 * @param serving what serves again: apps that answer through nginx, Windlass itself; a line each
 * @param silent what was to serve and does not, and why; a line each
 */
public record RecoverVpsOutcome(
        SetId set,
        Instant asOf,
        PlanDigest digest,
        List<RecoverVpsPhase> phases,
        Duration took,
        List<DatabaseProof> databases,
        List<String> notes,
        List<LeftToDo> left,
        Optional<RecoveredCluster> cluster,
        List<String> serving,
        List<String> silent) {
    public RecoverVpsOutcome {
        phases = List.copyOf(phases);
        databases = List.copyOf(databases);
        notes = List.copyOf(notes);
        left = List.copyOf(left);
        // Of a run that an earlier version ended.
        serving = serving == null ? List.of() : List.copyOf(serving);
        silent = silent == null ? List.of() : List.copyOf(silent);
    }
}
