package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Redis server in a set: its snapshot, taken as a replica takes it, sent, and proven by a throw-away server that loads it. */
public final class RedisSteps {
    private static final HostName HERE = new HostName("local");

    private final Operations operations;
    private final Optional<String> runAs;

    /** @param runAs who runs the throw-away server; empty when the worker is not root */
    public RedisSteps(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.runAs = runAs;
    }

    /** What planning asks; the exit code of redis-cli tells of an error only with -e. */
    public static Command look(RedisServer server) {
        return client(server, List.of(), List.of("INFO"), new Channel.None(), Access.READS);
    }

    /** @param words of redis-cli: its further options, and the command */
    public static Command ask(RedisServer server, Access access, String... words) {
        return client(server, List.of(), List.of(words), new Channel.None(), access);
    }

    Step save(RedisServer server, List<String> recipients) {
        BackupPolicy policy = operations.backup();
        return Step.of(
                        BackupSteps.saveRedis(server.name()),
                        "Take a snapshot of Redis " + server.name(),
                        List.of(
                                look(server),
                                client(
                                        server,
                                        BackupCommands.lowPriority(policy.priority()),
                                        List.of("--rdb", "-"),
                                        new Channel.SealedFile(
                                                policy.directory() + "/" + BackupKeys.redis(server.name()),
                                                policy.zstdLevel(),
                                                recipients),
                                        Access.CHANGES)))
                .withPrecondition("it lets a replica ask for a snapshot (SYNC, or PSYNC and REPLCONF)")
                .withSlots("set", "recipient", "attempt", "token");
    }

    Step upload(RedisName redis, StoreName store) {
        String key = BackupKeys.redis(redis);
        return Step.of(
                        BackupSteps.uploadRedis(redis),
                        "Send the snapshot of " + redis + " to " + store,
                        List.of(
                                ObjectCalls.multipartPut(
                                        store, key, operations.backup().directory() + "/" + key),
                                ObjectCalls.head(store, key)))
                .withSlots("set", "attempt");
    }

    /** Slots: {@code set}, {@code token}, and {@code snapshot} for the key in the set. */
    Step prove(RedisName redis, StoreName source, Optional<SecretReference> identity) {
        String directory =
                ScratchCommands.directoryIn(operations.backup().scratch().directory());
        List<Effect> effects = new ArrayList<>();
        effects.add(makeDirectory(directory));
        String files = operations.backup().directory();
        if (!source.equals(BackupPolicy.LOCAL)) {
            files = directory + "/fetched";
            effects.add(ObjectCalls.download(source, "{snapshot}", files + "/{snapshot}"));
        }
        SecretReference own = new SecretReference("file:" + operations.state() + "/" + BackupKeys.identity());
        effects.add(asUser(
                new Channel.OpenedFile(files + "/{snapshot}", identity.orElse(own)),
                "dd",
                "of=" + directory + "/dump.rdb",
                "bs=1M",
                "iflag=fullblock",
                "status=none"));
        effects.add(asUser(new Channel.None(), "redis-check-rdb", directory + "/dump.rdb"));
        effects.add(start(directory));
        effects.add(asUser(new Channel.None(), "redis-cli", "-e", "-s", socket(directory), "INFO"));
        effects.addAll(remove(directory));
        return Step.of(
                        BackupSteps.proveRedis(redis),
                        "Load the snapshot of " + redis + " from "
                                + (source.equals(BackupPolicy.LOCAL) ? "the encrypted file" : source)
                                + " into a throw-away server and count",
                        effects)
                .withPrecondition("this machine has as much free memory as the data of " + redis + " takes")
                .withUndo(remove(directory))
                .withSlots("set", "token", PlanSlots.SNAPSHOT);
    }

    /** It listens on a socket in its own directory only, and never writes what it has loaded. */
    private Command start(String directory) {
        return asUser(
                new Channel.None(),
                "redis-server",
                "--port",
                "0",
                "--unixsocket",
                socket(directory),
                "--dir",
                directory,
                "--dbfilename",
                "dump.rdb",
                "--save",
                "",
                "--appendonly",
                "no",
                "--logfile",
                directory + "/server.log",
                "--daemonize",
                "yes");
    }

    private List<Effect> remove(String directory) {
        return List.of(
                asUser(new Channel.None(), "redis-cli", "-s", socket(directory), "SHUTDOWN", "NOSAVE"),
                plain(List.of("rm", "-rf", "--", directory)));
    }

    static String socket(String directory) {
        return directory + "/redis.sock";
    }

    private Command makeDirectory(String directory) {
        List<String> argv = new ArrayList<>(List.of("install", "-d", "-m", "0700"));
        runAs.ifPresent(name -> argv.addAll(List.of("-o", name)));
        argv.addAll(List.of("--", directory));
        return plain(argv);
    }

    private static Command client(
            RedisServer server, List<String> before, List<String> words, Channel output, Access access) {
        List<String> argv = new ArrayList<>(before);
        argv.addAll(List.of("redis-cli", "-e"));
        if (server.isSocket()) {
            argv.addAll(List.of("-s", server.host()));
        } else {
            argv.addAll(List.of("-h", server.host(), "-p", String.valueOf(server.port())));
        }
        server.user().ifPresent(user -> argv.addAll(List.of("--user", user)));
        argv.addAll(words);
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        server.password().ifPresent(password -> secrets.put("REDISCLI_AUTH", password));
        return new Command(access, HERE, argv, Sorted.of("LC_ALL", "C"), secrets, new Channel.None(), output);
    }

    private Command asUser(Channel input, String... argv) {
        List<String> all =
                new ArrayList<>(BackupCommands.lowPriority(operations.backup().priority()));
        runAs.ifPresent(
                name -> all.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups", "--")));
        all.addAll(List.of(argv));
        return new Command(Access.CHANGES, HERE, all, Sorted.of("LC_ALL", "C"), Sorted.of(), input, new Channel.None());
    }

    private static Command plain(List<String> argv) {
        return new Command(
                Access.CHANGES,
                HERE,
                argv,
                Sorted.of("LC_ALL", "C"),
                Sorted.of(),
                new Channel.None(),
                new Channel.None());
    }
}
