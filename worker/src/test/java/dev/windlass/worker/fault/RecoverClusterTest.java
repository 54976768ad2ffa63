package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.recovery.RecoveryFiles;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.ServerMachine;
import dev.windlass.workflows.backup.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A machine is lost while somebody writes. From the physical backup and the WAL in the bucket every row comes back that was
 * committed up to the moment that the recovery tells, row by row as the writer has it in a log of its own.
 */
@Tag("fault")
class RecoverClusterTest {
    private static final int PATIENCE_SECONDS = 200;
    private static final Duration LONG = Duration.ofSeconds(240);
    private static final int DOES_NOT_SERVE = 9;
    private static final int ARCHIVE_TIMEOUT_SECONDS = 10;

    /** What pgBackRest finds in the double's certificate: it knows no addresses. */
    private static final String BUCKET = "bucket.windlass.test";

    private static final Pattern LAST =
            Pattern.compile("databases as of (\\S+Z), the last commit that was archived; the newest WAL came");

    private static OneRecovery alone;
    private static Rig rig;
    private static ServerMachine target;
    private static Path directory;
    private static Path credential;
    private static List<SteadyWriter.Entry> written;

    @BeforeAll
    static void loseTheMachineWhileSomebodyWrites() throws Exception {
        alone = OneRecovery.await();
        directory = Files.createTempDirectory("windlass-recover-cluster-");
        target = ServerMachine.start(directory);
        rig = Rig.startWithBucketAt(target.host());
        boolean isStarted = false;
        try {
            ProtectedRig.protect(rig, "lost", ARCHIVE_TIMEOUT_SECONDS + "s");
            try (SteadyWriter writer = SteadyWriter.start(rig)) {
                rig.startBackup("fault-cluster").getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
                int inTheSet = writer.log().size();
                Eventually.holds(
                        Duration.ofSeconds(60),
                        "it writes on",
                        () -> writer.log().size() > inTheSet + 1100);
                rig.postgres.kill();
                written = writer.log();
            }
            rig.loseTheMachine();
            Files.delete(rig.directory.resolve("passphrase"));
            knowsTheBucket(target);
            credential = writeCredential();
            isStarted = true;
        } finally {
            if (!isStarted) {
                endEverything();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        target.close();
        rig.close();
        Trees.delete(directory);
        alone.close();
    }

    @Test
    void everyCommitComesBackUpToTheMomentThatIsTold() throws Exception {
        long begun = System.nanoTime();
        Path hosts = Files.writeString(
                directory.resolve("hosts"), "127.0.0.1 localhost\n" + target.host() + " " + BUCKET + "\n");
        try (Launcher launcher = new Launcher(directory.resolve("home"), target, credential)) {
            launcher.withHosts(hosts);
            launcher.start();
            launcher.eventually("the files are there", () -> target.succeeds("test", "-e", "/usr/bin/pgbackrest"));
            launcher.eventually("the cluster is restored", () -> target.succeeds("pgrep", "-x", "pgbackrest"));
            launcher.killTheLaptop();

            launcher.start();
            // The secrets of its ops.yml were this process's own, and so no file brought them.
            assertThat(launcher.await(LONG)).as(launcher.err()).isEqualTo(DOES_NOT_SERVE);
            System.out.printf(
                    Locale.ROOT, "fault: %5.1f s  recover vps by pgBackRest%n", (System.nanoTime() - begun) / 1e9);
            System.out.print(launcher.out());
            assertThat(launcher.out())
                    .contains(
                            ", every row was read\n",
                            "DOES NOT SERVE: Windlass: the worker was not started: this machine does not have ")
                    .doesNotContain("note: the databases come");
            requireEveryRowUpTo(last(launcher.out()));
        }
        requireAMachineOfItsOwn(target);
    }

    @Test
    void aPersonBringsItBackLineByLine() throws IOException {
        String operations = Files.readString(rig.directory.resolve("ops.yml"))
                .replaceFirst("endpoint: https://[^:]+:", "endpoint: https://" + BUCKET + ":");
        Path ops = Files.writeString(directory.resolve("ops.yml"), operations);
        String plan = RecoveryByHand.plan(theOnlyManifest(), "--config", ops.toString());
        try (ServerMachine other = ServerMachine.start(directory)) {
            knowsTheBucket(other);
            other.exec("ip", "route", "add", target.host(), "via", other.host());
            other.exec("mkdir", RecoveryFiles.DIRECTORY);
            other.write(RecoveryFiles.DIRECTORY + "/credential", Files.readString(credential));
            other.write(RecoveryFiles.AUTHORITY, Files.readString(rig.directory.resolve("bucket-ca.pem")));

            new RecoveryByHand(other).follow(plan);

            requireALossOfSeconds(requireEveryRow(other));
            requireAMachineOfItsOwn(other);
        }
    }

    private static void knowsTheBucket(ServerMachine machine) throws IOException {
        machine.write("/etc/hosts", "127.0.0.1 localhost\n" + target.host() + " " + BUCKET + "\n");
        machine.exec("chmod", "0644", "/etc/hosts");
    }

    private static Path theOnlyManifest() throws IOException {
        try (Stream<Path> sets = Files.list(rig.bucket().resolve("sets"))) {
            return sets.findFirst().orElseThrow().resolve("manifest.json");
        }
    }

    private static Instant last(String out) {
        Matcher told = LAST.matcher(out);
        assertThat(told.find()).as(out).isTrue();
        return Instant.parse(told.group(1));
    }

    private static void requireEveryRowUpTo(Instant last) throws IOException {
        Instant newest = requireEveryRow(target);
        assertThat(written)
                .filteredOn(entry -> entry.committed().isAfter(newest))
                .allSatisfy(entry ->
                        assertThat(entry.committed()).as("was told to be there").isAfter(last));
        requireALossOfSeconds(last);
    }

    /** @return when the newest that is there was committed */
    private static Instant requireEveryRow(ServerMachine machine) throws IOException {
        Map<Long, String> there = sql(machine, "SELECT number || '|' || words FROM " + SteadyWriter.TABLE)
                .lines()
                .map(line -> line.split("\\|", 2))
                .collect(Collectors.toMap(row -> Long.valueOf(row[0]), row -> row[1]));
        long newest = there.keySet().stream().max(Long::compare).orElseThrow();
        List<SteadyWriter.Entry> back =
                written.stream().filter(entry -> entry.number() <= newest).toList();
        assertThat(back)
                .allSatisfy(entry -> assertThat(there.get(entry.number())).isEqualTo(entry.words()));
        assertThat(there).as("no row that nobody has written").hasSize((int) newest);
        System.out.printf(Locale.ROOT, "fault: %d of %d rows are back%n", there.size(), written.size());
        return back.getLast().committed();
    }

    private static void requireALossOfSeconds(Instant last) {
        Duration loss = Duration.between(last, written.getLast().committed());
        System.out.printf(Locale.ROOT, "fault: the last %.1f s of commits are lost%n", loss.toMillis() / 1000.0);
        // A segment that is being sent when the machine dies is lost with the one that is written.
        assertThat(loss).isLessThan(Duration.ofSeconds(2 * ARCHIVE_TIMEOUT_SECONDS + 5));
    }

    private static void requireAMachineOfItsOwn(ServerMachine machine) throws IOException {
        assertThat(sql(machine, "SHOW archive_mode")).isEqualTo("off");
        assertThat(sql(machine, "SELECT pg_is_in_recovery()")).isEqualTo("f");
        assertThat(sql(machine, "SHOW fsync"))
                .as("nothing of the lost server's own settings")
                .isEqualTo("on");
        assertThat(sql(machine, "INSERT INTO app.users (name) VALUES ('since') RETURNING name"))
                .contains("since");
        assertThat(machine.succeeds("systemctl", "is-active", "postgresql@15-main"))
                .isTrue();
        assertThat(machine.succeeds("test", "-e", RecoveryFiles.DIRECTORY)).isFalse();
        assertThat(machine.succeeds("test", "-e", RecoveryFiles.REPOSITORY)).isFalse();
        assertThat(machine.succeeds("test", "-e", "/etc/postgresql/15/main/conf.d/windlass-replay.conf"))
                .isFalse();
        assertThat(machine.exec("sh", "-c", "grep -rlE 'windlass-testbed-secret|a passphrase of' /etc /var/lib || true")
                        .strip())
                .as("the passphrase is back where it was, and nowhere else")
                .isEmpty();
    }

    private static String sql(ServerMachine machine, String query) throws IOException {
        return machine.exec("runuser", "-u", "postgres", "--", "psql", "-X", "-A", "-t", "-c", query, Cluster.DATABASE)
                .strip();
    }

    private static Path writeCredential() throws IOException {
        String identity = Files.readString(rig.directory.resolve("laptop.agekey"))
                .lines()
                .filter(line -> line.startsWith("AGE-SECRET-KEY-"))
                .findFirst()
                .orElseThrow();
        Path file = Files.createFile(
                directory.resolve("recovery.env"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(
                file,
                List.of(
                        "WINDLASS_RECOVERY_ENDPOINT=https://" + BUCKET + ":" + rig.r2.port(),
                        "WINDLASS_RECOVERY_BUCKET=" + OpsFile.BUCKET,
                        "WINDLASS_RECOVERY_AUTHORITY=" + rig.directory.resolve("bucket-ca.pem"),
                        "WINDLASS_RECOVERY_ACCESS_KEY=windlass-testbed",
                        "WINDLASS_RECOVERY_SECRET_KEY=windlass-testbed-secret",
                        "WINDLASS_RECOVERY_AGE_IDENTITY=" + identity));
    }
}
