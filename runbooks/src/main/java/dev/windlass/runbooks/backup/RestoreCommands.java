package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a restore into a live server types. */
record RestoreCommands(Database database, String tools, ScratchCommands scratch, int jobs) {
    List<Command> restore() {
        return List.of(restore(RestoreSections.UP_TO_ROWS), restore(List.of(RestoreSections.THE_REST)));
    }

    private Command restore(List<String> sections) {
        List<String> argv = new ArrayList<>(List.of(tools + "/pg_restore", "--exit-on-error", "--no-tablespaces"));
        argv.addAll(sections);
        argv.addAll(List.of(
                "--jobs=" + jobs,
                "--no-password",
                "--dbname=" + BackupCommands.connection(database, "{token}"),
                "--",
                scratch.dump()));
        return changes(argv);
    }

    Command analyze() {
        return changes(List.of(
                tools + "/vacuumdb",
                "--analyze-only",
                "--quiet",
                "--jobs=" + jobs,
                "--no-password",
                "--dbname=" + BackupCommands.connection(database, "{token}")));
    }

    private Command changes(List<String> argv) {
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        database.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
        return new Command(
                Access.CHANGES,
                new HostName("local"),
                argv,
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
