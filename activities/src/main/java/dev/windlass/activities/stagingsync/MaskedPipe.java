package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.stagingsync.SchemaColumn;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.workflows.recovery.TableReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Rows of one table, from the masking statement into the table of the copy. Each row is looked at before it is written. */
final class MaskedPipe {
    private static final int BLOCK = 128 * 1024;

    private final Connection from;
    private final Connection into;
    private final Tripwire tripwire;
    private final AtomicLong rows;
    private final SourceWatch watch;

    /** @param rows counts on while it goes, for whoever tells people */
    MaskedPipe(Connection from, Connection into, Tripwire tripwire, AtomicLong rows, SourceWatch watch) {
        this.watch = watch;
        this.from = from;
        this.into = into;
        this.tripwire = tripwire;
        this.rows = rows;
    }

    /**
     * Commits when all rows are there. The table is emptied in the same transaction, so that its pages are written as they stay.
     *
     * @return how many
     * @throws SQLException when a session is of no use any more: whoever opened it ends it. A copy is not cancelled here, for the
     *     driver waits for an answer to that without end when the session was ended meanwhile
     * @throws Tripped when a row holds what no mask makes; nothing of this relation is in the copy then, and the sessions are to be ended as well
     */
    long copy(String reading, String writing, SchemaTable table, TableReference holder) throws SQLException, Tripped {
        into.setAutoCommit(false);
        try (Statement statement = into.createStatement()) {
            statement.execute("TRUNCATE ONLY " + holder.sql());
        }
        CopyOut out = from.unwrap(PGConnection.class).getCopyAPI().copyOut(reading);
        CopyIn in = into.unwrap(PGConnection.class).getCopyAPI().copyIn(writing);
        long count = pipe(out, in, table);
        in.endCopy();
        into.commit();
        return count;
    }

    private long pipe(CopyOut out, CopyIn in, SchemaTable table) throws SQLException, Tripped {
        byte[] block = new byte[BLOCK];
        int filled = 0;
        long count = 0;
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            Tripwire.Hit hit = tripwire.look(row, row.length);
            if (hit != null) {
                throw new Tripped(table.table() + "." + column(table, row, hit.offset()), hit.kind());
            }
            count++;
            rows.incrementAndGet();
            if (filled + row.length > BLOCK) {
                in.writeToCopy(block, 0, filled);
                watch.read(filled);
                filled = 0;
            }
            if (row.length > BLOCK) {
                in.writeToCopy(row, 0, row.length);
                watch.read(row.length);
            } else {
                System.arraycopy(row, 0, block, filled, row.length);
                filled += row.length;
            }
        }
        in.writeToCopy(block, 0, filled);
        watch.read(filled);
        return count;
    }

    /** Tabs within a value are written as \t, so those that stand there part the columns. */
    private static String column(SchemaTable table, byte[] row, int offset) {
        int tabs = 0;
        for (int i = 0; i < offset; i++) {
            tabs += row[i] == '\t' ? 1 : 0;
        }
        List<SchemaColumn> columns = table.copiedColumns();
        return tabs < columns.size() ? columns.get(tabs).name() : "column " + (tabs + 1);
    }
}
