package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The PostgreSQL programs that fit a server.
 *
 * @param directory of pg_dump, initdb and the like
 * @param version of pg_dump, such as {@code 15.18}
 */
record PostgresTools(String directory, String version) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(\\S*)");
    private static final Pattern MAJOR = Pattern.compile("(\\d+)");
    /** Where Debian and Red Hat put one directory for each major version. */
    private static final List<Search> SEARCHES =
            List.of(new Search(Path.of("/usr/lib/postgresql"), ""), new Search(Path.of("/usr"), "pgsql-"));

    /** Directories {@code root/prefix<major>/bin}. */
    record Search(Path root, String prefix) {}

    /**
     * The directory of ops.yml, or else the one of the server's own major version, or else the newest.
     *
     * @param serverMajor such as 15
     * @throws io.temporal.failure.ApplicationFailure TOOL_MISSING or TOOL_TOO_OLD
     */
    static PostgresTools fitting(Database database, int serverMajor, Shell shell, StepContext context) {
        return fitting(database, serverMajor, shell, context, SEARCHES);
    }

    static PostgresTools fitting(
            Database database, int serverMajor, Shell shell, StepContext context, List<Search> searches) {
        Path directory =
                database.tools().map(Path::of).orElseGet(() -> best(database, installed(searches), serverMajor));
        Path program = directory.resolve("pg_dump");
        if (!Files.isExecutable(program)) {
            throw PostgresFailures.failure(
                    FailureType.TOOL_MISSING,
                    "there is no pg_dump in " + directory + ", where ops.yml looks for the tools of database "
                            + database.name(),
                    "correct the key tools, or leave it out so that the newest ones are found",
                    "tool-missing",
                    null);
        }
        CommandResult result = shell.run(version(program), context)
                .orFail("reinstall the PostgreSQL client programs", "backup.md#tool-missing");
        String printed = String.join(" ", result.output());
        Matcher version = VERSION.matcher(printed);
        if (!version.find()) {
            throw PostgresFailures.failure(
                    FailureType.TOOL_MISSING,
                    program + " --version printed \"" + printed + "\", which names no version of PostgreSQL",
                    "correct the key tools of database " + database.name() + " in ops.yml",
                    "tool-missing",
                    null);
        }
        int major = Integer.parseInt(version.group(1));
        if (major < serverMajor) {
            throw PostgresFailures.failure(
                    FailureType.TOOL_TOO_OLD,
                    "pg_dump in " + directory + " is " + major + version.group(2)
                            + ", older than the server of database " + database.name() + ", which is " + serverMajor,
                    "install the package postgresql-client-" + serverMajor,
                    "pg-dump-too-old",
                    null);
        }
        return new PostgresTools(directory.toString(), major + version.group(2));
    }

    private static Command version(Path program) {
        return new Command(
                Access.READS,
                new HostName("local"),
                List.of(program.toString(), "--version"),
                Sorted.of(),
                Sorted.of(),
                new Channel.None(),
                new Channel.None());
    }

    private static Path best(Database database, List<Path> installed, int serverMajor) {
        return installed.stream()
                .filter(directory -> majorOf(directory) == serverMajor)
                .findFirst()
                .or(() -> installed.stream().max(Comparator.comparingInt(PostgresTools::majorOf)))
                .orElseThrow(() -> PostgresFailures.failure(
                        FailureType.TOOL_MISSING,
                        "no pg_dump is installed on this machine, and database " + database.name() + " needs one",
                        "install the package postgresql-" + serverMajor + ", or name its directory as tools in ops.yml",
                        "tool-missing",
                        null));
    }

    private static List<Path> installed(List<Search> searches) {
        List<Path> found = new ArrayList<>();
        for (Search search : searches) {
            if (!Files.isDirectory(search.root())) {
                continue;
            }
            Pattern name = Pattern.compile(Pattern.quote(search.prefix()) + "\\d+");
            try (Stream<Path> versions = Files.list(search.root())) {
                versions.filter(version ->
                                name.matcher(version.getFileName().toString()).matches())
                        .map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
                        .forEach(found::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return found;
    }

    private static int majorOf(Path bin) {
        Matcher digits = MAJOR.matcher(String.valueOf(bin.getName(bin.getNameCount() - 2)));
        return digits.find() ? Integer.parseInt(digits.group(1)) : 0;
    }
}
