package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.ProveRedisOrder;
import dev.windlass.workflows.backup.RedisProof;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads a snapshot into a throw-away Redis server and counts what it has then. */
final class RedisProving {
    private static final Pattern KEYS_READ = Pattern.compile("\\[info\\] (\\d+) keys read");

    /** What a server takes beside its data. */
    private static final long MARGIN = 64L << 20;

    private final BackupParts parts;

    RedisProving(BackupParts parts) {
        this.parts = parts;
    }

    /** What is opened is clear text, so it goes also when the step was cancelled. */
    RedisProof prove(ProveRedisOrder order, StepContext given) {
        long begun = System.nanoTime();
        CalmPulse pulse = new CalmPulse(given.pulse());
        StepContext context = new StepContext(given.token(), pulse, given.journal());
        String key =
                order.manifest().artefact(Artefact.Kind.REDIS, order.redis()).key();
        Step step = order.step()
                .fill(Slots.of(PlanSlots.SNAPSHOT, key)
                        .with("token", context.token().abbreviated()));
        Path directory = Path.of(step.command("install").argv().getLast());
        clear(step, directory, context);
        try {
            return load(order, step, directory, context, begun);
        } finally {
            pulse.calmly(() -> clear(step, directory, context));
        }
    }

    private RedisProof load(ProveRedisOrder order, Step step, Path directory, StepContext context, long begun) {
        RedisName name = order.redis();
        long memory = order.manifest().redis(name).memory() + MARGIN;
        long plain = order.manifest().artefact(Artefact.Kind.REDIS, name).plainBytes();
        ScratchSpace.requireSocketPath(directory);
        ScratchSpace.requireFiles(directory, plain);
        FreeMemory.bytes().filter(free -> free < memory).ifPresent(free -> {
            throw RedisFailures.noMemory(order.manifest().set(), name, memory, free);
        });
        run(step.command("install"), name, context);
        SealedSet.fetch(step, parts.stores(), context);
        run(step.command("dd"), name, context);
        CommandResult checked = parts.shell().run(step.command("redis-check-rdb"), context);
        RedisFailures.requireWhole(name, checked);
        run(step.command("redis-server"), name, context);
        new RedisStart(directory, context).await(name);
        RedisFacts facts =
                RedisFacts.of(run(clients(step).getFirst(), name, context).output());
        long expired = facts.expiredWhenLoaded().orElse(0L);
        return new RedisProof(
                name,
                facts.keys(),
                expired,
                compare(order, keysRead(checked), facts, expired),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /** A snapshot says nothing of how much it should hold; but one of a server that had keys is not empty. */
    private static List<Difference> compare(ProveRedisOrder order, long inFile, RedisFacts facts, long expired) {
        List<Difference> differences = new ArrayList<>();
        long had = order.manifest().redis(order.redis()).keys();
        if (had > 0 && inFile == 0) {
            differences.add(new Difference("the snapshot", "some of the " + had + " keys of the server", "none"));
        }
        facts.loaded()
                .filter(loaded -> loaded + expired != inFile)
                .ifPresent(loaded -> differences.add(new Difference(
                        "the loaded server", inFile + " keys", loaded + " and " + expired + " that have run out")));
        return differences;
    }

    private static long keysRead(CommandResult checked) {
        return checked.output().stream()
                .map(KEYS_READ::matcher)
                .filter(Matcher::matches)
                .map(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("redis-check-rdb counts no keys"));
    }

    private static List<Command> clients(Step step) {
        return step.commands().stream()
                .filter(command -> command.program().equals("redis-cli"))
                .toList();
    }

    private void clear(Step step, Path directory, StepContext context) {
        if (Files.exists(directory.resolve("redis.sock"))) {
            parts.shell().run(clients(step).getLast(), context); // what it leaves alive is ended below
        }
        parts.shell().fence(context);
        ScratchProcesses.endAll(directory);
        if (Files.exists(directory)) {
            parts.shell()
                    .run(step.command("rm"), context)
                    .orFail("read its words above, then retry the step", "backup.md#redis");
        }
    }

    private CommandResult run(Command command, RedisName redis, StepContext context) {
        CommandResult result = parts.shell().run(command, context);
        if (!result.isSuccess()) {
            throw RedisFailures.failed(redis, result);
        }
        return result;
    }
}
