package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts.LargeObjects;
import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.SnapshotHolder;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.recovery.RowsFile.Difference;
import dev.windlass.activities.recovery.Tables.Column;
import dev.windlass.activities.recovery.Tables.Table;
import dev.windlass.activities.recovery.TwoSides.Count;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.recovery.MadeCopy;
import dev.windlass.workflows.recovery.RecoveryOrder;
import dev.windlass.workflows.recovery.TableComparison;
import dev.windlass.workflows.recovery.TableComparison.Kind;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TwoCompared;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The live database and its copy, each at one moment: hashes first, then the rows of what differs, key by key. */
final class Comparing {
    private static final long ROWS_PER_BEAT = 1_000;

    private final RecoveryParts parts;
    private final RecoveryOrder order;
    private final StepContext context;
    private final Database database;

    Comparing(RecoveryParts parts, RecoveryOrder order, StepContext context) {
        this.parts = parts;
        this.order = order;
        this.context = context;
        this.database = parts.database(order.database());
    }

    TwoCompared run() {
        MadeCopy made = order.copy().orElseThrow(() -> new IllegalArgumentException("the order names no copy"));
        order.step().statements().forEach(context::begun);
        Path directory = Path.of(parts.operations().state(), "recovery");
        try (SnapshotHolder live = SnapshotHolder.open(parts.backup().connections(), database, context.token());
                SnapshotHolder copy = SnapshotHolder.open(
                        parts.backup().connections(),
                        GrowingDatabase.named(database, made.name()),
                        TwoSides.ofCopy(context).token());
                RowsFile file = new RowsFile(directory, database.name() + "-" + made.name())) {
            return compare(TwoSides.read(parts, live, copy, context), made, file);
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, directory);
        }
    }

    private TwoCompared compare(TwoSides sides, MadeCopy made, RowsFile file) throws SQLException, IOException {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("database", database.name().value());
        head.put("copy", made.name());
        head.put("from", order.source().words());
        head.put("live as of", sides.live().facts().snapshotAt().toString());
        head.put("copy as of", order.source().at().toString());
        file.head(head);
        SortedMap<String, List<String>> columns = new TreeMap<>();
        for (TableShape shape : order.tables()) {
            columns.put(shape.table().value(), columnsToBringBack(sides, shape.table()));
        }
        TreeSet<TableReference> all = new TreeSet<>(sides.live().counts().keySet());
        all.addAll(sides.copy().counts().keySet());
        List<TableComparison> different = new ArrayList<>();
        for (TableReference table : all) {
            Optional<TableComparison> found = compare(sides, table, file);
            if (found.isPresent()) {
                file.table(table, found.get().words());
                different.add(found.get());
            }
        }
        String largeObjects =
                words(sides.live().facts().largeObjects(), sides.copy().facts().largeObjects());
        file.head(Map.of("large objects", largeObjects));
        RowsFile.Written report = file.publish();
        return new TwoCompared(
                different,
                all.size() - different.size(),
                sides.live().facts().fingerprint(),
                largeObjects,
                columns,
                report.path().toString(),
                report.sha256());
    }

    private static String words(LargeObjects live, LargeObjects copy) {
        return live.equals(copy)
                ? live.count() + ", equal"
                : live.count() + " live, " + copy.count() + " in the copy, not the same";
    }

    /** Empty where they are equal. */
    private Optional<TableComparison> compare(TwoSides sides, TableReference name, RowsFile file)
            throws SQLException, IOException {
        Table live = sides.live().tables().all().get(name);
        Table copy = sides.copy().tables().all().get(name);
        Count before = sides.live().counts().getOrDefault(name, Count.NONE);
        Count after = sides.copy().counts().getOrDefault(name, Count.NONE);
        if (live == null || copy == null) {
            return Optional.of(other(name, live == null ? Kind.ONLY_COPY : Kind.ONLY_LIVE, before, after));
        }
        if (before.equals(after) && live.columns().equals(copy.columns())) {
            return Optional.empty();
        }
        if (live.key().isEmpty() || copy.key().isEmpty()) {
            return Optional.of(other(name, Kind.WITHOUT_KEY, before, after));
        }
        if (!keyOf(live).equals(keyOf(copy))) {
            return Optional.of(other(name, Kind.OTHER_COLUMNS, before, after));
        }
        return Optional.of(new TableComparison(
                name,
                Kind.BY_KEY,
                before.rows(),
                after.rows(),
                Optional.of(rows(sides, live, copy, before.rows() + after.rows(), file))));
    }

    private static TableComparison other(TableReference name, Kind kind, Count live, Count copy) {
        return new TableComparison(name, kind, live.rows(), copy.rows(), Optional.empty());
    }

    private static List<Optional<Column>> keyOf(Table table) {
        return table.key().stream().map(table::column).toList();
    }

    private TableComparison.Rows rows(TwoSides sides, Table live, Table copy, long total, RowsFile file)
            throws SQLException, IOException {
        List<String> compared = live.columns().stream()
                .filter(copy.columns()::contains)
                .map(Column::name)
                .toList();
        long missing = 0;
        long onlyLive = 0;
        long different = 0;
        long done = 0;
        try (KeyedRows ofLive = new KeyedRows(sides.live().reader(), live, compared);
                KeyedRows ofCopy = new KeyedRows(sides.copy().reader(), copy, compared)) {
            Optional<KeyedRows.Row> one = ofLive.next();
            Optional<KeyedRows.Row> other = ofCopy.next();
            while (one.isPresent() || other.isPresent()) {
                if (done++ % ROWS_PER_BEAT == 0) {
                    context.pulse()
                            .beat(new Progress(
                                    "compare",
                                    done,
                                    Optional.of(total),
                                    "rows",
                                    live.name().value()));
                }
                int which = one.isEmpty() ? 1 : other.isEmpty() ? -1 : one.get().compareKey(other.get());
                if (which < 0) {
                    onlyLive++;
                    file.row(
                            live.name(), Difference.ONLY_LIVE, one.orElseThrow().key());
                } else if (which > 0) {
                    missing++;
                    file.row(
                            live.name(),
                            Difference.MISSING_LIVE,
                            other.orElseThrow().key());
                } else if (!one.orElseThrow().hash().equals(other.orElseThrow().hash())) {
                    different++;
                    file.row(live.name(), Difference.DIFFERENT, one.get().key());
                }
                if (which <= 0) {
                    one = ofLive.next();
                }
                if (which >= 0) {
                    other = ofCopy.next();
                }
            }
        }
        return new TableComparison.Rows(missing, onlyLive, different);
    }

    /** Those in both, but what the server computes itself. One that came later gets its default. */
    private List<String> columnsToBringBack(TwoSides sides, TableReference name) {
        Table live = sides.live().tables().all().get(name);
        Table copy = sides.copy().tables().all().get(name);
        if (live == null) {
            throw RecoveryFailures.noTable(database, name);
        }
        if (copy == null) {
            throw RecoveryFailures.notInCopy(name, order.source());
        }
        if (!keyOf(live).equals(keyOf(copy))) {
            throw RecoveryFailures.otherShape(name, "its key is another one");
        }
        List<String> columns = new ArrayList<>();
        for (Column column : copy.columns()) {
            Optional<Column> now = live.column(column.name());
            if (now.filter(each -> !each.type().equals(column.type())).isPresent()) {
                throw RecoveryFailures.otherShape(
                        name,
                        "column " + column.name() + " is " + now.get().type() + ", and " + column.type()
                                + " in the copy");
            }
            if (now.filter(each -> !each.isGenerated()).isPresent()) {
                columns.add(column.name());
            }
        }
        return columns;
    }
}
