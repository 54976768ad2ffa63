package dev.windlass.workflows.deploy;

import java.util.List;
import java.util.Optional;

/**
 * What a deploy did to the schema.
 *
 * @param applied expand migrations; they stay, whatever becomes of the version
 * @param waiting those from the first contract migration on: a run of their own applies them
 * @param next what to type for that run; none where nothing waits
 */
public record SchemaChange(List<String> applied, List<String> waiting, Optional<String> next) {
    public SchemaChange {
        applied = List.copyOf(applied);
        waiting = List.copyOf(waiting);
    }

    public static SchemaChange none() {
        return new SchemaChange(List.of(), List.of(), Optional.empty());
    }

    /** For people, a line each. */
    public List<String> words() {
        return java.util.stream.Stream.of(
                        applied.isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of("migrated: " + String.join(", ", applied)),
                        next.map(command -> "still pending: " + String.join(", ", waiting) + "; later: " + command))
                .flatMap(Optional::stream)
                .toList();
    }
}
