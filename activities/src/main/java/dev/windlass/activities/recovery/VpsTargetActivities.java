package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.FetchedSet;
import dev.windlass.workflows.recovery.LeftToDo;
import dev.windlass.workflows.recovery.PlaceOrder;
import dev.windlass.workflows.recovery.PlacedFiles;
import dev.windlass.workflows.recovery.ReadDatabase;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.ReplayedCluster;
import dev.windlass.workflows.recovery.RepositorySeen;
import dev.windlass.workflows.recovery.TargetSeen;
import dev.windlass.workflows.recovery.VpsPlaceActivities;
import dev.windlass.workflows.recovery.VpsServerActivities;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What is done on the machine that is recovered; each says how it is safe to run twice. */
public final class VpsTargetActivities implements VpsPlaceActivities, VpsServerActivities {
    private final RecoveryPlaces places;
    private final Function<RecoveryBucket, BackupParts> parts;
    private final Map<RecoveryBucket, BackupParts> known = new ConcurrentHashMap<>();

    /** @param parts with the operations of {@link RecoveryOperations} */
    VpsTargetActivities(RecoveryPlaces places, Function<RecoveryBucket, BackupParts> parts) {
        this.places = places;
        this.parts = parts;
    }

    /** With the secrets that lie in memory. */
    public static VpsTargetActivities ofThisMachine(EffectJournal journal) {
        RecoveryPlaces places = RecoveryPlaces.standard();
        Secrets secrets = new EnvironmentSecrets(Map.of());
        Shell shell = new CommandShell(Launchers.detect(), secrets, new AgeSealedFiles(secrets));
        return new VpsTargetActivities(places, bucket -> {
            Operations operations = RecoveryOperations.of(bucket, places);
            return new BackupParts(
                    operations,
                    shell,
                    new AgeSealedFiles(secrets),
                    new ConfiguredObjectStores(operations, secrets),
                    new SetIdentities(Path.of(places.work())),
                    new PostgresConnections(secrets),
                    journal,
                    Clock.systemUTC());
        });
    }

    // Twice: does nothing.
    @Override
    public void arrive() {}

    // Twice: only looks.
    @Override
    public TargetSeen look(PlaceOrder order) {
        return new TargetLook(parts(order).shell(), places, context(order)).look(order.step(), order.manifest());
    }

    // Twice: what is there and right is not fetched again.
    @Override
    public FetchedSet fetch(PlaceOrder order) {
        return new SetFetching(parts(order).stores(), order.manifest(), context(order)).fetch(order.step());
    }

    // Twice: apt-get goes on with what the earlier attempt left, and has nothing to do where that was all.
    @Override
    public void install(PlaceOrder order) {
        Shell shell = parts(order).shell();
        StepContext context = context(order);
        shell.fence(context);
        runAll(order.step(), shell, context);
    }

    // Twice: only looks.
    @Override
    public List<LeftToDo> readApps(PlaceOrder order) {
        return order.manifest().archives().stream()
                .filter(archive -> archive.archive().equals(Archive.OWN))
                .flatMap(archive -> archive.paths().stream())
                .findFirst()
                .map(file -> LostApps.of(Path.of(file)))
                .orElse(List.of());
    }

    // Twice: what has its place is not moved again.
    @Override
    public PlacedFiles place(PlaceOrder order) {
        ArchiveName name = new ArchiveName(order.step().id().subject());
        ArchiveSummary archive = order.manifest().archive(name);
        return new FilePlacing(parts(order), places, order.manifest(), archive, context(order)).place(order.step());
    }

    // Twice: the cluster of the earlier attempt is dropped.
    @Override
    public void make(PlaceOrder order) {
        restore(order).make(order.step());
    }

    // Twice: roles that are there are there.
    @Override
    public List<String> restoreRoles(PlaceOrder order) {
        return restore(order).restoreRoles(order.step());
    }

    // Twice: the database of the earlier attempt is dropped.
    @Override
    public DatabaseProof restoreDatabase(PlaceOrder order) {
        return restore(order)
                .restoreDatabase(
                        order.step(), new DatabaseName(order.step().id().subject()));
    }

    // Twice: the directory is made anew, and pgBackRest only asked.
    @Override
    public RepositorySeen lookIntoRepository(PlaceOrder order) {
        ServerRestore restore = restore(order);
        return restore.lookIntoRepository(order.step(), restore.replaying(order.lost(), order.bucket()));
    }

    // Twice: the server of the earlier attempt is ended; what it has restored is compared and not fetched again.
    @Override
    public ReplayedCluster replay(PlaceOrder order) {
        ServerRestore restore = restore(order);
        return restore.replay(order.step(), restore.replaying(order.lost(), order.bucket()));
    }

    // Twice: only reads.
    @Override
    public ReadDatabase readDatabase(PlaceOrder order) {
        return restore(order)
                .read(
                        order.step(),
                        order.lost(),
                        new DatabaseName(order.step().id().subject()));
    }

    // Twice: removes what is still there, and starts the server anew.
    @Override
    public void open(PlaceOrder order) {
        runAll(order.step(), parts(order).shell(), context(order));
    }

    // Twice: the server is stopped while its file is put there, the same one.
    @Override
    public void placeRedis(PlaceOrder order) {
        Shell shell = parts(order).shell();
        StepContext context = context(order);
        shell.fence(context);
        runAll(order.step(), shell, context);
    }

    private static void runAll(Step step, Shell shell, StepContext context) {
        for (Command command : step.commands()) {
            shell.run(command, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND);
        }
    }

    private ServerRestore restore(PlaceOrder order) {
        return new ServerRestore(parts(order), places, order.manifest(), context(order), LocaleNames.ofThisMachine());
    }

    private BackupParts parts(PlaceOrder order) {
        return known.computeIfAbsent(order.bucket(), parts);
    }

    private StepContext context(PlaceOrder order) {
        return parts(order).context(order.step().id());
    }
}
