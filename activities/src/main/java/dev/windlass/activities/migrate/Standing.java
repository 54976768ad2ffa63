package dev.windlass.activities.migrate;

import dev.windlass.activities.migrate.Looking.Row;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.MigrationState.HalfApplied;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How what a tool has recorded stands to the files. */
record Standing(List<Row> rows) {
    Standing {
        rows = List.copyOf(rows);
    }

    List<String> applied() {
        return rows.stream().filter(Row::isApplied).map(Row::name).toList();
    }

    Optional<HalfApplied> half() {
        return rows.stream()
                .filter(row -> !row.isApplied())
                .findFirst()
                .map(row -> new HalfApplied(row.name(), row.words()));
    }

    boolean isApplied(Migration migration) {
        return rows.stream().anyMatch(row -> row.isApplied() && row.name().equals(migration.name()));
    }

    boolean isHalf(Migration migration) {
        return rows.stream().anyMatch(row -> !row.isApplied() && row.name().equals(migration.name()));
    }

    /** Half, and its tool did not live to say why: its transaction may have ended either way. */
    boolean isCutOff(Migration migration) {
        return rows.stream()
                .anyMatch(row -> !row.isApplied()
                        && row.name().equals(migration.name())
                        && row.words().isEmpty());
    }

    /** Those of the planned ones that are applied now. */
    List<String> appliedOf(List<Migration> planned) {
        return planned.stream().filter(this::isApplied).map(Migration::name).toList();
    }

    MigrationState state(List<Migration> files, Schema schema) {
        List<Migration> pending = files.stream()
                .filter(file -> !isApplied(file) && !isInBaseline(file))
                .toList();
        return new MigrationState(pending, applied(), half(), schema.fingerprint());
    }

    /** What a database had before Flyway knew it. */
    private boolean isInBaseline(Migration file) {
        return FlywayVersion.in(file.name())
                .filter(version -> rows.stream()
                        .filter(Row::isBaseline)
                        .flatMap(row -> FlywayVersion.in(row.name()).stream())
                        .anyMatch(baseline -> version.compareTo(baseline) <= 0))
                .isPresent();
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: Flyway leaves out what comes before an applied one */
    void requireInOrder(List<Migration> pending) {
        TreeMap<FlywayVersion, String> applied = new TreeMap<>();
        applied().forEach(name -> FlywayVersion.in(name).ifPresent(version -> applied.put(version, name)));
        for (Migration migration : pending) {
            FlywayVersion.in(migration.name()).map(applied::higherEntry).ifPresent(later -> {
                throw FlywayFailures.outOfOrder(migration.name(), later.getValue());
            });
        }
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: a file is not what was applied, or gone */
    void requireSameFiles(List<Migration> files) {
        Map<String, Migration> known = new LinkedHashMap<>();
        files.forEach(file -> known.put(file.name(), file));
        for (Row row : rows) {
            if (row.isBaseline()) {
                continue;
            }
            Migration file = known.get(row.name());
            if (file == null) {
                throw MigrateFailures.appliedChanged(row.name(), "is gone");
            }
            if (!row.checksum().equals(file.checksum())) {
                throw MigrateFailures.appliedChanged(row.name(), "has changed since");
            }
        }
    }

    /** In words, how this differs from the time of the plan; empty when only planned ones were applied since. */
    Optional<String> strayedFrom(MigrationState before) {
        List<String> expected = before.applied();
        List<String> planned = before.pending().stream().map(Migration::name).toList();
        List<String> strangers = applied().stream()
                .filter(name -> !expected.contains(name) && !planned.contains(name))
                .toList();
        if (!strangers.isEmpty()) {
            return Optional.of("applied since: " + String.join(", ", strangers));
        }
        List<String> gone =
                expected.stream().filter(name -> !applied().contains(name)).toList();
        return gone.isEmpty() ? Optional.empty() : Optional.of("no longer applied: " + String.join(", ", gone));
    }
}
