package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a backup run does, from ops.yml, the request and what planning saw. */
public final class PlanOfBackup {
    /** The state directory, as a store of effects. */
    static final StoreName STATE = new StoreName("state");

    private final Operations operations;
    private final BackupCommands commands;
    private final ProofSteps proofs;
    private final ArchiveSteps archives;
    private final RedisSteps redis;
    private final Optional<StoreName> remote;

    public PlanOfBackup(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.commands = new BackupCommands(operations);
        this.proofs = new ProofSteps(operations, runAs);
        this.archives = new ArchiveSteps(operations);
        this.redis = new RedisSteps(operations, runAs);
        this.remote = operations.backup().remote();
    }

    /** The databases that a request means. */
    public static List<DatabaseName> databases(Operations operations, BackupRequest request) {
        List<DatabaseName> named =
                request.databases().isEmpty() ? operations.backup().databases() : request.databases();
        named.forEach(operations::database);
        return named.stream().sorted().distinct().toList();
    }

    /** Files go with a backup of everything; who names databases means those alone. */
    public static List<Archive> archives(Operations operations, BackupRequest request) {
        return request.databases().isEmpty() ? operations.backup().archives() : List.of();
    }

    /** And so do the Redis servers. */
    public static List<RedisServer> redis(Operations operations, BackupRequest request) {
        return request.databases().isEmpty() ? operations.backup().redis() : List.of();
    }

    public Plan plan(
            BackupRequest request,
            List<DatabaseObservation> seen,
            List<ArchiveObservation> files,
            List<RedisObservation> servers) {
        List<Step> steps = new ArrayList<>();
        steps.add(prepare(servers));
        seen.forEach(each -> steps.add(dump(each)));
        // After the databases: a row may then lack nothing that it names, unless that was deleted meanwhile.
        files.forEach(each -> steps.add(archives.archive(each, recipients())));
        servers.forEach(each -> steps.add(redis.save(operations.backup().redis(each.redis()), recipients())));
        remote.ifPresent(store -> {
            seen.forEach(each -> steps.add(upload(each.database(), store)));
            files.forEach(each -> steps.add(archives.upload(each.archive(), store)));
            servers.forEach(each -> steps.add(redis.upload(each.redis(), store)));
        });
        steps.add(commit());
        seen.forEach(
                each -> steps.add(proofs.prove(database(each), each.tools(), BackupPolicy.LOCAL, Optional.empty())));
        files.forEach(each -> steps.add(archives.prove(each.archive(), BackupPolicy.LOCAL, Optional.empty())));
        servers.forEach(each -> steps.add(redis.prove(each.redis(), BackupPolicy.LOCAL, Optional.empty())));
        steps.add(record(isOfAll(seen)));
        steps.add(PlanOfPrune.step(operations));
        NotificationSteps.tell(BackupSteps.NOTIFY, operations.notifications(), "Tell the team")
                .ifPresent(steps::add);
        return Plan.of("backup", asked(request), resolved(seen, files, servers), shown(seen, files, servers), steps);
    }

    private Step prepare(List<RedisObservation> servers) {
        List<Effect> effects = new ArrayList<>();
        servers.forEach(each -> effects.add(RedisSteps.look(operations.backup().redis(each.redis()))));
        effects.add(ObjectCalls.putIfAbsent(STATE, BackupKeys.identity()));
        List<Effect> undo = new ArrayList<>();
        stores().forEach(store -> undo.add(ObjectCalls.delete(store, BackupKeys.SET)));
        undo.add(ObjectCalls.delete(STATE, BackupKeys.identity()));
        return Step.of(BackupSteps.PREPARE, "Check the disk and make the set's own age identity", effects)
                .withPrecondition(
                        "the backup directory has room for the size of databases, files and Redis data plus a tenth")
                .withUndo(undo)
                .withSlots("set");
    }

    private Step dump(DatabaseObservation seen) {
        Database database = database(seen);
        List<String> recipients = recipients();
        return Step.of(
                        BackupSteps.dump(seen.database()),
                        "Dump " + seen.database() + " at one snapshot, with the facts of every table",
                        List.of(
                                commands.globals(database, seen, recipients),
                                commands.holdSnapshot(database),
                                commands.dump(database, seen, recipients),
                                commands.readFacts(database),
                                ObjectCalls.putIfAbsent(BackupPolicy.LOCAL, BackupKeys.facts(seen.database()))))
                .withPrecondition("pg_dump is not older than the server")
                .withSlots("set", "recipient", "attempt", "snapshot", "token");
    }

    private List<String> recipients() {
        List<String> recipients = new ArrayList<>(operations.backup().recipients());
        recipients.add("{recipient}");
        return recipients;
    }

    private Step upload(DatabaseName database, StoreName store) {
        List<Effect> effects = new ArrayList<>();
        for (String key :
                List.of(BackupKeys.dump(database), BackupKeys.facts(database), BackupKeys.globals(database))) {
            effects.add(ObjectCalls.multipartPut(store, key, operations.backup().directory() + "/" + key));
            effects.add(ObjectCalls.head(store, key));
        }
        return Step.of(BackupSteps.upload(database), "Send the files of " + database + " to " + store, effects)
                .withSlots("set", "attempt");
    }

    private Step commit() {
        List<Effect> effects = new ArrayList<>();
        stores().forEach(store -> {
            effects.add(ObjectCalls.list(store, BackupKeys.SET));
            effects.add(ObjectCalls.putIfAbsent(store, BackupKeys.MANIFEST));
            effects.add(ObjectCalls.get(store, BackupKeys.MANIFEST));
        });
        return Step.of(BackupSteps.COMMIT, "Write the manifest: from here on the set exists", effects)
                .withPrecondition("every file of the set is in every store at its size and checksum")
                .withSlots("set");
    }

    /** A set of some databases is not newer than another one's copy of the others. */
    private boolean isOfAll(List<DatabaseObservation> seen) {
        return seen.stream()
                .map(DatabaseObservation::database)
                .toList()
                .containsAll(operations.backup().databases());
    }

    private Step record(boolean endsOlderIdentities) {
        List<Effect> effects = new ArrayList<>();
        stores().forEach(store -> {
            effects.add(ObjectCalls.putIfAbsent(store, BackupKeys.PROOF));
            effects.add(ObjectCalls.get(store, BackupKeys.PROOF));
        });
        if (!endsOlderIdentities) {
            return Step.of(BackupSteps.RECORD, "Write the verdict", effects).withSlots("set");
        }
        effects.add(ObjectCalls.list(STATE, "identities/"));
        effects.add(ObjectCalls.delete(STATE, "identities/{older-set}.agekey"));
        return Step.of(
                        BackupSteps.RECORD,
                        "Write the verdict; when proven, destroy the identities of older sets",
                        effects)
                .withSlots("set", "older-set");
    }

    /** The bucket first: what lies there counts when this machine is gone. */
    private List<StoreName> stores() {
        List<StoreName> stores = new ArrayList<>();
        remote.ifPresent(stores::add);
        stores.add(BackupPolicy.LOCAL);
        return stores;
    }

    private Database database(DatabaseObservation seen) {
        return operations.database(seen.database());
    }

    private static SortedMap<String, String> asked(BackupRequest request) {
        SortedMap<String, String> words = new TreeMap<>();
        words.put(
                "databases",
                request.databases().isEmpty()
                        ? "all of ops.yml"
                        : request.databases().stream().map(DatabaseName::value).collect(Collectors.joining(", ")));
        return words;
    }

    private SortedMap<String, String> resolved(
            List<DatabaseObservation> seen, List<ArchiveObservation> files, List<RedisObservation> servers) {
        SortedMap<String, String> words = new TreeMap<>();
        seen.forEach(each -> words.put(
                "database " + each.database(), "PostgreSQL " + each.serverVersion() + ", " + each.toolVersion()));
        files.forEach(each -> words.put("files " + each.archive(), String.join(", ", each.paths())));
        servers.forEach(each -> words.put("redis " + each.redis(), "Redis " + each.serverVersion()));
        words.put("remote store", remote.map(StoreName::value).orElse("none"));
        return words;
    }

    private static SortedMap<String, String> shown(
            List<DatabaseObservation> seen, List<ArchiveObservation> files, List<RedisObservation> servers) {
        SortedMap<String, String> words = new TreeMap<>();
        seen.forEach(each -> words.put("size of " + each.database(), Quantities.bytes(each.bytes())));
        files.forEach(each -> words.put(
                "size of files " + each.archive(),
                Quantities.bytes(each.bytes()) + ", " + Quantities.plural(each.entries(), "path")));
        servers.forEach(each -> words.put(
                "size of redis " + each.redis(),
                Quantities.bytes(each.memory()) + ", " + Quantities.plural(each.keys(), "key")));
        return words;
    }
}
