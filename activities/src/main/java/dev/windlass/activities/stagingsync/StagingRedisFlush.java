package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.RedisFacts;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.backup.RedisSteps;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.config.StagingRedis;
import dev.windlass.runbooks.stagingsync.RedisFlush;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.stagingsync.FlushedRedis;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.stream.Stream;

/** Empties staging's Redis. What it is is looked at each time before: a server has one identity, whatever its addresses are. */
final class StagingRedisFlush {
    private static final String KEY = "staging_sync.redis";

    private final Shell shell;
    private final StepContext context;
    private final StagingRedis redis;
    private final List<RedisServer> backedUp;

    StagingRedisFlush(Shell shell, StepContext context, StagingRedis redis, List<RedisServer> backedUp) {
        this.shell = shell;
        this.context = context;
        this.redis = redis;
        this.backedUp = backedUp;
    }

    /** Changes nothing. */
    void requireThatItCanBeEmptied() {
        requireApart(
                RedisSteps.look(redis.server()),
                backedUp.stream().map(RedisSteps::look).toList());
        run(redis.server(), KEY, RedisFlush.trial(redis));
    }

    /** @param commands of the step: looks at it and at all that are backed up, and empties it */
    FlushedRedis flush(List<Command> commands) {
        if (commands.size() != backedUp.size() + 2) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "backup.redis names other servers than when the run was planned",
                    "empty " + redis.words() + " by hand, by the last command of the step",
                    "redis");
        }
        RedisFacts before = requireApart(commands.getFirst(), commands.subList(1, commands.size() - 1));
        run(redis.server(), KEY, commands.getLast());
        return new FlushedRedis(redis.words(), before.keys(redis.database()));
    }

    /** Fail-closed: a server of backup.redis that does not answer could be this one. */
    private RedisFacts requireApart(Command look, List<Command> looks) {
        RedisFacts facts = RedisFacts.of(run(redis.server(), KEY, look).output());
        for (int i = 0; i < looks.size(); i++) {
            RedisServer other = backedUp.get(i);
            String name = "backup.redis." + other.name();
            RedisFacts others = RedisFacts.of(run(other, name, looks.get(i)).output());
            if (others.runId().equals(facts.runId())) {
                throw refused(
                        redis.server().place() + " of staging_sync.redis and " + other.place() + " of " + name
                                + " are one and the same Redis server",
                        "name staging's own server, or take redis out of staging_sync: it is emptied");
            }
            if (others.replicationId().isPresent() && others.replicationId().equals(facts.replicationId())) {
                throw refused(
                        redis.server().place() + " of staging_sync.redis and " + other.place() + " of " + name
                                + " replicate one another",
                        "name staging's own server, or take redis out of staging_sync: what is emptied is emptied in replicas too");
            }
        }
        if (facts.isReplica()) {
            throw refused(
                    redis.server().place() + " of " + KEY + " is a replica of another Redis server",
                    "name the one that staging writes to");
        }
        if (facts.isPartOfACluster()) {
            throw refused(
                    redis.server().place() + " of " + KEY + " is one of several servers of a Redis Cluster",
                    "take redis out of staging_sync, and empty the cluster by hand after a sync");
        }
        return facts;
    }

    private static ApplicationFailure refused(String fact, String hint) {
        return StagingSyncFailures.failure(FailureType.PRECONDITION, fact, hint, "redis");
    }

    private CommandResult run(RedisServer server, String key, Command command) {
        CommandResult result = shell.run(command, context);
        if (result.isSuccess()) {
            return result;
        }
        String words = String.join("\n", result.errorTail());
        boolean isRefused = Stream.of("WRONGPASS", "NOAUTH", "NOPERM", "run this command", "out of range")
                .anyMatch(words::contains);
        if (isRefused) {
            throw StagingSyncFailures.failure(
                    FailureType.CONFIGURATION,
                    "Redis at " + server.place() + " refused a command: " + result.summary(),
                    "correct user, password and database of " + key
                            + "; a user needs the commands INFO, EVAL, SELECT and FLUSHDB",
                    "redis");
        }
        throw StagingSyncFailures.failure(
                words.contains("Could not connect") ? FailureType.DATABASE_UNREACHABLE : FailureType.COMMAND_FAILED,
                "Redis at " + server.place() + " did not answer: " + result.summary(),
                "start it, or correct host and port of " + key
                        + "; nothing is emptied while nobody can tell it from production's",
                "redis");
    }
}
