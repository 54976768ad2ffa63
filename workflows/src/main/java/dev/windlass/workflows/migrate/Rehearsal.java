package dev.windlass.workflows.migrate;

import dev.windlass.workflows.backup.SetId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the pending migrations did to last night's data, in a scratch cluster.
 *
 * @param problem why it failed, in words with the tool's own; empty when it passed
 * @param schemaBefore as in {@link MigrationState#schema}: of the restored copy
 * @param schemaAfter after the migrations; of the restored copy where they failed
 * @param up how long they took
 * @param down how long the undo took; empty where the policy has none
 * @param tables those that were locked, rewritten or changed in number, the longest lock first
 */
public record Rehearsal(
        SetId set,
        Optional<String> problem,
        String schemaBefore,
        String schemaAfter,
        Duration up,
        Optional<Duration> down,
        List<TableEffect> tables) {
    public Rehearsal {
        tables = List.copyOf(tables);
    }

    /**
     * @param table {@code schema.name}
     * @param lock the strongest lock that was seen on it: {@code AccessExclusiveLock}; empty when none was
     * @param held how long, as far as looking every few milliseconds can tell
     */
    public record TableEffect(
            String table, String lock, Duration held, boolean isRewritten, long rowsBefore, long rowsAfter) {}
}
