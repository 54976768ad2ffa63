package dev.windlass.activities.backup;

import dev.windlass.activities.backup.DatabaseFacts.LargeObjects;
import dev.windlass.workflows.backup.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is not in a restored copy as it was at the snapshot. */
final class Comparison {
    private static final String NONE = "none";

    private final DatabaseFacts expected;
    private final DatabaseFacts found;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(DatabaseFacts expected, DatabaseFacts found) {
        this.expected = expected;
        this.found = found;
    }

    /** Everything; for a copy that was restored under its own name, with its settings. */
    static List<Difference> compare(DatabaseFacts expected, DatabaseFacts found) {
        return new Comparison(expected, found).run(property -> true);
    }

    /** All but owner and settings of the database itself; for a copy in a database that somebody else made. */
    static List<Difference> compareContents(DatabaseFacts expected, DatabaseFacts found) {
        return new Comparison(expected, found)
                .run(property -> !property.equals("owner") && !property.startsWith("setting "));
    }

    private List<Difference> run(Predicate<String> properties) {
        maps("database ", only(expected.properties(), properties), only(found.properties(), properties));
        extensions();
        tables();
        sequences();
        largeObjects();
        maps("", expected.objects(), found.objects());
        return List.copyOf(differences);
    }

    private static SortedMap<String, String> only(SortedMap<String, String> all, Predicate<String> names) {
        SortedMap<String, String> kept = new TreeMap<>(all);
        kept.keySet().removeIf(names.negate());
        return kept;
    }

    /**
     * A restore installs the newest version the server has. So the version says something only where the source had its
     * server's newest, and both servers are of the same version.
     */
    private void extensions() {
        SortedMap<String, String> installed = new TreeMap<>(found.extensions());
        if (!expected.serverVersion().equals(found.serverVersion())) {
            installed.replaceAll((name, version) -> expected.extensions().getOrDefault(name, version));
        }
        expected.extensions().forEach((name, version) -> {
            if (version.contains(" of ")) {
                installed.computeIfPresent(name, (same, newer) -> version);
            }
        });
        maps("extension ", expected.extensions(), installed);
    }

    private void tables() {
        Map<TableName, TableFacts> before = expected.tablesByName();
        Map<TableName, TableFacts> after = found.tablesByName();
        before.forEach((name, table) -> {
            TableFacts copy = after.get(name);
            if (copy == null) {
                add("rows of " + name, rows(table), "no table");
            } else if (!columns(table).equals(columns(copy))) {
                add("columns of " + name, columns(table), columns(copy));
            } else if (table.rows() != copy.rows()) {
                add("rows of " + name, rows(table), rows(copy));
            } else if (!table.hash().equals(copy.hash())) {
                add("contents of " + name, "hash " + table.hash(), "hash " + copy.hash());
            }
        });
        after.forEach((name, copy) -> {
            if (!before.containsKey(name)) {
                add("rows of " + name, "no table", rows(copy));
            }
        });
    }

    private static String rows(TableFacts table) {
        return table.rows() + (table.rows() == 1 ? " row" : " rows");
    }

    private static String columns(TableFacts table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private void sequences() {
        Map<TableName, SequenceFacts> after =
                found.sequences().stream().collect(Collectors.toMap(SequenceFacts::table, sequence -> sequence));
        for (SequenceFacts before : expected.sequences()) {
            SequenceFacts copy = after.get(before.table());
            // One that is missing is missed among the objects.
            if (copy != null && !copy.hasReached(before)) {
                add("value of sequence " + before.table(), before.position() + " or beyond", copy.position());
            }
        }
    }

    private void largeObjects() {
        LargeObjects before = expected.largeObjects();
        LargeObjects after = found.largeObjects();
        if (before.count() != after.count()) {
            add("large objects", String.valueOf(before.count()), String.valueOf(after.count()));
        } else if (!before.hash().equals(after.hash())) {
            add("contents of large objects", "hash " + before.hash(), "hash " + after.hash());
        }
    }

    private void maps(String prefix, Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, NONE);
            String is = after.getOrDefault(name, NONE);
            if (!was.equals(is)) {
                add(prefix + name, was, is);
            }
        }
    }

    private void add(String subject, String was, String is) {
        differences.add(new Difference(subject, was, is));
    }
}
