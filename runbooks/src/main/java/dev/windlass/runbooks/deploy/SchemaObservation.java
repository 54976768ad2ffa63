package dev.windlass.runbooks.deploy;

import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.Migration.Phase;
import java.util.List;
import java.util.Optional;

/** What planning saw of the schema of an app's database. */
public sealed interface SchemaObservation {
    /** ops.yml names no migrations: the schema is nobody's business here. */
    record LeftAlone() implements SchemaObservation {}

    /** @param reason why nobody could look */
    record Unseen(String reason) implements SchemaObservation {}

    /**
     * @param applied in the order in which they were
     * @param problem why the marks could not be read; every migration counts as not marked then
     */
    record Seen(List<Marked> applied, Optional<String> problem) implements SchemaObservation {
        public Seen {
            applied = List.copyOf(applied);
        }
    }

    /** @param phase as the file says whose checksum it has */
    record Marked(AppliedMigration migration, Phase phase) {
        public String words() {
            return migration.name() + " (" + phase.words() + ")";
        }
    }
}
