package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
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
    private final RestoreBeside beside;

    public PlanOfRestore(Operations operations, Optional<String> runAs) {
        this.beside = new RestoreBeside(operations, runAs);
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
        String connection = database.name().value();
        List<Effect> effects =
                new ArrayList<>(beside.grow(database, source, request.identity(), tools, connection, List.of()));
        // Tells a later attempt, if the answer to the rename is lost, that the new database is its own.
        effects.add(changes(connection, "COMMENT ON DATABASE \"{token}\" IS '{token}'"));
        effects.add(changes(
                connection, "ALTER DATABASE \"{token}\" RENAME TO " + RestoreCommands.identifier(request.into())));
        effects.add(beside.removeFiles(tools));
        return Step.of(
                        BackupSteps.RESTORE,
                        "Restore " + database.name() + " of set " + request.set() + " into the new database "
                                + request.into(),
                        effects)
                .withPrecondition("the server has no database " + request.into() + ", and every role the dump names")
                .withUndo(beside.clear(tools, connection))
                .withSlots(RestoreBeside.SLOTS.toArray(String[]::new));
    }

    private static Sql changes(String connection, String statement) {
        return new Sql(Access.CHANGES, connection, statement);
    }
}
