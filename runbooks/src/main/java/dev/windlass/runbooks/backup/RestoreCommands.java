package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a restore into a live server types. */
record RestoreCommands(Database database, String tools, ScratchCommands scratch, int jobs) {
    Command restore() {
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        database.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
        return new Command(
                Access.CHANGES,
                new HostName("local"),
                List.of(
                        tools + "/pg_restore",
                        "--exit-on-error",
                        "--no-tablespaces",
                        "--jobs=" + jobs,
                        "--no-password",
                        "--dbname=" + BackupCommands.connection(database, "{token}"),
                        "--",
                        scratch.dump()),
                Sorted.of("PGAPPNAME", "{token}"),
                secrets,
                new Channel.None(),
                new Channel.None());
    }

    /** Quoted as PostgreSQL reads identifiers. */
    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
