package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.GroupSql;
import dev.windlass.runbooks.stagingsync.RuleCounts;
import dev.windlass.runbooks.stagingsync.SmallGroups;
import dev.windlass.runbooks.stagingsync.TableRule;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Group;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at a finished copy, and tells what it is. */
final class Examination {
    private final MaskedCopy copy;
    private final Classification classification;
    private final Incoming incoming;
    private final OriginalsSearch search;

    Examination(MaskedCopy copy, Classification classification, Incoming incoming, OriginalsSearch search) {
        this.copy = copy;
        this.classification = classification;
        this.incoming = incoming;
        this.search = search;
    }

    /**
     * @throws Tripped at the first row that holds what no mask makes
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION for originals
     */
    AnonymizationReport report(StagingSyncOrder order) throws SQLException, Tripped {
        copy.scan();
        List<Group> groups = groups();
        requireLargeEnough(groups);
        return new AnonymizationReport(
                order.classification(),
                copy.rows(),
                new RuleCounts(classification)
                        .tables(order.copy().map(MaskedCopyReport::rows).orElseThrow()),
                groups,
                search.search());
    }

    /** Before it is staging: afterwards it would have been seen. */
    private void requireLargeEnough(List<Group> groups) {
        List<String> small = groups.stream()
                .filter(group -> group.below() > 0)
                .map(group -> group.table() + " (" + String.join(", ", group.columns()) + "): " + group.below() + " of "
                        + group.rows() + " rows in groups below " + group.atLeast())
                .toList();
        if (classification.smallGroups() == SmallGroups.REFUSED && !small.isEmpty()) {
            throw StagingSyncFailures.smallGroups(small);
        }
    }

    private List<Group> groups() throws SQLException {
        List<Group> groups = new ArrayList<>();
        try (Connection connection = incoming.open();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<TableReference, TableRule> table :
                    classification.tables().entrySet()) {
                List<String> columns = table.getValue().quasiIdentifiers();
                if (!columns.isEmpty()) {
                    groups.add(group(statement, table.getKey(), columns));
                }
            }
        }
        return groups;
    }

    private Group group(Statement statement, TableReference table, List<String> columns) throws SQLException {
        int atLeast = classification.smallestGroup();
        try (ResultSet row = statement.executeQuery(GroupSql.statement(table, columns, atLeast))) {
            row.next();
            return new Group(table.value(), columns, atLeast, row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }
}
