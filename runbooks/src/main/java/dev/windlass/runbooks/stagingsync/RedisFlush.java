package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.backup.RedisSteps;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.config.StagingRedis;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import java.util.ArrayList;
import java.util.List;

/**
 * One database of staging's Redis, emptied when what it caches is of another staging. It is selected and emptied by one script:
 * {@code redis-cli -n} goes on in database 0 when it cannot select.
 */
public final class RedisFlush {
    private static final String SELECT = "redis.call('SELECT', ARGV[1])";

    private RedisFlush() {}

    static Step step(StagingRedis redis, List<RedisServer> backedUp) {
        return Step.of(
                        StagingSyncSteps.FLUSH,
                        "Empty " + redis.words() + ", for it caches what staging was",
                        List.copyOf(commands(redis, backedUp)))
                .withPrecondition("it is no server of backup.redis, under whatever address");
    }

    /** Looks at it and at each server that is backed up, in their order; the last one empties it. */
    static List<Command> commands(StagingRedis redis, List<RedisServer> backedUp) {
        List<Command> commands = new ArrayList<>(List.of(RedisSteps.look(redis.server())));
        backedUp.forEach(server -> commands.add(RedisSteps.look(server)));
        commands.add(script(redis, Access.CHANGES, SELECT + " return redis.call('FLUSHDB')"));
        return commands;
    }

    /** What planning tries: whether there is such a database, and whether the user may run a script. */
    public static Command trial(StagingRedis redis) {
        return script(redis, Access.READS, "return " + SELECT);
    }

    private static Command script(StagingRedis redis, Access access, String script) {
        return RedisSteps.ask(redis.server(), access, "EVAL", script, "0", String.valueOf(redis.database()));
    }
}
