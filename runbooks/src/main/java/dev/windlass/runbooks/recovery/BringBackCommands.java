package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TableShape.FedBySequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How missing rows come back into the live database: all statements but the reads of the copy are one transaction. Slots:
 * {@link #columns}, one for each table.
 *
 * @param connection of the live database
 * @param tables referred-to ones first
 */
public record BringBackCommands(String connection, List<TableShape> tables) {
    /** What plans call a session in the copy. */
    public static final String COPY = "copy";

    public BringBackCommands {
        tables = List.copyOf(tables);
    }

    /** The slot for the columns of a table: those that both databases have, but generated ones. */
    public static String columns(int table) {
        return "columns-" + (table + 1);
    }

    /**
     * What is done with one table.
     *
     * @param read in the copy
     * @param make where its rows wait, with {@code load}
     * @param insert what is not there yet; nothing is ever changed
     * @param raise the sequences
     * @param countAbsent those that could not come back
     */
    public record OfTable(Sql read, Sql make, Sql load, Sql insert, List<Sql> raise, Sql countAbsent) {}

    public OfTable of(int at) {
        TableShape table = tables.get(at);
        String waiting = "pg_temp.windlass_" + (at + 1);
        String columns = "{" + columns(at) + "}";
        String from = from(table);
        return new OfTable(
                new Sql(Access.READS, COPY, "COPY (SELECT " + columns + " FROM " + from + ") TO STDOUT"),
                changes("CREATE TEMPORARY TABLE windlass_" + (at + 1) + " ON COMMIT DROP AS SELECT " + columns
                        + " FROM " + from + " WITH NO DATA"),
                changes("COPY " + waiting + " FROM STDIN"),
                changes("INSERT INTO " + table.table().sql() + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT "
                        + columns + " FROM " + waiting + " AS c WHERE " + isAbsent(table) + " ON CONFLICT DO NOTHING"),
                table.sequences().stream().map(each -> raise(table, each)).toList(),
                new Sql(
                        Access.READS,
                        connection,
                        "SELECT count(*) FROM " + waiting + " AS c WHERE " + isAbsent(table)));
    }

    private static String isAbsent(TableShape table) {
        return table.key().stream()
                .map(TableReference::quoted)
                .map(column -> "l." + column + " = c." + column)
                .collect(Collectors.joining(" AND ", "NOT EXISTS (SELECT FROM " + from(table) + " AS l WHERE ", ")"));
    }

    private static String from(TableShape table) {
        return (table.isPartitioned() ? "" : "ONLY ") + table.table().sql();
    }

    /**
     * Nobody writes while the rows come back, and constraints that may wait do so until all have come. Whoever wants to write
     * stands behind us while we wait, so we do not wait for long.
     */
    public Sql lock() {
        return changes("SET CONSTRAINTS ALL DEFERRED; SET LOCAL lock_timeout = '10s'; LOCK TABLE "
                + tables.stream().map(BringBackCommands::from).collect(Collectors.joining(", "))
                + " IN SHARE ROW EXCLUSIVE MODE");
    }

    /** So that none sends a mail about a row that only comes back. Foreign keys are checked all the same. */
    public Sql disableTriggers() {
        String all = tables.stream()
                .map(table -> "'" + table.table().sql().replace("'", "''") + "'::regclass")
                .map(table ->
                        "tgrelid = " + table + " OR tgrelid IN (SELECT relid FROM pg_partition_tree(" + table + "))")
                .collect(Collectors.joining(" OR "));
        return changes("CREATE TEMPORARY TABLE windlass_triggers ON COMMIT DROP AS"
                + " SELECT tgrelid::regclass::text AS relation, tgname, tgenabled FROM pg_trigger"
                + " WHERE (NOT tgisinternal OR tgparentid <> 0 AND tgconstraint = 0) AND tgenabled IN ('O', 'A')"
                + " AND (" + all + ");"
                + each("'ALTER TABLE ONLY %s DISABLE TRIGGER %I', one.relation, one.tgname"));
    }

    /** As they were: one that somebody had disabled stays so. */
    public Sql enableTriggers() {
        return changes("SET CONSTRAINTS ALL IMMEDIATE;"
                + each("'ALTER TABLE ONLY %s ENABLE %s TRIGGER %I', one.relation,"
                        + " CASE one.tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, one.tgname"));
    }

    private static String each(String format) {
        return " DO $do$ DECLARE one record; BEGIN FOR one IN SELECT * FROM pg_temp.windlass_triggers LOOP"
                + " EXECUTE format(" + format + "); END LOOP; END $do$";
    }

    /** Only ever in the direction in which it counts. */
    private Sql raise(TableShape table, FedBySequence fed) {
        String sequence = fed.sequence().sql();
        String column = TableReference.quoted(fed.column());
        String compare = switch (fed.direction()) {
            case UP -> ">";
            case DOWN -> "<";
        };
        String furthest = switch (fed.direction()) {
            case UP -> "max";
            case DOWN -> "min";
        };
        return changes("SELECT setval('" + sequence.replace("'", "''") + "', t.reached) FROM (SELECT " + furthest + "("
                + column + ")::bigint AS reached FROM " + from(table) + ") AS t, " + sequence + " AS s WHERE t.reached "
                + compare + " s.last_value OR t.reached = s.last_value AND NOT s.is_called");
    }

    List<Effect> inOrder() {
        List<OfTable> each =
                IntStream.range(0, tables.size()).mapToObj(this::of).toList();
        List<Effect> all = new ArrayList<>();
        each.forEach(table -> all.addAll(List.of(table.read(), table.make(), table.load())));
        all.addAll(List.of(lock(), disableTriggers()));
        each.forEach(table -> {
            all.add(table.insert());
            all.addAll(table.raise());
            all.add(table.countAbsent());
        });
        all.add(enableTriggers());
        return all;
    }

    private Sql changes(String statement) {
        return new Sql(Access.CHANGES, connection, statement);
    }
}
