package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.recovery.DrillOrder;
import dev.windlass.workflows.recovery.MeasuredLoss;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Commits every second, for long enough that every commit has been in an open segment once. */
final class MeasuringLoss {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /** For sending a segment. */
    private static final Duration MORE = Duration.ofSeconds(20);

    private final RecoveryParts parts;
    private final Cluster cluster;
    private final StepContext context;
    private final Sql commit;
    private final Sql look;

    MeasuringLoss(RecoveryParts parts, DrillOrder order, StepContext context) {
        List<Sql> statements = order.step().statements();
        this.parts = parts;
        this.cluster = parts.operations().cluster(order.source().cluster());
        this.context = context;
        this.commit = statements.get(0);
        this.look = statements.get(1);
    }

    MeasuredLoss measure() {
        context.begun(commit);
        context.begun(look);
        CommitEverySecond commits =
                Beating.during(context, "commit every second", cluster.name().value(), this::commits);
        return commits.reachable()
                .map(moment -> new MeasuredLoss(moment, commits.most()))
                .orElseThrow(() -> DrillFailures.nothingSafe(cluster, length()));
    }

    private Duration length() {
        return cluster.archiveTimeout().multipliedBy(2).plus(MORE);
    }

    private CommitEverySecond commits() {
        CommitEverySecond commits = new CommitEverySecond();
        Database live = ProtectParts.administered(parts.operations(), cluster);
        long end = System.nanoTime() + length().toNanos();
        try (Connection connection = parts.backup().connections().open(live, context.token());
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < end && ClusterBeside.pause(BETWEEN)) {
                statement.execute(commit.statement());
                try (ResultSet row = statement.executeQuery(look.statement())) {
                    row.next();
                    commits.add(new CommitEverySecond.Sample(
                            row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3)));
                }
            }
            return commits;
        } catch (SQLException failed) {
            throw PostgresFailures.using(live, failed);
        }
    }
}
