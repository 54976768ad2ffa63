package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.backup.ScratchSpace;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.BackRest;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.recovery.ReplayedCluster;
import dev.windlass.workflows.recovery.RepositorySeen;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster of the lost machine by pgBackRest, where it belongs. Safe to run twice: the server of an earlier attempt is
 * ended, and what it restored is compared with the backup and not fetched again.
 */
final class ClusterReplay {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration WHOLE_RESTORE = Duration.ofHours(11);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Pattern PREPARED = Pattern.compile("max_prepared_xacts setting:\\s+(\\d+)");

    /** Beside the cluster: WAL that is replayed before a checkpoint recycles it. */
    private static final long WAL = 5L << 30;

    private final BackupParts parts;
    private final ReplayEffects effects;
    private final String superuser;
    private final StepContext context;
    private final BackRest backRest;
    private final Path data;

    /** @param superuser the lost server's first */
    ClusterReplay(BackupParts parts, ReplayEffects effects, String superuser, StepContext context) {
        this.parts = parts;
        this.effects = effects;
        this.superuser = superuser;
        this.context = context;
        this.backRest = new BackRest(parts.shell(), effects.cluster(), context);
        this.data = Path.of(effects.server().data());
    }

    /** What lies in the repository, which is ready for {@link #replay} then. */
    RepositorySeen look(Step step) {
        parts.shell().fence(context);
        Command info = step.command("pgbackrest");
        step.commands().stream().filter(command -> !command.equals(info)).forEach(this::run);
        PhysicalBackup backup = backup(info);
        long free = ScratchSpace.usable(data);
        if (free < backup.databaseBytes() + WAL) {
            throw VpsFailures.noRoomForCluster(backup.databaseBytes() + WAL, free);
        }
        return new RepositorySeen(backup.label(), backup.end(), backup.databaseBytes());
    }

    private PhysicalBackup backup(Command info) {
        List<PhysicalBackup> whole = backRest.repository(info, LIMIT).backups().stream()
                .filter(backup -> !backup.hasPageErrors())
                .toList();
        // The end is told in whole seconds, rounded down, and what is replayed has to pass it.
        return whole.stream()
                .filter(backup -> effects.lost()
                        .to()
                        .map(moment -> backup.end().plusSeconds(1).isBefore(moment))
                        .orElse(true))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> VpsFailures.noPhysicalBackup(
                        effects.lost().stanza(), effects.lost().to()));
    }

    /** Its server runs afterwards, as the machine's own service. */
    ReplayedCluster replay(Step step) {
        parts.shell().fence(context);
        Iterator<Command> commands = step.commands().iterator();
        stop(commands.next());
        ScratchProcesses.endAll(data);
        PhysicalBackup backup = backup(commands.next());
        long since = System.nanoTime();
        try {
            backRest.run(filled(commands.next(), backup.label(), "0"), WHOLE_RESTORE);
            Duration restore = Duration.ofNanos(System.nanoTime() - since);
            long replaying = System.nanoTime();
            run(commands.next());
            run(commands.next());
            String prepared = prepared(commands.next());
            run(filled(commands.next(), backup.label(), prepared));
            run(commands.next());
            run(commands.next());
            step.statements().forEach(context::begun);
            awaitEnd(step.statements().getFirst());
            Optional<Instant> last = lastCommit(step.statements().getLast());
            commands.forEachRemaining(this::run);
            return new ReplayedCluster(backup.label(), last, restore, Duration.ofNanos(System.nanoTime() - replaying));
        } catch (RuntimeException failed) {
            parts.shell().fence(context);
            ScratchProcesses.endAll(data);
            throw failed;
        }
    }

    /** Of an earlier attempt that had come to its end. */
    private void stop(Command command) {
        CommandResult result = parts.shell().run(command, context);
        if (!command.isSuccess(result.exitCode())) {
            result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
        }
    }

    private static Command filled(Command command, String backup, String prepared) {
        return (Command) Slots.of(ReplayEffects.BACKUP, backup)
                .with(ReplayEffects.PREPARED, prepared)
                .fill(command);
    }

    private String prepared(Command controlData) {
        return parts.shell().run(controlData, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND).output().stream()
                .map(PREPARED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("0");
    }

    /** Nobody gets in before. */
    private void awaitEnd(Sql question) {
        ServerLog log = new ServerLog(Path.of(effects.log()));
        String until = effects.lost().to().map(Instant::toString).orElse("the last moment that was archived");
        Beating.during(context, "replay WAL", "up to " + until, () -> {
            while (!isOpen(question)) {
                if (!ScratchProcesses.isRunning(data)) {
                    String words = log.lastFatalLine("it ended, and its log does not say why");
                    throw words.contains(RewoundStart.ENDED)
                            ? VpsFailures.replayEnded(effects.lost().name(), until)
                            : VpsFailures.notReplayed(effects.lost().name(), words);
                }
                if (!ClusterBeside.pause(BETWEEN)) {
                    break;
                }
            }
            return true;
        });
    }

    private boolean isOpen(Sql question) {
        try {
            return value(question, row -> row.getString(1)).filter("f"::equals).isPresent();
        } catch (ApplicationFailure notYet) {
            if (notYet.isNonRetryable()) {
                throw notYet;
            }
            return false;
        }
    }

    private Optional<Instant> lastCommit(Sql question) {
        return value(question, row -> row.getTimestamp(1)).map(Timestamp::toInstant);
    }

    private interface Reading<T> {
        @org.jspecify.annotations.Nullable
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> value(Sql question, Reading<T> reading) {
        Database maintenance = RecoveredDatabase.named(
                ScratchCommands.MAINTENANCE_DATABASE,
                effects.lost().databases().getFirst().database(),
                effects.server(),
                superuser);
        try (Connection connection = parts.connections().open(maintenance, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question.statement())) {
            row.next();
            return Optional.ofNullable(reading.of(row));
        } catch (SQLException failed) {
            throw PostgresFailures.using(maintenance, failed);
        }
    }

    private void run(Command command) {
        parts.shell().run(command, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND);
    }
}
