package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a restore beside the live databases does. The database grows under a name of this run ({@code {token}}) and is
 * renamed when it is whole and compared: nobody ever sees half of it, and a later attempt knows what is its own.
 */
public final class PlanOfRestore {
    private final Operations operations;
    private final ProofSteps proofs;

    public PlanOfRestore(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.proofs = new ProofSteps(operations, runAs);
    }

    public Plan plan(RestoreRequest request, Database database, StoreName source, String tools, String serverVersion) {
        SortedMap<String, String> asked = new TreeMap<>();
        asked.put("set", request.set().value());
        asked.put("into", request.into());
        SortedMap<String, String> resolved = new TreeMap<>();
        resolved.put("database", database.name().value());
        resolved.put("source", source.value());
        resolved.put("server", "PostgreSQL " + serverVersion + " at " + database.host() + ":" + database.port());
        return Plan.of("restore", asked, resolved, Sorted.of(), List.of(restore(request, database, source, tools)));
    }

    private Step restore(RestoreRequest request, Database database, StoreName source, String tools) {
        ScratchCommands scratch = proofs.scratch(tools);
        RestoreCommands commands = new RestoreCommands(
                database, tools, scratch, operations.backup().jobs());
        SecretReference key = request.identity().orElseGet(proofs::ownIdentity);
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
        effects.add(sql(database, Access.CHANGES, "CREATE DATABASE \"{token}\" TEMPLATE template0 {options}"));
        effects.add(commands.restore());
        effects.add(sql(database, Access.READS, BackupCommands.FACTS_OF_TABLES));
        // Tells a later attempt, if the answer to the rename is lost, that the new database is its own.
        effects.add(sql(database, Access.CHANGES, "COMMENT ON DATABASE \"{token}\" IS '{token}'"));
        effects.add(sql(
                database,
                Access.CHANGES,
                "ALTER DATABASE \"{token}\" RENAME TO " + RestoreCommands.identifier(request.into())));
        effects.add(scratch.remove());
        return Step.of(
                        BackupSteps.RESTORE,
                        "Restore " + database.name() + " of set " + request.set() + " into the new database "
                                + request.into(),
                        effects)
                .withPrecondition("the server has no database " + request.into() + ", and every role the dump names")
                .withUndo(List.of(
                        sql(database, Access.CHANGES, "DROP DATABASE IF EXISTS \"{token}\" WITH (FORCE)"),
                        scratch.remove()))
                .withSlots("set", "token", "dump", "facts", "options");
    }

    private static Sql sql(Database database, Access access, String statement) {
        return new Sql(access, database.name().value(), statement);
    }
}
