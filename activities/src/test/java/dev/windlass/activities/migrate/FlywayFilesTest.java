package dev.windlass.activities.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywayFilesTest {
    @TempDir
    private Path directory;

    @Test
    void versionsAreOrderedAsNumbersPartByPart() throws IOException {
        write("V10__ten.sql", "V2__two.sql", "V1.10__a.sql", "V1_9__b.sql", "U2__two.sql", "README.md");

        assertThat(FlywayFiles.names(directory)).containsExactly("V1_9__b", "V1.10__a", "V2__two", "V10__ten");
    }

    @Test
    void oneAndOnePointZeroAreTheSame() throws IOException {
        write("V1__a.sql", "V1.0__b.sql");

        assertThat(refusal()).isEqualTo("migrations V1.0__b and V1__a have the same number");
    }

    @Test
    void whatFlywayWouldRunOrLeaveOutUnseenIsRefused() throws IOException {
        write("V1__a.sql");
        for (String name :
                new String[] {"beforeMigrate.sql", "V__a.sql", "U2__gone.sql", "U1__other.sql", "more/V2__b.sql"}) {
            write(name);
            assertThat(refusal())
                    .isEqualTo(directory.resolve(name)
                            + " is not named as a version of Flyway with its undo, so nobody can tell when it should"
                            + " run");
            Files.delete(directory.resolve(name));
        }
        write("R__view.sql");
        assertThat(refusal())
                .isEqualTo(directory.resolve("R__view.sql")
                        + " is a repeatable migration, and nobody knows what to bring back when it is undone");
    }

    @Test
    void statementsOrTheFileBesideItSayThatItRunsOutsideATransaction() throws IOException {
        Path up = directory.resolve("V1__a.sql");

        assertThat(FlywayFiles.isOutsideTransaction(up, "CREATE INDEX i ON t (a);"))
                .isFalse();
        assertThat(FlywayFiles.isOutsideTransaction(up, "create index concurrently i on t (a);"))
                .isTrue();
        assertThat(FlywayFiles.isOutsideTransaction(up, "SELECT 1;\n  VACUUM t;"))
                .isTrue();
        Files.writeString(directory.resolve("V1__a.sql.conf"), "# why\n\nexecuteInTransaction = false\n");
        assertThat(FlywayFiles.isOutsideTransaction(up, "SELECT 1;")).isTrue();
        Files.writeString(directory.resolve("V1__a.sql.conf"), "encoding=latin1\n");
        assertThatThrownBy(() -> FlywayFiles.isOutsideTransaction(up, "SELECT 1;"))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo(directory.resolve("V1__a.sql.conf")
                                + " has something else than executeInTransaction, which is all that is known here"));
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "SELECT 1;\n");
        }
    }

    private String refusal() {
        try {
            return "read as " + FlywayFiles.names(directory);
        } catch (RuntimeException refused) {
            return Failure.in(refused).orElseThrow().fact();
        }
    }
}
