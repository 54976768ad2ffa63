package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.Survivors;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.MadeCopy;
import dev.windlass.workflows.recovery.RecoveryOrder;
import dev.windlass.workflows.recovery.RowsReport;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TwoCompared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * The missing rows of some tables, all of them or none. What an attempt before this one has committed is there already, and
 * is not added again.
 */
final class BringingBack {
    private final RecoveryParts parts;
    private final RecoveryOrder order;
    private final StepContext context;
    private final Database database;

    BringingBack(RecoveryParts parts, RecoveryOrder order, StepContext context) {
        this.parts = parts;
        this.order = order;
        this.context = context;
        this.database = parts.database(order.database());
    }

    RowsReport run() {
        MadeCopy made = order.copy().orElseThrow(() -> new IllegalArgumentException("the order names no copy"));
        Database beside = GrowingDatabase.named(database, made.name());
        try (Connection live = parts.backup().connections().open(database, context.token());
                Connection copy = parts.backup()
                        .connections()
                        .open(beside, TwoSides.ofCopy(context).token())) {
            Survivors.terminate(database, live, context.token());
            // Closing a connection takes back what was not committed.
            live.setAutoCommit(false);
            List<Long> blocked = bringBack(live, copy);
            beating("commit", () -> live.commit());
            return report(blocked);
        } catch (SQLException failed) {
            throw RecoveryFailures.bringingBack(database, failed);
        }
    }

    /** In the order of the step. @return for each table, how many did not come back */
    private List<Long> bringBack(Connection live, Connection copy) throws SQLException {
        List<Long> blocked = new ArrayList<>();
        Iterator<Effect> effects = order.step().effects().iterator();
        while (effects.hasNext()) {
            Sql next = (Sql) effects.next();
            if (next.statement().startsWith("COPY (")) {
                Sql make = (Sql) effects.next();
                Sql load = (Sql) effects.next();
                execute(live, make);
                load(live, copy, next, load);
            } else if (next.statement().startsWith("SELECT count(*)")) {
                blocked.add(count(live, next));
            } else {
                execute(live, next);
            }
        }
        return blocked;
    }

    private void execute(Connection live, Sql sql) throws SQLException {
        context.begun(sql);
        beating(words(sql), () -> {
            try (Statement statement = live.createStatement()) {
                statement.execute(sql.statement());
            }
        });
    }

    private static String words(Sql sql) {
        String statement = sql.statement();
        return statement.startsWith("INSERT INTO ")
                ? "bring back"
                : statement.contains("LOCK TABLE ") ? "lock the tables" : "prepare";
    }

    private long count(Connection live, Sql sql) throws SQLException {
        context.begun(sql);
        long[] counted = new long[1];
        beating("count", () -> {
            try (Statement statement = live.createStatement();
                    ResultSet row = statement.executeQuery(sql.statement())) {
                row.next();
                counted[0] = row.getLong(1);
            }
        });
        return counted[0];
    }

    /** From one connection into the other, a row at a time. */
    private void load(Connection live, Connection copy, Sql read, Sql load) throws SQLException {
        context.begun(read);
        context.begun(load);
        beating("fetch the rows", () -> {
            CopyOut out = copy.unwrap(PGConnection.class).getCopyAPI().copyOut(read.statement());
            CopyIn in = live.unwrap(PGConnection.class).getCopyAPI().copyIn(load.statement());
            try {
                for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                    in.writeToCopy(row, 0, row.length);
                }
                in.endCopy();
            } finally {
                if (in.isActive()) {
                    in.cancelCopy();
                }
                if (out.isActive()) {
                    out.cancelCopy();
                }
            }
        });
    }

    private RowsReport report(List<Long> blocked) {
        TwoCompared compared =
                order.compared().orElseThrow(() -> new IllegalArgumentException("the order has no comparison"));
        List<BroughtBack> tables = new ArrayList<>();
        for (int at = 0; at < order.tables().size(); at++) {
            TableShape table = order.tables().get(at);
            long still = blocked.get(at);
            tables.add(new BroughtBack(table.table(), Math.max(0, compared.missing(table.table()) - still), still));
        }
        return new RowsReport(tables);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void beating(String what, Work work) {
        Beating.during(context, what, "", () -> {
            try {
                work.run();
                return true;
            } catch (SQLException failed) {
                throw RecoveryFailures.bringingBack(database, failed);
            }
        });
    }
}
