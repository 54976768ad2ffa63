package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.RewindEffects;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The dump of a database as it was at a moment: the cluster that holds it is restored beside the live one, read, ended and
 * removed. Safe to run twice: {@link #end} ends what an earlier attempt has left, and removing the directory is the caller's.
 */
final class Rewinding {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final RecoveryParts parts;
    private final PointInTime source;
    private final Cluster cluster;
    private final StepContext context;
    private final RewindEffects effects;
    private final ClusterBeside beside;

    /** @param effects with the step's token filled in */
    Rewinding(RecoveryParts parts, PointInTime source, Database database, StepContext context, RewindEffects effects) {
        this.parts = parts;
        this.source = source;
        this.cluster = parts.operations().cluster(source.cluster());
        this.context = context;
        this.effects = effects;
        this.beside = new ClusterBeside(parts, source, database, context, effects.beside());
    }

    /** @return what the database was like that lies dumped in the step's directory */
    DatabaseFacts dump() {
        beside.requireRoom();
        push();
        beside.restore();
        beside.start();
        DatabaseFacts facts = beside.read();
        parts.backup().shell().run(effects.dump(), context).orFail(PointInTimeFailures.HINT, PointInTimeFailures.PLACE);
        beside.remove();
        return facts;
    }

    /** Of an attempt that did not get so far, or was killed. */
    void end() {
        beside.end();
    }

    /** All that was committed by the moment, and something younger, has to be in the repository. */
    private void push() {
        Database live = ProtectParts.administered(parts.operations(), cluster);
        context.pulse().beat(Progress.of("send WAL"));
        context.begun(effects.commit());
        value(live, effects.commit());
        context.begun(effects.push());
        String segment = value(live, effects.push());
        Sql waiting = (Sql) Slots.of(RewindEffects.SEGMENT, segment).fill(effects.waiting());
        context.begun(waiting);
        boolean hasArrived = Beating.during(context, "send WAL", segment, () -> hasLeft(live, waiting));
        if (!hasArrived) {
            // An older moment may be there all the same.
            ArchivedWal.of(parts.backup().connections(), live, context.token())
                    .require(
                            source.at(),
                            cluster,
                            "segment " + segment + " was not archived within "
                                    + cluster.limits().lag().toSeconds() + " s");
        }
    }

    private boolean hasLeft(Database live, Sql waiting) {
        long deadline = System.nanoTime() + cluster.limits().lag().toNanos();
        while (!value(live, waiting).equals("0")) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (!ClusterBeside.pause(BETWEEN)) {
                return false;
            }
        }
        return true;
    }

    private String value(Database live, Sql question) {
        try (Connection connection = parts.backup().connections().open(live, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question.statement())) {
            row.next();
            return row.getString(1);
        } catch (SQLException failed) {
            throw PostgresFailures.using(live, failed);
        }
    }
}
