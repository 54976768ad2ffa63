package dev.windlass.activities.migrate;

import dev.windlass.activities.migrate.Looking.Row;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.MigrateObservation.Followed;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the environment that is migrated first has applied what this one knows, from the same files, and nothing else. Else
 * what was tried there says nothing of what will happen here.
 *
 * @param here the database that is to be migrated
 * @param name of the environment that is migrated first
 * @param there its database
 */
record Parity(RealDatabase here, EnvironmentName own, EnvironmentName name, RealDatabase there) {
    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: they have drifted apart, or this one would be first */
    Followed require(MigrationState state) {
        Standing theirs = new Standing(there.looking().rows());
        List<String> drift = drift(state, theirs);
        if (!drift.isEmpty()) {
            throw MigrateFailures.drifted(own, name, String.join("; ", drift));
        }
        List<String> first = state.pending().stream()
                .filter(migration -> !theirs.isApplied(migration))
                .map(Migration::name)
                .toList();
        if (!first.isEmpty()) {
            throw MigrateFailures.notAppliedFirst(own, name, first);
        }
        Schema schema = there.looking().schema();
        SchemaTexts.of(there.parts()).keep(schema);
        return new Followed(name, schema.fingerprint());
    }

    private List<String> drift(MigrationState state, Standing theirs) {
        List<String> drift = new ArrayList<>();
        theirs.half().ifPresent(half -> drift.add("migration " + half.migration() + " is half-applied in " + name));
        SortedMap<String, String> files = new TreeMap<>();
        here.files().all().forEach(file -> files.put(file.name(), file.checksum()));
        for (Row row : theirs.rows()) {
            if (row.isBaseline()) {
                continue;
            }
            if (!files.containsKey(row.name())) {
                drift.add(name + " has applied " + row.name() + ", which is not in "
                        + here.migrations().directory());
            } else if (!recorded(row).equals(files.get(row.name()))) {
                drift.add(name + " has applied another " + row.name() + " than the one in "
                        + here.migrations().directory());
            }
        }
        List<String> there = theirs.applied();
        state.applied().stream()
                .filter(applied -> !there.contains(applied))
                .forEach(applied -> drift.add(applied + " is applied in " + own + " and not in " + name));
        return drift;
    }

    /** Prisma writes the digits alone. */
    private static String recorded(Row row) {
        return row.checksum().startsWith("sha256:") ? row.checksum() : "sha256:" + row.checksum();
    }

    /** The same migrations must have led to the same schema; somebody changed one of the two by hand where they have not. */
    static void requireSameSchema(SchemaTexts texts, EnvironmentName own, Followed followed, String rehearsed) {
        if (!followed.schema().equals(rehearsed)) {
            Optional<Schema> here = texts.find(rehearsed);
            String words = here.map(schema -> texts.difference(schema, followed.schema()))
                    .orElse("its fingerprint is " + rehearsed + ", and " + followed.schema() + " was expected");
            throw MigrateFailures.drifted(
                    own, followed.environment(), "the same migrations lead to another schema here: " + words);
        }
    }
}
