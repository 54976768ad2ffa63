package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The throw-away cluster of a proof, run by the commands of its step ({@link ScratchCommands}): {@link #prepare}, {@link
 * #restore}, then {@link #facts}, {@link #smoke} and {@link #check}, and {@link #close} in any case. Safe to run twice:
 * what an earlier attempt left behind is ended and removed first.
 */
final class ScratchCluster implements AutoCloseable {
    private final Shell shell;
    private final PostgresConnections connections;
    private final StepContext context;
    private final CalmPulse pulse;
    private final Path directory;
    private Step step;

    private ScratchCluster(Shell shell, PostgresConnections connections, StepContext context, Step step) {
        this.shell = shell;
        this.connections = connections;
        this.pulse = new CalmPulse(context.pulse());
        this.context = new StepContext(context.token(), pulse, context.journal());
        this.step = step.fill(Slots.of("token", context.token().abbreviated()));
        this.directory = Path.of(this.step.command("install").argv().getLast());
    }

    /**
     * An empty directory for the cluster of this step.
     *
     * @param step with all slots filled but {@code token}, {@code superuser}, {@code preload} and {@code workers}
     * @param bytes size of the database as it was dumped
     * @throws io.temporal.failure.ApplicationFailure DISK_FULL, or CONFIGURATION when the path is too long for a socket
     */
    static ScratchCluster prepare(
            Shell shell, PostgresConnections connections, StepContext context, Step step, long bytes) {
        ScratchCluster cluster = new ScratchCluster(shell, connections, context, step);
        ScratchSpace.requireSocketPath(cluster.directory);
        cluster.clear();
        ScratchSpace.require(cluster.directory, bytes);
        cluster.run(cluster.step.command("install"));
        return cluster;
    }

    Path directory() {
        return directory;
    }

    /** With the slots filled that are known so far. */
    Step step() {
        return step;
    }

    /** Starts the cluster, then restores roles and database. */
    void restore(DatabaseFacts facts, Database original) {
        step = step.fill(ScratchSpace.slots(facts, original));
        run(step.command("initdb"));
        run(step.command("tee"));
        run(controls("start"));
        run(step.command("createuser"));
        RestoreFailures.requireOnlyKnownErrors(shell.run(globals(), context), facts.superuser());
        require(DataOffsets.unpack(shell, step, context));
        Database maintenance = database(original, ScratchCommands.MAINTENANCE_DATABASE);
        try (RestoreProgress progress = new RestoreProgress(connections, maintenance, context, facts.bytes())) {
            pulse.follow(Optional.of(progress));
            for (Command restore : step.commands("pg_restore")) {
                CommandResult result = shell.run(restore, context);
                RestoreFailures.requireSuccess(result, ScratchProcesses.isRunning(data()));
            }
        } finally {
            pulse.follow(Optional.empty());
        }
    }

    /** The only psql that reads a sealed file: a rehearsal has more of them in its step. */
    private Command globals() {
        return step.commands().stream()
                .filter(command -> command.program().equals("psql") && command.input() instanceof Channel.OpenedFile)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("step " + step.id() + " restores no roles"));
    }

    /** The facts of the restored copy. */
    DatabaseFacts facts(DatabaseFacts original, Database database, int jobs) {
        step.statements().stream().limit(1).forEach(context::begun);
        Database copy = database(database, database.database());
        try (SnapshotHolder holder = SnapshotHolder.open(connections, copy, context.token())) {
            return new FactsReading(connections, context, jobs).readLike(original, holder);
        }
    }

    /** Each smoke query of ops.yml must return one row with one column that is true. */
    List<Difference> smoke(Database original) {
        List<Difference> differences = new ArrayList<>();
        for (Database.SmokeQuery query : original.smoke()) {
            context.pulse().beat(new Progress("smoke", differences.size(), Optional.empty(), "steps", query.name()));
            statement(query.sql()).ifPresent(context::begun);
            SmokeTest.run(connections, database(original, original.database()), context.token(), query)
                    .ifPresent(differences::add);
        }
        return differences;
    }

    private Optional<Sql> statement(String sql) {
        return step.statements().stream()
                .filter(each -> each.statement().equals(sql))
                .findFirst();
    }

    /** What pg_amcheck finds, where the step has it. */
    List<Difference> check() {
        List<Difference> differences = new ArrayList<>();
        step.commands().stream()
                .filter(command -> command.program().equals("pg_amcheck"))
                .forEach(command ->
                        RestoreFailures.corruption(shell.run(command, context)).ifPresent(differences::add));
        return differences;
    }

    /** A connection to the cluster; the name stays that of ops.yml, since failures are told with it. */
    Database database(Database original, String name) {
        return new Database(
                original.name(),
                name,
                original.environment(),
                directory.toString(),
                ScratchCommands.PORT,
                ScratchCommands.SUPERUSER,
                Optional.empty(),
                original.tools(),
                original.smoke());
    }

    /** Stops and removes it, also when the step was cancelled. */
    @Override
    public void close() {
        pulse.calmly(this::clear);
    }

    private void clear() {
        if (ScratchProcesses.isRunning(data())) {
            shell.run(controls("stop"), context); // what it leaves alive is ended below
        }
        shell.fence(context);
        ScratchProcesses.endAll(data());
        if (Files.exists(directory)) {
            run(step.command("rm"));
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Command controls(String word) {
        return step.commands().stream()
                .filter(command ->
                        command.program().equals("pg_ctl") && command.argv().contains(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("step " + step.id() + " has no pg_ctl " + word));
    }

    private void run(Command command) {
        require(shell.run(command, context));
    }

    private void require(CommandResult result) {
        if (!result.isSuccess()) {
            throw RestoreFailures.preparing(result, directory);
        }
    }

    static RuntimeException full(Path directory, long needed, long usable) {
        return PostgresFailures.failure(
                FailureType.DISK_FULL,
                "the scratch directory " + directory + " has " + ScratchSpace.mebibytes(usable)
                        + " MiB free, and restoring needs " + ScratchSpace.mebibytes(needed) + " MiB",
                "free space there, or put the key backup.scratch.directory on a larger disk",
                "disk-full",
                null);
    }
}
