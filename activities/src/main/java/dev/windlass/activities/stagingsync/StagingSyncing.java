package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.activities.backup.NeighbouringDatabases.Found;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.PlanOfStagingSync;
import dev.windlass.runbooks.stagingsync.StagingNames;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncOrder;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    StagingSyncing(StagingSyncParts parts, StagingSyncOrder order, StepContext context) {
        this.parts = parts;
        this.order = order;
        this.context = context;
        this.source = parts.database(order.source());
        this.target = parts.database(order.target());
        this.names = new StagingNames(target.database(), order.owner());
        this.name = new StepToken(context.token().workflowId(), context.token().runId(), StagingSyncSteps.COPY)
                .abbreviated();
        this.step = order.step().fill(Slots.of("token", name));
        this.neighbours = new NeighbouringDatabases(
                parts.backup(), maintenance(), context, failed -> QuietFailures.using(target, failed));
        this.incoming = new Incoming(parts.connections(), context.token(), target, name, order.owner());
    }

    private Database maintenance() {
        return GrowingDatabase.named(target, names.maintenance());
    }

    MaskedCopyReport copy() {
        clearEarlierAttempt();
        if (isStaging()) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "the copy of this run is staging already",
                    "start another run",
                    "swapped");
        }
        drop();
        try {
            SortedMap<String, Long> rows = make(parts.classification(source, order.classification()));
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
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        } finally {
            removeDefinitions();
        }
    }

    private SortedMap<String, Long> make(Classification classification) {
        int streams = parts.sync(source).streams();
        MaskedCopy copy =
                new MaskedCopy(parts.connections(), context.token(), source, classification, incoming, streams);
        context.begun(step.effects().getFirst());
        List<String> creating = step.statements().stream()
                .filter(statement -> statement.connection().equals(DatabaseNames.CONNECTION))
                .map(Sql::statement)
                .toList();
        return quietly("copy", () -> {
            try (Connection maintenance = parts.connections().open(maintenance(), context.token())) {
                return copy.make(maintenance, creating, this::definitions);
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

    /** In a file of our own: what pg_dump prints may hold a value as well as a row does. */
    private String definitions(String section) {
        Command dump = step.commands().stream()
                .filter(command -> command.argv().contains("--section=" + section))
                .findFirst()
                .orElseThrow();
        Path file = Path.of(definitionsOf(section));
        try {
            DurableFiles.makeDirectories(Objects.requireNonNull(file.getParent()));
            Files.deleteIfExists(file);
            if (!parts.backup().shell().run(dump, context).isSuccess()) {
                throw StagingSyncFailures.failure(
                        FailureType.COMMAND_FAILED,
                        "pg_dump could not read the definitions of database " + source.name(),
                        "run the command of the plan by hand: what it prints can hold values, and is not shown here",
                        "definitions");
            }
            if (section.equals(PlanOfStagingSync.SECTIONS.getLast())) {
                step.statements().stream().skip(1).forEach(context::begun);
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String definitionsOf(String section) {
        return new PlanOfStagingSync(parts.backup().operations(), source, target, parts.sync(source))
                .definitions(name, section);
    }

    /** Its processes, and its sessions on both servers. */
    private void clearEarlierAttempt() {
        parts.backup().shell().fence(context);
        new NeighbouringDatabases(parts.backup(), source, context, failed -> QuietFailures.using(source, failed))
                .endEarlierSessions();
        neighbours.endEarlierSessions();
    }

    private void removeDefinitions() {
        for (String section : PlanOfStagingSync.SECTIONS) {
            try {
                Files.deleteIfExists(Path.of(definitionsOf(section)));
            } catch (IOException stays) {
                throw new UncheckedIOException(stays);
            }
        }
    }

    private void drop() {
        change("drop the copy", DatabaseNames.dropIfThere(name));
    }

    /** What has become staging has another name by then. */
    void dropCopy() {
        clearEarlierAttempt();
        drop();
        removeDefinitions();
    }

    long scan() {
        Classification classification = parts.classification(source, order.classification());
        requireCopy();
        step.effects().forEach(context::begun);
        MaskedCopy copy = new MaskedCopy(
                parts.connections(),
                context.token(),
                source,
                classification,
                incoming,
                parts.sync(source).streams());
        quietly("scan", () -> {
            copy.scan();
            return true;
        });
        return copy.rows();
    }

    String swap() {
        neighbours.endEarlierSessions();
        String replaced = names.replaced().replace("{token}", name);
        if (isStaging()) {
            return replaced;
        }
        requireCopy();
        List<Sql> statements = step.statements();
        try {
            change("close staging", statements.get(0));
            change("end all sessions", statements.get(1));
            change("change the names", statements.get(2));
        } catch (RuntimeException failed) {
            try {
                giveUpSwap();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
        return replaced;
    }

    String giveUpSwap() {
        if (isStaging()) {
            return "staging is the masked copy";
        }
        if (neighbours.find(target.database()).filter(found -> !found.isOpen()).isPresent()) {
            change("open staging", (Sql) step.undo().getFirst());
        }
        return "staging is as it was";
    }

    List<String> clear() {
        List<String> dropped = new ArrayList<>();
        Sql old = step.statements().getFirst();
        context.begun(old);
        for (String each : names(old)) {
            change("drop " + each, StagingNames.dropOld(each));
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

    private long oid() {
        return order.copy().map(MaskedCopyReport::oid).orElse(-1L);
    }

    private boolean isStaging() {
        return neighbours
                .find(target.database())
                .filter(found -> found.oid() == oid())
                .isPresent();
    }

    private void requireCopy() {
        if (neighbours.find(name).filter(found -> found.oid() == oid()).isEmpty()) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "the copy is not there any more",
                    "somebody has dropped it; start another run",
                    "swapped");
        }
    }
}
