package dev.windlass.runbooks.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.BackupPolicy.Scratch.Amcheck;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScratchCommandsTest {
    private static final Priority NORMAL = new Priority(0, Priority.IoClass.BEST_EFFORT);
    private static final ScratchCommands COMMANDS = new ScratchCommands(
            ScratchCommands.directoryIn("/srv/scratch"),
            "/usr/lib/postgresql/15/bin",
            Optional.of("postgres"),
            NORMAL,
            2,
            Amcheck.HEAP_ALL_INDEXED);

    @Test
    void runsTheServerAsItsUserAndNeverAsRoot() {
        assertThat(COMMANDS.initialize().argv())
                .containsExactly(
                        "setpriv",
                        "--reuid=postgres",
                        "--regid=postgres",
                        "--init-groups",
                        "--",
                        "/usr/lib/postgresql/15/bin/initdb",
                        "--pgdata=/srv/scratch/{token}/data",
                        "--username={superuser}",
                        "--auth-local=trust",
                        "--auth-host=reject",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-sync");
        assertThat(COMMANDS.start().program()).isEqualTo("pg_ctl");
    }

    @Test
    void runsAsTheWorkersOwnUserWhereThatIsNotRoot() {
        ScratchCommands own = new ScratchCommands(
                "/srv/scratch/a", "/bin", Optional.empty(), new Priority(10, Priority.IoClass.IDLE), 1, Amcheck.OFF);

        assertThat(own.makeDirectory().argv()).containsExactly("install", "-d", "-m", "0700", "--", "/srv/scratch/a");
        assertThat(own.stop().argv())
                .startsWith("nice", "-n", "10", "--", "ionice", "-c", "3", "--", "/bin/pg_ctl", "stop");
        assertThat(own.check("orders")).isEmpty();
    }

    @Test
    void restoresAnyDatabaseUnderItsOwnName() {
        assertThat(COMMANDS.restore("orders").getFirst().argv())
                .contains("--create", "--section=pre-data", "--section=data")
                .doesNotContain("--clean");
        assertThat(COMMANDS.restore("postgres").getFirst().argv()).contains("--create", "--clean", "--if-exists");
    }

    @Test
    void makesForeignKeysWhenAllRowsAreThere() {
        assertThat(COMMANDS.restore("orders").getLast().argv())
                .contains(
                        "--section=post-data",
                        "--dbname=host='/srv/scratch/{token}' port=5432 user='windlass_scratch' dbname='orders'")
                .doesNotContain("--create", "--section=data");
    }

    @Test
    void opensTheSealedDumpIntoTheScratchDirectoryOnly() {
        Channel.OpenedFile sealed = new Channel.OpenedFile("/srv/a.age", new SecretReference("file:/srv/id"));

        assertThat(COMMANDS.unpack(sealed).argv()).contains("of=/srv/scratch/{token}/database.dump");
        assertThat(COMMANDS.unpack(sealed).input()).isEqualTo(sealed);
    }

    @Test
    void refusesADirectoryThatAShellCouldMisread() {
        for (String bad : new String[] {"/", "/tmp", "scratch", "/srv/$(id)", "/srv/a b", "/srv/../etc", "/srv/a\"b"}) {
            assertThatThrownBy(() -> new ScratchCommands(bad, "/bin", Optional.empty(), NORMAL, 1, Amcheck.OFF))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("scratch directory \"" + bad
                            + "\" must be absolute, two levels deep or more, of letters, digits and _ . + - only");
        }
    }
}
