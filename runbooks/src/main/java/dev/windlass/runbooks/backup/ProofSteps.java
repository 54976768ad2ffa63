package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proof of one database: its encrypted files are restored into a throw-away cluster and compared with what was read at
 * the dump's snapshot. Slots: {@code set}, {@code token}, {@code superuser}, {@code preload}, {@code workers}, {@code home}, and
 * {@code dump}, {@code globals}, {@code facts} for the keys of the set's files.
 */
public final class ProofSteps {
    /** The connection name of statements that run in the throw-away cluster. */
    public static final String SCRATCH = "scratch";

    /** What is open in {@link #restore} until a set was chosen and a run has begun. */
    public static final List<String> SLOTS =
            List.of("set", "token", "dump", "globals", "facts", "superuser", "preload", "workers", "home");

    private final Operations operations;
    private final Optional<String> runAs;

    /** @param runAs who runs the throw-away cluster; empty when the worker is not root */
    public ProofSteps(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.runAs = runAs;
    }

    Step prove(Database database, String tools, StoreName source, Optional<SecretReference> identity) {
        ScratchCommands scratch = scratch(tools);
        List<Effect> effects = new ArrayList<>(restore(database, tools, source, identity));
        effects.add(new Sql(Access.READS, SCRATCH, BackupCommands.FACTS_OF_TABLES));
        database.smoke().forEach(query -> effects.add(new Sql(Access.READS, SCRATCH, query.sql())));
        scratch.check(database.database()).ifPresent(effects::add);
        effects.addAll(remove(tools));
        return Step.of(
                        BackupSteps.prove(database.name()),
                        "Restore " + database.name() + " from "
                                + (source.equals(BackupPolicy.LOCAL) ? "the encrypted file" : source)
                                + " into a scratch cluster and compare",
                        effects)
                .withUndo(remove(tools))
                .withSlots(SLOTS.toArray(String[]::new));
    }

    /** A throw-away cluster with the database in it; slots: {@link #SLOTS}. */
    public List<Effect> restore(Database database, String tools, StoreName source, Optional<SecretReference> identity) {
        ScratchCommands scratch = scratch(tools);
        SecretReference key = identity.orElseGet(this::ownIdentity);
        List<Effect> effects = new ArrayList<>();
        effects.add(scratch.makeDirectory());
        String files = operations.backup().directory();
        if (!source.equals(BackupPolicy.LOCAL)) {
            files = scratch.directory() + "/fetched";
            for (String slot : List.of("{facts}", "{globals}", "{dump}")) {
                effects.add(ObjectCalls.download(source, slot, files + "/" + slot));
            }
        }
        effects.add(scratch.initialize());
        effects.add(scratch.configure());
        effects.add(scratch.start());
        effects.add(scratch.createSuperuser());
        effects.add(scratch.globals(new Channel.OpenedFile(files + "/{globals}", key)));
        effects.add(scratch.unpack(new Channel.OpenedFile(files + "/{dump}", key)));
        effects.addAll(scratch.restore(database.database()));
        return effects;
    }

    /** And its end. */
    public List<Effect> remove(String tools) {
        ScratchCommands scratch = scratch(tools);
        return List.of(scratch.stop(), scratch.remove());
    }

    ScratchCommands scratch(String tools) {
        BackupPolicy policy = operations.backup();
        return new ScratchCommands(
                ScratchCommands.directoryIn(policy.scratch().directory()),
                tools,
                runAs,
                policy.priority(),
                policy.jobs(),
                policy.scratch().amcheck());
    }

    SecretReference ownIdentity() {
        return new SecretReference("file:" + operations.state() + "/" + BackupKeys.identity());
    }
}
