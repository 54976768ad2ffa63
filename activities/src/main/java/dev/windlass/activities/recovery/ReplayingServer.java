package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.recovery.ServerLog.DamagedSegment;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.runbooks.recovery.ReplayStep;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A restored cluster while its WAL is replayed, and until it is stopped then. Nobody gets in before. */
final class ReplayingServer {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    /** While a server that was killed is not quite gone, no other starts in its place. */
    private static final Duration GOING = Duration.ofSeconds(30);

    private final BackupParts parts;
    private final ReplayEffects effects;
    private final String superuser;
    private final StepContext context;

    /** @param superuser the lost server's first */
    ReplayingServer(BackupParts parts, ReplayEffects effects, String superuser, StepContext context) {
        this.parts = parts;
        this.effects = effects;
        this.superuser = superuser;
        this.context = context;
    }

    /**
     * A segment that arrives whole and cannot be read is fetched once more. If it cannot be read then either, WAL ends before
     * it.
     *
     * @return the segment that ended it
     */
    Optional<DamagedSegment> replay(ReplayStep commands) {
        Optional<DamagedSegment> broken = replay(commands, "");
        if (broken.isEmpty()) {
            return broken;
        }
        Optional<DamagedSegment> again = replay(commands, "");
        if (again.isEmpty()) {
            return again;
        }
        Optional<DamagedSegment> another =
                replay(commands, ReplayEffects.endsBefore(again.get().name()));
        if (another.isPresent()) {
            throw VpsFailures.walNotFetched(effects.lost().name(), another.get().words());
        }
        return again;
    }

    private Optional<DamagedSegment> replay(ReplayStep commands, String guard) {
        run((Command) Slots.of(ReplayEffects.GUARD, guard).fill(commands.replaying()));
        long since = System.nanoTime();
        while (true) {
            ServerLog log = ServerLog.after(Path.of(effects.log()));
            run(commands.start());
            Optional<String> ended = awaitEnd(commands.replayed(), log);
            if (ended.isEmpty()) {
                return Optional.empty();
            }
            String words = ended.get();
            if (!log.isLockedOut() || System.nanoTime() - since > GOING.toNanos()) {
                return Optional.of(log.damagedSegment(words).orElseThrow(() -> failure(words)));
            }
            ClusterBeside.pause(BETWEEN);
        }
    }

    /** @return what the server said when it ended; empty where it is open */
    private Optional<String> awaitEnd(Sql question, ServerLog log) {
        context.begun(question);
        StartedServer server = new StartedServer(Path.of(effects.server().data()));
        return Beating.during(context, "replay WAL", "up to " + until(), () -> {
            while (!isOpen(question)) {
                if (server.hasEnded() || (!server.wasSeen() && log.isLockedOut())) {
                    return Optional.of(log.lastFatalLine("it ended, and its log does not say why"));
                }
                if (!ClusterBeside.pause(BETWEEN)) {
                    break;
                }
            }
            return Optional.empty();
        });
    }

    private String until() {
        return effects.lost().to().map(Instant::toString).orElse("the last moment that was archived");
    }

    private ApplicationFailure failure(String words) {
        ClusterName cluster = effects.lost().name();
        if (words.contains(ServerLog.NOT_FETCHED)) {
            return VpsFailures.walNotFetched(cluster, words);
        }
        if (words.contains(ServerLog.LOCKED)) {
            return VpsFailures.ended(words);
        }
        return words.contains(RewoundStart.ENDED)
                ? VpsFailures.replayEnded(cluster, until())
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

    /** Empty where no transaction followed the backup. */
    Optional<Instant> lastCommit(Sql question) {
        context.begun(question);
        return value(question, row -> row.getTimestamp(1)).map(Timestamp::toInstant);
    }

    ReplayedWal position(Sql question) {
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
