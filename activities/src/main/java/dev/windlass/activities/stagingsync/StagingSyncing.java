package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.activities.backup.NeighbouringDatabases.Found;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.PlanOfStagingSync;
import dev.windlass.runbooks.stagingsync.StagingNames;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.FlushedRedis;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncOrder;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One step of a sync. The copy has the token of its own step as name, in all of them. */
final class StagingSyncing {
    private final StagingSyncParts parts;
    private final StagingSyncOrder order;
    private final StepContext context;
    private final Database source;
    private final Database target;
    private final StagingNames names;
    private final String name;
    private final Step step;
    private final NeighbouringDatabases neighbours;
    private final Incoming incoming;
    private final Definitions definitions;
    private final StagingSwap swap;

    StagingSyncing(StagingSyncParts parts, StagingSyncOrder order, StepContext context) {
        this.parts = parts;
        this.order = order;
        this.context = context;
        this.source = RestoredSource.database(parts, order, context);
        this.target = parts.database(order.target());
        this.names = new StagingNames(target.database(), order.owner());
        this.name = new StepToken(context.token().workflowId(), context.token().runId(), StagingSyncSteps.COPY)
                .abbreviated();
        this.step = order.step()
                .fill(Slots.of("token", name).with(PlanOfStagingSync.SCRATCH, RestoredSource.token(context)));
        this.neighbours = new NeighbouringDatabases(
                parts.backup(), maintenance(), context, failed -> QuietFailures.using(target, failed));
        this.definitions = new Definitions(parts, context, source, target, step, name);
        this.swap =
                new StagingSwap(neighbours, target, names, name, order.copy().map(MaskedCopyReport::oid));
        this.incoming = new Incoming(parts.connections(), context.token(), target, name, order.owner());
    }

    private Database maintenance() {
        return GrowingDatabase.named(target, names.maintenance());
    }

    MaskedCopyReport copy() {
        new RestoredSource(parts, order, context).requireThere();
        clearEarlierAttempt();
        if (swap.isStaging()) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "the copy of this run is staging already",
                    "start another run",
                    "swapped");
        }
        drop();
        try {
            SortedMap<String, Long> rows = makeOf(parts.classification(source, order.classification()));
            Found made = neighbours
                    .find(name)
                    .orElseThrow(() -> StagingSyncFailures.failure(
                            FailureType.PRECONDITION,
                            "the copy was dropped by somebody else",
                            "start another run",
                            "swapped"));
            return new MaskedCopyReport(name, made.oid(), rows);
        } catch (RuntimeException failed) {
            try {
                drop();
                readers().endEarlierSessionsIfThere();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        } finally {
            definitions.remove();
        }
    }

    /** Production may have changed since its backup: then that is no source any more. */
    private SortedMap<String, Long> makeOf(Classification classification) {
        try {
            return make(classification);
        } catch (ApplicationFailure failed) {
            Optional<Failure> misfit =
                    Failure.in(failed).filter(known -> known.anchor().endsWith("#classification"));
            if (order.backup().isPresent() && misfit.isPresent()) {
                throw RestoredSource.unrestorable(
                        "set " + order.backup().get().copied().set() + " is of another schema: "
                                + misfit.get().fact());
            }
            throw failed;
        }
    }

    private SortedMap<String, Long> make(Classification classification) {
        int streams = parts.sync(source).streams();
        MaskedCopy copy = new MaskedCopy(
                        parts.connections(),
                        context.token(),
                        source,
                        parts.reader(source),
                        classification,
                        incoming,
                        streams)
                .within(
                        order.backup().isPresent()
                                ? ReadingLimits.NONE
                                : parts.sync(source).limits());
        context.begun(step.effects().getFirst());
        List<String> creating = step.statements().stream()
                .filter(statement -> statement.connection().equals(DatabaseNames.CONNECTION))
                .map(Sql::statement)
                .toList();
        return quietly("copy", () -> {
            try (Connection maintenance = parts.connections().open(maintenance(), context.token())) {
                return copy.make(maintenance, creating, definitions::of);
            }
        });
    }

    private interface Work<T> {
        T run() throws SQLException, Tripped;
    }

    /** Whatever PostgreSQL says stays here. */
    private <T> T quietly(String phase, Work<T> work) {
        return Beating.during(context, phase, "", () -> {
            try {
                return work.run();
            } catch (SQLException refused) {
                throw QuietFailures.using(source, refused);
            } catch (Tripped tripped) {
                throw StagingSyncFailures.tripped(tripped);
            }
        });
    }

    /** Its processes, and its sessions on both servers. */
    private void clearEarlierAttempt() {
        parts.backup().shell().fence(context);
        readers().endEarlierSessions();
        neighbours.endEarlierSessions();
    }

    private NeighbouringDatabases readers() {
        return new NeighbouringDatabases(
                parts.backup(), source, context, failed -> QuietFailures.using(source, failed));
    }

    private void drop() {
        change("drop the copy", DatabaseNames.dropIfThere(name));
    }

    /** What has become staging has another name by then. That the source is away is no reason to leave the copy there. */
    void dropCopy() {
        parts.backup().shell().fence(context);
        neighbours.endEarlierSessions();
        drop();
        definitions.remove();
        readers().endEarlierSessionsIfThere();
    }

    List<Long> rewrite() {
        neighbours.endEarlierSessions();
        swap.requireCopy();
        Optional<List<Long>> before = neighbours.find(name).map(Found::comment).flatMap(RewrittenNote::read);
        if (before.isPresent()) {
            return before.get();
        }
        step.effects().forEach(context::begun);
        return quietly(
                "rewrite",
                () -> incoming.rewrite(
                        step.statements().stream().map(Sql::statement).toList()));
    }

    AnonymizationReport scan() {
        new RestoredSource(parts, order, context).requireThere();
        readers().endEarlierSessions();
        neighbours.endEarlierSessions();
        Classification classification = parts.classification(source, order.classification());
        swap.requireCopy();
        step.effects().forEach(context::begun);
        int streams = parts.sync(source).streams();
        MaskedCopy copy =
                new MaskedCopy(parts.connections(), context.token(), source, classification, incoming, streams);
        Examination examination = new Examination(
                copy,
                classification,
                incoming,
                new OriginalsSearch(parts.connections(), context.token(), source, classification, incoming, streams));
        return quietly("scan", () -> examination.report(order));
    }

    String swap() {
        return swap.swap(step);
    }

    String giveUpSwap() {
        return swap.giveUp(step);
    }

    String swapBack() {
        swap.back(step);
        parts.backup().shell().fence(context);
        List<Command> flush = step.undo().stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .toList();
        String standing = "staging is what it was again";
        try {
            parts.redisFlush(source, context).filter(named -> !flush.isEmpty()).ifPresent(redis -> redis.flush(flush));
            return standing;
        } catch (ApplicationFailure failed) {
            return standing + ", and its Redis may hold what it cached of the copy: " + failed.getOriginalMessage();
        }
    }

    String smoke() {
        neighbours.endEarlierSessions();
        return new StagingSmoke(
                        parts.connections(), context, target, parts.sync(source).app())
                .look(step);
    }

    FlushedRedis flush() {
        parts.backup().shell().fence(context);
        return parts.redisFlush(source, context)
                .orElseThrow(() -> StagingSyncFailures.failure(
                        FailureType.PRECONDITION,
                        "staging_sync of ops.yml names no redis any more",
                        "empty it by hand, by the last command of the step",
                        "redis"))
                .flush(step.commands());
    }

    List<String> clear() {
        List<String> dropped = new ArrayList<>();
        Sql old = step.statements().getFirst();
        context.begun(old);
        for (String each : names(old)) {
            Effect drop = step.statements().getLast();
            change("drop " + each, (Sql)
                    Slots.of("old-staging", each.replace("\"", "\"\"")).fill(drop));
            dropped.add(each);
        }
        return dropped;
    }

    private List<String> names(Sql question) {
        List<String> found = new ArrayList<>();
        try (Connection connection = parts.connections().open(maintenance(), context.token());
                var statement = connection.createStatement();
                var row = statement.executeQuery(question.statement())) {
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        } catch (SQLException refused) {
            throw QuietFailures.using(target, refused);
        }
    }

    private void change(String what, Sql statement) {
        neighbours.change(what, statement, failed -> QuietFailures.using(target, failed));
    }
}
