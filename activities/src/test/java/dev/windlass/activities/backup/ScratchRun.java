package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.BackupPolicy.Scratch.Amcheck;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A dump of one database and the step that proves it, with the real shell and real sealed files. */
final class ScratchRun {
    private final PostgresForTests server;
    private final Path files;
    private final Path scratch;
    private final Shell shell;
    private final String recipient;
    private final SecretReference identity;

    ScratchRun(PostgresForTests server, Path directory) {
        this.server = server;
        this.files = directory.resolve("files");
        this.scratch = directory.resolve("scratch");
        try {
            Files.createDirectories(files);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Secrets secrets = reference -> {
            try {
                return Files.readString(Path.of(reference.value().substring("file:".length())));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        };
        SetIdentities identities = new SetIdentities(directory);
        SetId set = new SetId("20261124T030000Z-1f3a09bc");
        this.recipient = identities.ensure(set);
        this.identity = identities.reference(set);
        this.shell = new CommandShell(Launchers.detect(), secrets, new AgeSealedFiles(secrets));
    }

    Shell shell() {
        return shell;
    }

    Path scratch() {
        return scratch;
    }

    Path dumpFile() {
        return files.resolve("dump");
    }

    /** Dumps roles and database at one snapshot and reads its facts there. */
    DatabaseFacts dump(Database database, StepContext context) {
        try (SnapshotHolder holder = SnapshotHolder.open(PostgresForTests.CONNECTIONS, database, context.token())) {
            CommandResult roles = shell.run(
                    command(
                            "globals",
                            List.of(
                                    server.tool("pg_dumpall"),
                                    "--globals-only",
                                    "--no-tablespaces",
                                    "--dbname=" + target(database)),
                            3),
                    context);
            roles.orFail("", "");
            dumpAt(holder, context, 3).orFail("", "");
            return new FactsReading(PostgresForTests.CONNECTIONS, context, 2).read(holder);
        }
    }

    CommandResult dumpAt(SnapshotHolder holder, StepContext context, int zstdLevel) {
        return shell.run(
                command(
                        "dump",
                        List.of(
                                server.tool("pg_dump"),
                                "--format=custom",
                                "--compress=0",
                                "--snapshot=" + holder.snapshot(),
                                "--dbname=" + target(holder.database())),
                        zstdLevel),
                context);
    }

    /** Puts what a program writes where the dump would be. */
    void sealAsDump(String... argv) {
        shell.run(command("dump", List.of(argv), 3), PostgresForTests.context("dump"))
                .orFail("", "");
    }

    static String target(Database database) {
        return "host=" + database.host() + " user=" + database.user() + " dbname=" + database.database();
    }

    private Command command(String file, List<String> argv, int zstdLevel) {
        return new Command(
                Access.CHANGES,
                new HostName("local"),
                argv,
                Sorted.of("PGAPPNAME", "pg_dump_of_test"),
                Sorted.of(),
                new Channel.None(),
                new Channel.SealedFile(files.resolve(file).toString(), zstdLevel, List.of(recipient)));
    }

    Step step(Database database) {
        ScratchCommands commands = new ScratchCommands(
                ScratchCommands.directoryIn(scratch.toString()),
                server.tools().toString(),
                PostgresForTests.isRoot() ? Optional.of(PostgresForTests.USER) : Optional.empty(),
                new Priority(0, Priority.IoClass.BEST_EFFORT),
                2,
                Amcheck.HEAP_ALL_INDEXED);
        List<Effect> effects = new ArrayList<>(List.of(
                commands.makeDirectory(),
                commands.initialize(),
                commands.configure(),
                commands.start(),
                commands.createSuperuser(),
                commands.globals(new Channel.OpenedFile(files.resolve("globals").toString(), identity)),
                commands.unpack(new Channel.OpenedFile(dumpFile().toString(), identity))));
        effects.addAll(commands.restore(database.database()));
        commands.check(database.database()).ifPresent(effects::add);
        effects.addAll(List.of(commands.stop(), commands.remove()));
        return Step.of(BackupSteps.prove(database.name()), "Prove", effects);
    }
}
