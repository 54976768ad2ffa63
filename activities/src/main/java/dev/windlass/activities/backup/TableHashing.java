package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Progress;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts and hashes tables inside a held snapshot, over several connections, large tables in ranges of blocks: so one
 * huge table keeps all of them busy, progress is known in bytes, and a cancelled step ends soon.
 */
final class TableHashing {
    /** 128 MB of the usual 8 kB blocks. */
    static final long BLOCKS_PER_RANGE = 16_384;

    private final List<Connection> readers;
    private final SnapshotHolder holder;
    private final StepContext context;
    private final String phase;
    private final Map<TableName, Tally> tallies = new ConcurrentHashMap<>();
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private final Queue<Range> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();
    private volatile String at = "";
    private volatile boolean stopped;

    TableHashing(List<Connection> readers, SnapshotHolder holder, StepContext context, String phase) {
        this.readers = List.copyOf(readers);
        this.holder = holder;
        this.context = context;
        this.phase = phase;
    }

    /** A table with its columns and size. */
    record Target(DumpedTable table, List<HashedColumn> columns, long bytes, long blocks) {}

    private record Range(Target target, String where, long bytes) {}

    private record Tally(long rows, BigInteger hash) {
        Tally plus(Tally other) {
            return new Tally(rows + other.rows, hash.add(other.hash));
        }
    }

    /** In the order of their names. */
    List<TableFacts> hash(List<Target> targets) {
        List<Range> ranges = new ArrayList<>();
        for (Target target : targets) {
            tallies.put(target.table().table(), new Tally(0, BigInteger.ZERO));
            ranges.addAll(rangesOf(target));
        }
        // The largest first: none of them is left for the end, when the other connections have nothing to do.
        ranges.sort(Comparator.comparingLong(Range::bytes).reversed());
        queue.addAll(ranges);
        long total = ranges.stream().mapToLong(Range::bytes).sum();
        runAll(total);

        Map<TableName, TableFacts> facts = new TreeMap<>();
        for (Target target : targets) {
            TableName name = target.table().table();
            Tally tally = tallies.getOrDefault(name, new Tally(0, BigInteger.ZERO));
            facts.put(
                    name,
                    new TableFacts(
                            name.schema(),
                            name.name(),
                            target.columns(),
                            tally.rows(),
                            tally.hash().toString()));
        }
        return List.copyOf(facts.values());
    }

    private static List<Range> rangesOf(Target target) {
        String condition = target.table().condition();
        if (!target.table().heap() || target.blocks() <= BLOCKS_PER_RANGE || !condition.isEmpty()) {
            return List.of(new Range(target, condition, target.bytes()));
        }
        List<Range> ranges = new ArrayList<>();
        for (long from = 0; from < target.blocks(); from += BLOCKS_PER_RANGE) {
            long to = from + BLOCKS_PER_RANGE;
            boolean last = to >= target.blocks(); // the table may have grown, and this costs nothing
            String where = "WHERE t.ctid >= '(" + from + ",0)'" + (last ? "" : " AND t.ctid < '(" + to + ",0)'");
            long share = target.bytes() * Math.min(BLOCKS_PER_RANGE, target.blocks() - from) / target.blocks();
            ranges.add(new Range(target, where, share));
        }
        return ranges;
    }

    private void runAll(long total) {
        ExecutorService workers = Executors.newFixedThreadPool(
                readers.size(), Thread.ofPlatform().name("table-hash-", 0).factory());
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (Connection reader : readers) {
                futures.add(workers.submit(() -> work(reader)));
            }
            for (Future<?> future : futures) {
                await(future, total);
            }
        } finally {
            stopped = true;
            running.forEach(TableHashing::cancel);
            workers.close();
        }
    }

    private void await(Future<?> future, long total) {
        while (true) {
            context.pulse().beat(new Progress(phase, done.get(), Optional.of(total), "bytes", at));
            try {
                future.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException notYet) {
                continue;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while tables are hashed", interrupted);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(failed.getCause());
            }
        }
    }

    private void work(Connection reader) {
        try (Statement statement = reader.createStatement()) {
            running.add(statement);
            while (!stopped) {
                Range range = queue.poll();
                if (range == null) {
                    return;
                }
                at = range.target().table().table().toString();
                Tally tally = read(statement, range);
                tallies.merge(range.target().table().table(), tally, Tally::plus);
                done.addAndGet(range.bytes());
            }
        } catch (SQLException broken) {
            stopped = true;
            throw PostgresFailures.using(holder.database(), broken);
        }
    }

    private static Tally read(Statement statement, Range range) throws SQLException {
        String sql = "SELECT count(*), coalesce(sum("
                + HashedColumn.rowHash(range.target().columns()) + "), 0) FROM ONLY "
                + range.target().table().table().sql() + " AS t " + range.where();
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Tally(row.getLong(1), row.getBigDecimal(2).toBigIntegerExact());
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException ended) {
            // It has nothing left to cancel.
        }
    }
}
