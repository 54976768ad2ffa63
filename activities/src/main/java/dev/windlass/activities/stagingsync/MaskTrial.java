package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.MaskedTable;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.SchemaColumn;
import dev.windlass.runbooks.stagingsync.SchemaTable;
import dev.windlass.runbooks.stagingsync.SchemaTable.Check;
import dev.windlass.runbooks.stagingsync.TrialSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every mask in the database that it is for, in transactions that can write nothing and are rolled back. */
final class MaskTrial {
    private final Connection connection;
    private final List<Finding> findings = new ArrayList<>();

    private MaskTrial(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param connection of a session that has the settings of a {@link MaskKey}
     * @param schema in which nothing is found against the classification
     * @throws SQLException only when the connection itself is lost
     */
    static List<Finding> findings(Connection connection, Classification classification, Schema schema)
            throws SQLException {
        MaskTrial trial = new MaskTrial(connection);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        for (SchemaTable table : schema.tables()) {
            trial.tryTable(new MaskedTable(classification, table), table);
        }
        return trial.findings.stream().sorted().toList();
    }

    private void tryTable(MaskedTable masked, SchemaTable table) throws SQLException {
        TrialSql sql = new TrialSql(masked, table);
        int before = findings.size();
        for (SchemaColumn column : table.copiedColumns()) {
            Optional<String> statement = sql.fits(column);
            if (statement.isPresent()) {
                tryColumn(table, column, statement.get());
            }
        }
        for (Check check : table.checks()) {
            tryCheck(table, check, sql.keepsOnTrial(check));
            tryCheck(table, check, sql.keepsOnRows(check));
        }
        if (findings.size() == before) {
            Answer answer = ask(sql.readsRows());
            answer.refused.ifPresent(refused -> add(
                    table.table().value(),
                    "cannot be read masked: " + QuietFailures.said(refused),
                    "look at rows: in the classification, and at what the role may read"));
        }
    }

    private void tryColumn(SchemaTable table, SchemaColumn column, String statement) throws SQLException {
        Answer answer = ask(statement);
        String place = table.table() + "." + column.name();
        if (answer.number > 0) {
            add(
                    place,
                    "is " + column.type() + ", and its mask is longer than that",
                    "use hash, which is cut to the column's length, or another mask");
        }
        answer.refused.ifPresent(refused -> add(
                place,
                "is " + column.type() + ", which does not take what its mask gives: " + QuietFailures.said(refused),
                "use a mask whose values the type allows, constant with one of them, or remove"));
    }

    private void tryCheck(SchemaTable table, Check check, Optional<String> statement) throws SQLException {
        if (statement.isEmpty()
                || findings.stream().anyMatch(finding -> finding.place().equals(table.table() + "." + check.name()))) {
            return;
        }
        Answer answer = ask(statement.get());
        if (answer.number > 0 || answer.refused.isPresent()) {
            add(
                    table.table() + "." + check.name(),
                    "is a constraint on " + String.join(", ", check.columns())
                            + " that masked rows do not keep"
                            + answer.refused
                                    .map(refused -> ": " + QuietFailures.said(refused))
                                    .orElse(""),
                    "give these columns masks that keep it, such as constant, or keep them with a reason");
        }
    }

    private record Answer(long number, Optional<SQLException> refused) {}

    private Answer ask(String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute("SET LOCAL statement_timeout = '60s'");
            try (ResultSet row = jdbc.executeQuery(statement)) {
                row.next();
                return new Answer(row.getLong(1), Optional.empty());
            }
        } catch (SQLException refused) {
            if (PostgresFailures.stateOf(refused).startsWith("08")) {
                throw refused;
            }
            return new Answer(0, Optional.of(refused));
        } finally {
            connection.rollback();
        }
    }

    private void add(String place, String message, String hint) {
        findings.add(new Finding(place, message, hint));
    }
}
