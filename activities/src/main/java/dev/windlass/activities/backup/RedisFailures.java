package dev.windlass.activities.backup;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.RedisName;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with a Redis server and with its snapshot. Names of keys are nobody's business and not repeated. */
final class RedisFailures {
    private static final String BROKEN = "--- RDB ERROR DETECTED ---";

    private RedisFailures() {}

    static ApplicationFailure of(RedisServer server, CommandResult result) {
        String words = String.join("\n", result.errorTail());
        if (Stream.of("WRONGPASS", "NOAUTH", "NOPERM").anyMatch(words::contains)) {
            return failure(
                    FailureType.CONFIGURATION,
                    "Redis " + server.name() + " does not let us take a snapshot: " + result.summary(),
                    "correct user and password of backup.redis." + server.name()
                            + "; a user needs the commands INFO, SYNC, PSYNC and REPLCONF.");
        }
        if (words.contains("Could not connect")) {
            return failure(
                    FailureType.DATABASE_UNREACHABLE,
                    "Redis " + server.name() + " cannot be reached: " + result.summary(),
                    "start it, or correct host and port of backup.redis." + server.name()
                            + "; the step tries again by itself.");
        }
        return failure(
                FailureType.COMMAND_FAILED,
                "the snapshot of Redis " + server.name() + " broke off: " + result.summary(),
                "read the last words of redis-cli above; nothing of this run is kept, and the last proven set is"
                        + " untouched.");
    }

    static ApplicationFailure noMemory(SetId set, RedisName redis, long needed, long free) {
        return failure(
                FailureType.PRECONDITION,
                "loading the snapshot of " + redis + " takes up to " + Quantities.bytes(needed) + " of memory, "
                        + Quantities.bytes(free) + " are free",
                "free memory on this machine, then run `windlass backup verify " + set
                        + " --wait`: the set is whole and" + " committed, it is only not proven.");
    }

    /** Only the line behind the mark tells what is wrong; the others may name keys. */
    static void requireWhole(RedisName redis, CommandResult checked) {
        if (checked.isSuccess()) {
            return;
        }
        List<String> lines = checked.output();
        int mark = lines.indexOf(BROKEN);
        if (mark < 0) {
            throw failed(redis, checked);
        }
        throw failure(
                FailureType.RESTORE_FAILED,
                "the snapshot of " + redis + " is not whole: "
                        + (mark + 1 < lines.size() ? lines.get(mark + 1) : "redis-check-rdb does not say why"),
                "keep the older proven set, and run `windlass backup run` again.");
    }

    static ApplicationFailure failed(RedisName redis, CommandResult result) {
        return failure(
                FailureType.COMMAND_FAILED,
                "the snapshot of " + redis + " could not be loaded: " + result.summary(),
                "look at the scratch directory and at this machine's memory; the step tries again by itself.");
    }

    static ApplicationFailure ended(RedisName redis, Path directory, String lastWords) {
        return failure(
                FailureType.RESTORE_FAILED,
                "the throw-away Redis server in " + directory + " ended while it loaded the snapshot of " + redis + ": "
                        + lastWords,
                "see that redis-server here is not older than the server of the snapshot, and that there is memory for"
                        + " its data.");
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint) {
        return new Failure(type, fact, hint, "backup.md#redis").asException();
    }
}
