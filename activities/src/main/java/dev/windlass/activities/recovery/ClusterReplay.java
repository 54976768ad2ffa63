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
import dev.windlass.runbooks.recovery.ReplayStep;
import dev.windlass.workflows.kernel.ClusterName;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        return backup(backRest.repository(info, LIMIT));
    }

    private PhysicalBackup backup(BackRest.Repository repository) {
        List<PhysicalBackup> old = oldEnough(repository);
        if (old.isEmpty()) {
            throw VpsFailures.noPhysicalBackup(
                    effects.lost().stanza(), effects.lost().to());
        }
        return old.stream()
                .filter(backup -> !backup.hasPageErrors())
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> VpsFailures.onlyDamagedBackups(effects.lost().stanza(), labels(old)));
    }

    /** The end is told in whole seconds, rounded down, and what is replayed has to pass it. */
    private List<PhysicalBackup> oldEnough(BackRest.Repository repository) {
        return repository.backups().stream()
                .filter(backup -> effects.lost()
                        .to()
                        .map(moment -> backup.end().plusSeconds(1).isBefore(moment))
                        .orElse(true))
                .toList();
    }

    private static String labels(List<PhysicalBackup> backups) {
        return backups.stream().map(PhysicalBackup::label).collect(Collectors.joining(", "));
    }

    /** Its server runs afterwards, as the machine's own service. */
    ReplayedCluster replay(Step step) {
        parts.shell().fence(context);
        ReplayStep commands = ReplayStep.in(step);
        end(commands.end());
        ScratchProcesses.endAll(data);
        ReplayNote note = new ReplayNote(Path.of(effects.server().places().replayed()));
        try {
            ReplayedCluster replayed = note.read().orElseGet(() -> replay(commands, note));
            run(commands.cleanUp());
            run(commands.service());
            return replayed;
        } catch (RuntimeException failed) {
            parts.shell().fence(context);
            ScratchProcesses.endAll(data);
            throw failed;
        }
    }

    /** No server runs afterwards. */
    private ReplayedCluster replay(ReplayStep commands, ReplayNote note) {
        BackRest.Repository repository = backRest.repository(commands.info(), LIMIT);
        PhysicalBackup backup = backup(repository);
        long since = System.nanoTime();
        backRest.run(filled(commands.restore(), backup.label(), "0"), WHOLE_RESTORE);
        Duration restore = Duration.ofNanos(System.nanoTime() - since);
        long replaying = System.nanoTime();
        run(commands.layAside());
        run(commands.forget());
        run(filled(commands.afterwards(), backup.label(), prepared(commands.controlData())));
        run(commands.replaying());
        run(commands.start());
        awaitEnd(commands.replayed());
        ReplayedCluster replayed = new ReplayedCluster(
                backup.label(),
                lastCommit(commands.last()),
                restore,
                Duration.ofNanos(System.nanoTime() - replaying),
                findings(repository, backup, position(commands.position())));
        note.write(replayed);
        run(commands.stop());
        return replayed;
    }

    private List<String> findings(BackRest.Repository repository, PhysicalBackup backup, ReplayedWal replayed) {
        List<String> found = new ArrayList<>();
        List<PhysicalBackup> passedOver = oldEnough(repository).stream()
                .dropWhile(each -> !each.equals(backup))
                .skip(1)
                .toList();
        if (!passedOver.isEmpty()) {
            found.add("cluster " + effects.lost().name() + " comes from the older physical backup " + backup.label()
                    + ", for there are damaged pages in " + labels(passedOver));
        }
        // Where a moment was named, the end is another.
        String newest = repository.newestWal().get(backup.label());
        if (newest != null && effects.lost().to().isEmpty() && !replayed.hasReached(newest)) {
            found.add("THE WAL OF CLUSTER " + effects.lost().name() + " ENDS EARLY, in segment " + replayed.words()
                    + ", and the newest that was archived is " + newest
                    + ": one between them is missing, and what was committed after it is not there");
        }
        return found;
    }

    /** Of an attempt that was left, or had come to its end. */
    private void end(Command command) {
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
        context.begun(question);
        StartedServer server = new StartedServer(data);
        Beating.during(context, "replay WAL", "up to " + until, () -> {
            while (!isOpen(question)) {
                if (server.hasEnded()) {
                    throw ended(log.lastFatalLine("it ended, and its log does not say why"), until);
                }
                if (!ClusterBeside.pause(BETWEEN)) {
                    break;
                }
            }
            return true;
        });
    }

    private ApplicationFailure ended(String words, String until) {
        ClusterName cluster = effects.lost().name();
        if (words.contains(ServerLog.NOT_FETCHED)) {
            return VpsFailures.walNotFetched(cluster, words);
        }
        if (words.contains(ServerLog.LOCKED)) {
            return VpsFailures.ended(words);
        }
        return words.contains(RewoundStart.ENDED)
                ? VpsFailures.replayEnded(cluster, until)
                : VpsFailures.notReplayed(cluster, words);
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
        context.begun(question);
        return value(question, row -> row.getTimestamp(1)).map(Timestamp::toInstant);
    }

    private ReplayedWal position(Sql question) {
        context.begun(question);
        return value(question, row -> new ReplayedWal(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    private interface Reading<T> {
        @Nullable
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
