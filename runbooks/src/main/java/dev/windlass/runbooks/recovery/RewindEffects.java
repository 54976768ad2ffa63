package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.protect.PlanOfProtect;
import dev.windlass.runbooks.protect.ProtectCommands;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import java.util.List;
import java.util.Optional;

/**
 * How a dump is had of a database as it was at a moment: its whole cluster is restored beside the live one, and goes again.
 * {@link #in} takes the step apart. Slots: {@code token}, {@code segment}.
 *
 * @param commit makes WAL that is younger than the moment: without any, replay would not know that it has come there
 * @param push lets the live server send what it has written
 * @param waiting whether it has not yet
 * @param makeDirectory of the owner's own
 * @param configure in place of the live one's settings
 * @param admit in place of who may connect to the live one
 * @param forget settings that ALTER SYSTEM gave the live one, and that pgBackRest has added
 * @param start pg_ctl does not wait for the end of a replay that nobody may look at
 * @param replayed is answered, by no, when WAL is replayed up to the moment
 * @param facts what the database was like
 * @param removeData before the copy grows, for which there may else be no room
 */
public record RewindEffects(
        Sql commit,
        Sql push,
        Sql waiting,
        Command makeDirectory,
        Command restore,
        Command configure,
        Command admit,
        Command forget,
        Command start,
        Sql replayed,
        Sql facts,
        Command dump,
        Command stop,
        Command removeData) {
    /** The WAL segment that has to be in the repository. */
    public static final String SEGMENT = "segment";

    /** What plans call a session in the cluster beside. */
    static final String BESIDE = "scratch";

    private static final int SIZE = 14;

    /** @param runAs empty when the worker is not root, and so is the owner itself */
    static RewindEffects of(Operations operations, Database database, PointInTime source, Optional<String> runAs) {
        BackupPolicy policy = operations.backup();
        String directory = ScratchCommands.directoryIn(policy.scratch().directory());
        Cluster cluster = operations.cluster(source.cluster());
        Optional<String> owner = runAs.map(root -> cluster.owner());
        ProtectCommands protection = PlanOfProtect.commands(operations, cluster, owner);
        ScratchCommands beside = scratch(operations, source, owner);
        String live = cluster.database().value();
        return new RewindEffects(
                new Sql(Access.CHANGES, live, "SELECT pg_current_xact_id()"),
                new Sql(Access.CHANGES, live, "SELECT pg_walfile_name(pg_switch_wal())"),
                new Sql(
                        Access.READS,
                        live,
                        "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name = '{segment}.ready'"),
                beside.makeDirectory(),
                protection.restoreBeside(directory, source.backup(), source.at(), policy.jobs()),
                beside.write(
                        "postgresql.conf", RewoundSettings.of(directory, ScratchCommands.PORT, protection, source)),
                beside.write("pg_hba.conf", RewoundSettings.WHO_MAY_COME_IN),
                beside.remove("data/postgresql.auto.conf"),
                beside.start(),
                new Sql(Access.READS, BESIDE, "SELECT pg_is_in_recovery()"),
                new Sql(Access.READS, BESIDE, BackupCommands.FACTS_OF_TABLES),
                beside.dumpOf(database.database(), source.replay().superuser()),
                beside.stop(),
                beside.remove("data", "tablespaces"));
    }

    private static ScratchCommands scratch(Operations operations, PointInTime source, Optional<String> owner) {
        BackupPolicy policy = operations.backup();
        return new ScratchCommands(
                ScratchCommands.directoryIn(policy.scratch().directory()),
                source.tools(),
                owner,
                // Somebody waits for it.
                new Priority(0, Priority.IoClass.BEST_EFFORT),
                policy.jobs(),
                policy.scratch().amcheck());
    }

    /** All that it has made. */
    static Command removeFiles(Operations operations, PointInTime source, Optional<String> runAs) {
        return scratch(
                        operations,
                        source,
                        runAs.map(root -> operations.cluster(source.cluster()).owner()))
                .remove();
    }

    /** What raises the cluster, reads it and removes it. */
    public BesideEffects beside() {
        return new BesideEffects(
                makeDirectory, restore, configure, admit, forget, start, replayed, facts, stop, removeData);
    }

    List<Effect> inOrder() {
        return List.of(
                commit,
                push,
                waiting,
                makeDirectory,
                restore,
                configure,
                admit,
                forget,
                start,
                replayed,
                facts,
                dump,
                stop,
                removeData);
    }

    static List<Effect> without(List<Effect> effects) {
        return isIn(effects) ? effects.subList(SIZE, effects.size()) : effects;
    }

    private static boolean isIn(List<Effect> effects) {
        return effects.stream()
                .anyMatch(effect ->
                        effect instanceof Command command && command.program().equals("pgbackrest"));
    }

    /** Empty where the copy is made from a backup set. */
    public static Optional<RewindEffects> in(Step step) {
        List<Effect> all = step.effects();
        return isIn(all)
                ? Optional.of(new RewindEffects(
                        (Sql) all.get(0),
                        (Sql) all.get(1),
                        (Sql) all.get(2),
                        (Command) all.get(3),
                        (Command) all.get(4),
                        (Command) all.get(5),
                        (Command) all.get(6),
                        (Command) all.get(7),
                        (Command) all.get(8),
                        (Sql) all.get(9),
                        (Sql) all.get(10),
                        (Command) all.get(11),
                        (Command) all.get(12),
                        (Command) all.get(13)))
                : Optional.empty();
    }
}
