package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.FactsReading;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.SnapshotHolder;
import dev.windlass.activities.backup.TableFacts;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.TableReference;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Two databases, each at one moment: their tables, how many rows each has, and a hash of them. */
record TwoSides(Side live, Side copy) {
    /** @param counts by table; a partitioned one has those of its partitions */
    record Side(Connection reader, DatabaseFacts facts, Tables tables, SortedMap<TableReference, Count> counts) {}

    record Count(long rows, BigInteger hash) {
        static final Count NONE = new Count(0, BigInteger.ZERO);

        Count plus(TableFacts table) {
            return new Count(rows + table.rows(), hash.add(new BigInteger(table.hash())));
        }
    }

    /** Apart from the live side's, whose sessions an attempt would else take for an earlier one's. */
    static StepContext ofCopy(StepContext context) {
        StepToken token = context.token();
        return new StepContext(
                new StepToken(
                        token.workflowId(),
                        token.runId(),
                        StepId.of(token.step().value(), "copy")),
                context.pulse(),
                context.journal());
    }

    static TwoSides read(RecoveryParts parts, SnapshotHolder live, SnapshotHolder copy, StepContext context) {
        StepContext other = ofCopy(context);
        int jobs = parts.operations().backup().jobs();
        DatabaseFacts ofLive = new FactsReading(parts.backup().connections(), context, jobs).read(live);
        DatabaseFacts ofCopy = new FactsReading(parts.backup().connections(), other, jobs).readLike(ofLive, copy);
        return new TwoSides(side(parts, live, context, ofLive), side(parts, copy, other, ofCopy));
    }

    private static Side side(RecoveryParts parts, SnapshotHolder holder, StepContext context, DatabaseFacts facts) {
        Connection reader =
                holder.readers(parts.backup().connections(), context.token(), 1).getFirst();
        try {
            Tables tables = Tables.read(reader);
            SortedMap<TableReference, Count> counts = new TreeMap<>();
            tables.all().keySet().forEach(table -> counts.put(table, Count.NONE));
            for (TableFacts table : facts.tables()) {
                TableReference name = TableReference.of(table.schema(), table.name());
                counts.computeIfPresent(tables.roots().getOrDefault(name, name), (root, before) -> before.plus(table));
            }
            // What an extension brings itself is not dumped, so it is nobody's loss.
            return new Side(reader, facts, tables, counts);
        } catch (SQLException failed) {
            throw PostgresFailures.using(holder.database(), failed);
        }
    }
}
