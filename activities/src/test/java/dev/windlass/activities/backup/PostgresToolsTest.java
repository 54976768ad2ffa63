package dev.windlass.activities.backup;

import static dev.windlass.activities.backup.PostgresForTests.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.InputWatch;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresToolsTest {
    @TempDir
    private Path root;

    @Test
    void takesTheProgramsOfTheServersOwnVersionBeforeNewerOnes() throws IOException {
        install("14");
        install("15");
        install("17");

        assertThat(fitting(15)).isEqualTo(new PostgresTools(root + "/15/bin", "15.4"));
        assertThat(fitting(16)).isEqualTo(new PostgresTools(root + "/17/bin", "17.4"));
    }

    @Test
    void refusesAPgDumpThatIsOlderThanTheServer() throws IOException {
        install("15");

        assertThatThrownBy(() -> fitting(18))
                .hasMessageContaining("pg_dump in " + root
                        + "/15/bin is 15.4, older than the server of database academy, which is 18\n"
                        + "hint: install the package postgresql-client-18\nsee: runbooks/backup.md#pg-dump-too-old");
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() {
        assertThatThrownBy(() -> fitting(15))
                .hasMessageContaining("no pg_dump is installed on this machine, and database academy needs one\n"
                        + "hint: install the package postgresql-15, or name its directory as tools in ops.yml");
        assertThatThrownBy(() -> PostgresTools.fitting(
                        database(Optional.of("/nowhere")), 15, new VersionShell(), context("plan"), List.of()))
                .hasMessageContaining(
                        "there is no pg_dump in /nowhere, where ops.yml looks for the tools of database academy");
    }

    private PostgresTools fitting(int major) {
        return PostgresTools.fitting(
                database(Optional.empty()),
                major,
                new VersionShell(),
                context("plan"),
                List.of(new PostgresTools.Search(root, "")));
    }

    private void install(String version) throws IOException {
        Path bin = Files.createDirectories(root.resolve(version).resolve("bin"));
        Files.createFile(
                bin.resolve("pg_dump"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static Database database(Optional<String> tools) {
        return new Database(
                new DatabaseName("academy"),
                "academy",
                "test",
                "localhost",
                5432,
                "a",
                Optional.empty(),
                tools,
                List.of());
    }

    /** Answers as the pg_dump of the directory's version would. */
    private static final class VersionShell implements Shell {
        @Override
        public CommandResult run(Command command, StepContext context, InputWatch watch) {
            assertThat(command.argv().getLast()).isEqualTo("--version");
            String[] path = command.argv().getFirst().split("/");
            String major = path[path.length - 3];
            return new CommandResult(
                    "pg_dump",
                    0,
                    List.of("pg_dump (PostgreSQL) " + major + ".4 (Debian " + major + ".4-1)"),
                    List.of(),
                    Optional.empty());
        }

        @Override
        public int fence(StepContext context) {
            return 0;
        }
    }
}
