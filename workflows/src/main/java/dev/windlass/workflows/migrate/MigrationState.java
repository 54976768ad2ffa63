package dev.windlass.workflows.migrate;

import java.util.List;
import java.util.Optional;

/**
 * How a database stands to the migrations of an app.
 *
 * @param pending in the order in which they will be applied
 * @param applied names, in the order in which they were
 * @param half one that has begun and neither ended nor was taken back, with what the tool says of it
 * @param schema {@code sha256:} and 64 hex digits of the schema as pg_dump writes it, without the tool's own table
 */
public record MigrationState(List<Migration> pending, List<String> applied, Optional<HalfApplied> half, String schema) {
    public MigrationState {
        pending = List.copyOf(pending);
        applied = List.copyOf(applied);
    }

    public record HalfApplied(String migration, String words) {}
}
