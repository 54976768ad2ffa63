package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database of a set that grows beside the live ones, under the name of its step ({@code {token}}). Nobody knows that name,
 * and a later attempt knows what is its own (docs/decisions/0004). Slots: {@link #SLOTS}.
 */
public final class RestoreBeside {
    /** What is open until the set is known and a run has begun. */
    public static final List<String> SLOTS =
            List.of("set", PlanSlots.TOKEN, PlanSlots.DUMP, PlanSlots.FACTS, PlanSlots.OPTIONS);

    private final Operations operations;
    private final ProofSteps proofs;

    /** @param runAs who runs throw-away clusters; empty when the worker is not root */
    public RestoreBeside(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.proofs = new ProofSteps(operations, runAs);
    }

    /**
     * Up to the comparison with what was dumped.
     *
     * @param identity what opens the set; empty means the set's own
     * @param connection what the plan calls the sessions that make and drop databases
     * @param asMade what is done with the database while it is empty
     */
    public List<Effect> grow(
            Database database,
            StoreName source,
            Optional<SecretReference> identity,
            String tools,
            String connection,
            List<Sql> asMade) {
        ScratchCommands scratch = proofs.scratch(tools);
        SecretReference key = identity.orElseGet(proofs::ownIdentity);
        List<Effect> effects = new ArrayList<>();
        effects.add(scratch.makeDirectory());
        String files = operations.backup().directory();
        if (!source.equals(BackupPolicy.LOCAL)) {
            files = scratch.directory() + "/fetched";
            for (String slot : List.of("{facts}", "{dump}")) {
                effects.add(ObjectCalls.download(source, slot, files + "/" + slot));
            }
        }
        effects.add(scratch.unpack(new Channel.OpenedFile(files + "/{dump}", key)));
        effects.addAll(grow(database, tools, connection, asMade));
        return effects;
    }

    /** From a dump that lies in the step's directory, up to the comparison. */
    public List<Effect> grow(Database database, String tools, String connection, List<Sql> asMade) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Sql(Access.CHANGES, connection, "CREATE DATABASE \"{token}\" TEMPLATE template0 {options}"));
        effects.addAll(asMade);
        effects.addAll(commands(database, tools).restore());
        effects.add(new Sql(Access.READS, connection, BackupCommands.FACTS_OF_TABLES));
        return effects;
    }

    /** Of what a run has made nothing stays; harmless when it made nothing. */
    public List<Effect> clear(String tools, String connection) {
        return List.of(
                new Sql(Access.CHANGES, connection, "DROP DATABASE IF EXISTS \"{token}\" WITH (FORCE)"),
                removeFiles(tools));
    }

    public Command removeFiles(String tools) {
        return proofs.scratch(tools).remove();
    }

    /** A restored database has no statistics, and plans without them can be slow by orders. */
    public Command analyze(Database database, String tools) {
        return commands(database, tools).analyze();
    }

    private RestoreCommands commands(Database database, String tools) {
        return new RestoreCommands(
                database, tools, proofs.scratch(tools), operations.backup().jobs());
    }
}
