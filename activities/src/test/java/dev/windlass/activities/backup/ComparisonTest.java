package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.DatabaseFacts.LargeObjects;
import dev.windlass.activities.backup.HashedColumn.Mode;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<HashedColumn> COLUMNS = List.of(new HashedColumn("id", "integer", Mode.VALUE));
    private static final TableFacts USERS = new TableFacts("app", "users", COLUMNS, 2, "77");
    private static final SequenceFacts UP = new SequenceFacts("app", "up", 10, true, 1, false);
    private static final DatabaseFacts BEFORE = facts("15.18", List.of(USERS), List.of(UP), Map.of("pg_trgm", "1.6"));

    @Test
    void findsNothingBetweenTheSameFacts() {
        assertThat(Comparison.compare(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void tellsOneReasonForEachTable() {
        TableFacts fewer = new TableFacts("app", "users", COLUMNS, 1, "70");
        TableFacts other = new TableFacts("app", "users", COLUMNS, 2, "78");
        TableFacts retyped =
                new TableFacts("app", "users", List.of(new HashedColumn("id", "bigint", Mode.VALUE)), 1, "70");

        assertThat(withTables(fewer)).containsExactly("rows of app.users: expected 2 rows, found 1 row");
        assertThat(withTables(other)).containsExactly("contents of app.users: expected hash 77, found hash 78");
        assertThat(withTables(retyped)).containsExactly("columns of app.users: expected id integer, found id bigint");
        assertThat(withTables()).containsExactly("rows of app.users: expected 2 rows, found no table");
    }

    @Test
    void letsASequenceBeAheadButNeverBehind() {
        SequenceFacts down = new SequenceFacts("app", "up", -10, true, -1, false);
        SequenceFacts fresh = new SequenceFacts("app", "up", 1, false, 1, false);
        SequenceFacts used = new SequenceFacts("app", "up", 1, true, 1, false);

        assertThat(at(11, 1).hasReached(UP)).isTrue();
        assertThat(at(9, 1).hasReached(UP)).isFalse();
        assertThat(at(-11, -1).hasReached(down)).isTrue();
        assertThat(at(-9, -1).hasReached(down)).isFalse();
        assertThat(fresh.hasReached(used)).isFalse();
        assertThat(used.hasReached(fresh)).isTrue();
        assertThat(at(Long.MAX_VALUE, 7).hasReached(at(Long.MAX_VALUE, 7))).isTrue();
        assertThat(Comparison.compare(BEFORE, facts("15.18", List.of(USERS), List.of(at(9, 1)), BEFORE.extensions())))
                .extracting(Difference::toString)
                .containsExactly("value of sequence app.up: expected 10 or beyond, found 9");
    }

    @Test
    void holdsAVersionOfAnExtensionAgainstARestoreOnlyWhereTheSourceHadTheNewest() {
        DatabaseFacts old = facts("15.18", List.of(USERS), List.of(UP), Map.of("pg_trgm", "1.4 of 1.6"));

        assertThat(withExtensions(BEFORE, "15.18", Map.of("pg_trgm", "1.5")))
                .containsExactly("extension pg_trgm: expected 1.6, found 1.5");
        assertThat(withExtensions(old, "15.18", Map.of("pg_trgm", "1.6"))).isEmpty();
        assertThat(withExtensions(BEFORE, "17.2", Map.of("pg_trgm", "1.7"))).isEmpty();
        assertThat(withExtensions(old, "15.18", Map.of()))
                .containsExactly("extension pg_trgm: expected 1.4 of 1.6, found none");
    }

    @Test
    void leavesOwnerAndSettingsOfTheDatabaseOutWhereSomebodyElseMadeIt() {
        SortedMap<String, String> properties =
                Sorted.copyOf(Map.of("encoding", "UTF8", "owner", "other", "setting app.tenant", "2"));
        DatabaseFacts copy = new DatabaseFacts(
                BEFORE.format(),
                BEFORE.database(),
                BEFORE.serverVersion(),
                BEFORE.snapshotAt(),
                BEFORE.bytes(),
                BEFORE.superuser(),
                properties,
                BEFORE.extensions(),
                BEFORE.tables(),
                BEFORE.sequences(),
                BEFORE.largeObjects(),
                BEFORE.objects());

        assertThat(Comparison.compareContents(BEFORE, copy)).isEmpty();
        assertThat(Comparison.compare(BEFORE, copy)).hasSize(2);
    }

    private static SequenceFacts at(long value, long increment) {
        return new SequenceFacts("app", "up", value, true, increment, false);
    }

    private static List<String> withTables(TableFacts... tables) {
        return Comparison.compare(BEFORE, facts("15.18", List.of(tables), List.of(UP), BEFORE.extensions())).stream()
                .map(Difference::toString)
                .toList();
    }

    private static List<String> withExtensions(DatabaseFacts before, String version, Map<String, String> extensions) {
        return Comparison.compare(before, facts(version, List.of(USERS), List.of(UP), extensions)).stream()
                .map(Difference::toString)
                .toList();
    }

    private static DatabaseFacts facts(
            String version, List<TableFacts> tables, List<SequenceFacts> sequences, Map<String, String> extensions) {
        return new DatabaseFacts(
                DatabaseFacts.FORMAT,
                new DatabaseName("academy"),
                version,
                Instant.EPOCH,
                1000,
                "postgres",
                Sorted.copyOf(Map.of("encoding", "UTF8", "owner", "app", "setting app.tenant", "1")),
                Sorted.copyOf(extensions),
                tables,
                sequences,
                new LargeObjects(1, "5"),
                Sorted.copyOf(Map.of("index app.users_pkey", "unique")));
    }
}
