package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored database under its own name, in a server that nobody else reaches yet. Safe to run twice: what an earlier attempt
 * has left under the name is dropped.
 */
public final class OwnNameRestore {
    /** What pg_restore says of the archive, at its beginning. */
    private static final Pattern NAME = Pattern.compile(";\\s+dbname: (.+)");

    /** It stands in connection strings and in SQL, in quotes. */
    private static final Pattern HARMLESS = Pattern.compile("[^'\"\\\\{}\\p{Cntrl}]{1,63}");

    private final BackupParts parts;
    private final StepContext context;

    public OwnNameRestore(BackupParts parts, StepContext context) {
        this.parts = parts;
        this.context = context;
    }

    /**
     * @param socket the directory of its socket
     * @param tools the directory of the programs
     */
    public record Server(String socket, int port, String superuser, String tools) {}

    /** What the database was like that a set holds. */
    public DatabaseFacts facts(Channel.OpenedFile facts) {
        try (InputStream in = parts.sealedFiles().open(facts)) {
            return DatabaseFacts.read(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * @param step with every slot filled but {@code database}, in the order of its effects
     * @param names hears the name before anything of that name is dropped, and may refuse it
     */
    public DatabaseProof restore(Step step, DatabaseFacts expected, Server server, Consumer<String> names) {
        parts.shell().fence(context);
        run(step.commands("rm").getFirst());
        run(step.command("install"));
        require(DataOffsets.unpack(parts.shell(), step, context));
        long begun = System.nanoTime();
        List<Command> archive = step.commands("pg_restore");
        String name = nameIn(require(parts.shell().run(archive.getFirst(), context)), expected.database());
        names.accept(name);
        Step known = step.fill(Slots.of("database", name));
        run(known.command("psql"));
        known.commands("pg_restore").stream()
                .skip(1)
                .forEach(command -> RestoreFailures.requireSuccess(parts.shell().run(command, context), true));
        run(known.command("vacuumdb"));
        Duration restore = Duration.ofNanos(System.nanoTime() - begun);
        DatabaseProof proof = compare(known, expected, named(name, expected.database(), server), restore);
        run(known.commands("rm").getLast());
        return proof;
    }

    private DatabaseProof compare(Step step, DatabaseFacts expected, Database grown, Duration restore) {
        step.statements().forEach(context::begun);
        long since = System.nanoTime();
        try (SnapshotHolder holder = SnapshotHolder.open(parts.connections(), grown, context.token())) {
            DatabaseFacts found = new FactsReading(
                            parts.connections(),
                            context,
                            parts.operations().backup().jobs())
                    .readLike(expected, holder);
            return DatabaseProving.proof(
                    expected.database(), found, Comparison.compare(expected, found), restore, since);
        }
    }

    private static Database named(String name, DatabaseName known, Server server) {
        return new Database(
                known,
                name,
                "recovery",
                server.socket(),
                server.port(),
                server.superuser(),
                Optional.empty(),
                Optional.of(server.tools()),
                List.of());
    }

    private static String nameIn(CommandResult contents, DatabaseName database) {
        return contents.output().stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1).strip())
                .filter(name -> HARMLESS.matcher(name).matches())
                .findFirst()
                .orElseThrow(() -> new Failure(
                                FailureType.ARTEFACT_DAMAGED,
                                "the dump of " + database + " does not tell the name of its database in a form that"
                                        + " can be restored",
                                "restore it by hand, see the page",
                                "recover-vps.md#no-name")
                        .asException());
    }

    private void run(Command command) {
        require(parts.shell().run(command, context));
    }

    private static CommandResult require(CommandResult result) {
        return result.orFail("read its words above, then say the same words again", "recover-vps.md#command-failed");
    }
}
