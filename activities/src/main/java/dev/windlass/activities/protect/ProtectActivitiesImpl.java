package dev.windlass.activities.protect;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.protect.ProtectActivities;
import dev.windlass.workflows.protect.ProtectOrder;
import dev.windlass.workflows.protect.ProtectSteps;
import io.temporal.activity.Activity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The protect runbook's activities; each says how it is safe to run twice. */
public final class ProtectActivitiesImpl implements ProtectActivities {
    /** pgBackRest's own patience is shorter; this is for what it forgets to bound. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration WHOLE_BACKUP = Duration.ofHours(23);

    private final ProtectParts parts;

    public ProtectActivitiesImpl(ProtectParts parts) {
        this.parts = parts;
    }

    // Twice: files are written anew and renamed, settings set again, a stanza that is there is left; a backup that an
    // earlier attempt has begun is ended first, and what it has written is replaced.
    @Override
    public void carryOut(ProtectOrder order) {
        StepContext context = parts.context(order.step().id());
        Cluster cluster = parts.cluster(order.cluster());
        if (!order.step().commands("pgbackrest").isEmpty()) {
            parts.backup().stores().store(cluster.store()).requireMayWrite(context);
        }
        parts.backup().shell().fence(context);
        if (order.step().id().equals(ProtectSteps.RESTART) && isArchiving(cluster, context)) {
            return; // an earlier attempt restarted it, or somebody else did
        }
        execute(filled(order.step()).effects(), cluster, context);
    }

    // Twice: the same settings are put back again; a file that is back already has no earlier one beside it.
    @Override
    public void undo(ProtectOrder order) {
        StepContext context = parts.context(order.step().id());
        execute(filled(order.step()).undo(), parts.cluster(order.cluster()), context);
    }

    // Twice: it reads.
    @Override
    public PhysicalBackup inspect(ProtectOrder order) {
        StepContext context = parts.context(order.step().id());
        Cluster cluster = parts.cluster(order.cluster());
        List<PhysicalBackup> backups = new BackRest(parts.backup().shell(), cluster, context)
                .repository(order.step().command("pgbackrest"), LIMIT)
                .backups();
        if (backups.isEmpty()) {
            throw ProtectFailures.noBackup(cluster);
        }
        PhysicalBackup newest = backups.getLast();
        if (newest.hasPageErrors()) {
            throw ProtectFailures.pageErrors(cluster, newest);
        }
        return newest;
    }

    // Twice: it reads; the sessions of an earlier attempt are ended first.
    @Override
    public void checkStructure(ProtectOrder order) {
        StepContext context = parts.context(order.step().id());
        new StructureChecking(parts, parts.cluster(order.cluster()), context).check(order.step());
    }

    private void execute(List<Effect> effects, Cluster cluster, StepContext context) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Sql sql -> execute(sql, cluster, context);
                case Effect.Command command -> execute(command, cluster, context);
                case Effect.HttpCall call ->
                    throw new IllegalArgumentException("no step of protect calls " + call.url());
                case Effect.ObjectCall call ->
                    throw new IllegalArgumentException("no step of protect asks for " + call.key());
                case Effect.DnsQuery query ->
                    throw new IllegalArgumentException("no step of protect asks for " + query.name());
            }
        }
    }

    private void execute(Effect.Command command, Cluster cluster, StepContext context) {
        if (command.program().equals("pgbackrest")) {
            boolean isBackup = command.argv().getLast().equals("backup");
            new BackRest(parts.backup().shell(), cluster, context).run(command, isBackup ? WHOLE_BACKUP : LIMIT);
            return;
        }
        // An undo moves back what was kept; nothing was kept where the step never came so far.
        if (command.program().equals("mv")
                && !Files.exists(Path.of(command.argv().get(command.argv().size() - 2)))) {
            return;
        }
        parts.backup()
                .shell()
                .run(command, context)
                .orFail("look at the directory and its owner", "protect.md#command-failed");
    }

    private void execute(Effect.Sql sql, Cluster cluster, StepContext context) {
        context.begun(sql);
        Database database = parts.administered(cluster);
        try (Connection connection = parts.backup().connections().open(database, context.token());
                Statement statement = connection.createStatement()) {
            statement.execute(sql.statement());
        } catch (SQLException failed) {
            throw ProtectFailures.using(database, failed);
        }
    }

    private boolean isArchiving(Cluster cluster, StepContext context) {
        Database database = parts.administered(cluster);
        try (Connection connection = parts.backup().connections().open(database, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW archive_mode")) {
            row.next();
            return !row.getString(1).equals("off");
        } catch (SQLException failed) {
            throw ProtectFailures.using(database, failed);
        }
    }

    private static Step filled(Step step) {
        String run = Activity.getExecutionContext().getInfo().getRunId();
        return step.fill(Slots.of("run", run.replace("-", "").substring(0, 8)));
    }
}
