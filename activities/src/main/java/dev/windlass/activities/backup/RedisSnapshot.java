package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.RedisObservation;
import dev.windlass.runbooks.backup.RedisSteps;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.RedisOrder;
import dev.windlass.workflows.backup.RedisReceipt;
import dev.windlass.workflows.backup.RedisSummary;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.time.Duration;
import java.time.Instant;

/**
 * The data of a Redis server as a sealed file, as redis-cli receives it. Behind the snapshot there may stand the 40 bytes by which
 * a server that does not know its length marks its end: Redis reads a snapshot up to its checksum and no further.
 */
final class RedisSnapshot {
    private final BackupParts parts;

    RedisSnapshot(BackupParts parts) {
        this.parts = parts;
    }

    RedisObservation look(RedisServer server, StepContext context) {
        RedisFacts facts = ask(server, RedisSteps.look(server), context);
        return new RedisObservation(server.name(), facts.version(), facts.keys(), facts.memory());
    }

    RedisReceipt save(RedisOrder order, StepContext context, String attempt) {
        long begun = System.nanoTime();
        RedisName name = order.redis();
        RedisServer server = Names.known(() -> parts.operations().backup().redis(name));
        parts.shell().fence(context);
        new EarlierAttempts(parts.localFile("sets/" + order.set())).remove(name);
        Step step = order.step()
                .fill(Slots.of("attempt", attempt).with("token", context.token().abbreviated()));
        Instant asked = parts.clock().instant();
        RedisFacts facts = ask(server, step.commands().getFirst(), context);
        Command saving = step.commands().getLast();
        CommandResult saved = parts.shell().run(saving, context);
        Artefact snapshot = saved.sealed()
                .map(receipt -> parts.artefact(
                        Artefact.Kind.REDIS, name, ((Channel.SealedFile) saving.output()).path(), receipt))
                .orElseThrow(() -> RedisFailures.of(server, saved));
        return new RedisReceipt(
                new RedisSummary(name, facts.version(), asked, facts.keys(), facts.memory()),
                snapshot,
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private RedisFacts ask(RedisServer server, Command command, StepContext context) {
        CommandResult answer = parts.shell().run(command, context);
        if (!answer.isSuccess()) {
            throw RedisFailures.of(server, answer);
        }
        return RedisFacts.of(answer.output());
    }
}
