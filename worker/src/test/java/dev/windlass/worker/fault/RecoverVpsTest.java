package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.recovery.RecoveryFiles;
import dev.windlass.runbooks.recovery.SshCommands;
import dev.windlass.worker.testing.ServerMachine;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.kernel.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A machine is lost for good, and comes back on a bare one by {@code bin/windlass recover vps}: rows and files are there, whoever
 * was killed on the way, and nobody's live machine is touched. In order: the bare machine of the first is the live one of the last.
 */
@Tag("fault")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoverVpsTest {
    private static final int PATIENCE_SECONDS = 200;
    /** Recovered, and an app lacks a secret. */
    private static final int NOT_ALL_SERVE = 9;

    private static final Duration LONG = Duration.ofSeconds(240);

    private static OneRecovery alone;
    private static Rig rig;
    private static ServerMachine target;
    private static Path directory;
    private static Path credential;
    private static String files;
    private static String users;
    private static String older;
    private static String newest;

    @BeforeAll
    static void loseEverythingButTheBucket() throws Exception {
        alone = OneRecovery.await();
        directory = Files.createTempDirectory("windlass-recover-vps-");
        target = ServerMachine.start(directory);
        // What no set holds, and somebody has brought from where the team keeps it.
        target.exec("mkdir", "/etc/windlass");
        target.write(
                "/etc/windlass/worker.env",
                "FAULT_KEY_ID=windlass-testbed\nFAULT_SECRET_KEY=windlass-testbed-secret\nFAULT_SLACK_TOKEN=xoxb-testbed\n");
        rig = Rig.startWithBucketAt(target.host(), LostApps.APPS, LostApps.FILES);
        boolean isStarted = false;
        try {
            LostApps.make(rig.directory);
            older = backUp("fault-vps-1");
            LossyShop shop = new LossyShop(rig);
            files = shop.files(Cluster.DATABASE);
            users = "20000";
            newest = backUp("fault-vps-2");
            rig.loseTheMachine();
            LostApps.remove();
            Trees.delete(rig.directory.resolve("artefacts"));
            Trees.delete(rig.directory.resolve("shop-prod"));
            credential = writeCredential("recovery.env", Files.readString(rig.directory.resolve("laptop.agekey")));
            target.exec("mkdir", "-p", rig.directory.toString());
            Path authority = rig.directory.resolve("bucket-ca.pem");
            target.write(authority.toString(), Files.readString(authority));
            isStarted = true;
        } finally {
            if (!isStarted) {
                endEverything();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        LostApps.remove();
        target.close();
        rig.close();
        Trees.delete(directory);
        alone.close();
    }

    @Test
    @Order(1)
    void refusesAnIdentityThatOpensNothingBeforeItTouchesTheMachine() throws IOException {
        Path stranger = directory.resolve("stranger.agekey");
        OpsFile.newIdentity(stranger);
        Path wrong = writeCredential("wrong.env", Files.readString(stranger));
        try (Launcher launcher = new Launcher(directory.resolve("home-wrong"), target, wrong)) {
            launcher.start();

            assertThat(launcher.await(LONG)).as(launcher.err()).isEqualTo(7);
            assertThat(launcher.err())
                    .contains("error: the age identity of the credential does not open set " + newest)
                    .contains("see: runbooks/recover-vps.md#wrong-identity");
            assertThat(target.succeeds("test", "-e", RecoveryFiles.DIRECTORY)).isFalse();
        }
    }

    @Test
    @Order(2)
    void isDoneByAPersonLineByLineFromAPlanThatWasPrintedWithoutANetwork() throws IOException {
        String plan =
                RecoveryByHand.plan(rig.bucket().resolve("sets").resolve(newest).resolve("manifest.json"));
        try (ServerMachine other = ServerMachine.start(directory)) {
            other.exec("ip", "route", "add", target.host(), "via", other.host());
            other.exec("mkdir", RecoveryFiles.DIRECTORY);
            other.write(RecoveryFiles.DIRECTORY + "/credential", Files.readString(credential));
            other.write(RecoveryFiles.AUTHORITY, Files.readString(rig.directory.resolve("bucket-ca.pem")));

            assertThat(new RecoveryByHand(other).follow(plan)).isGreaterThan(30);

            theMachineIsAsItWas(other);
            assertThat(other.succeeds("test", "-e", "/var/lib/windlass-recovery"))
                    .isFalse();
        }
    }

    @Test
    @Order(3)
    void bringsTheMachineBackFromTheSetBeforeADamagedOneWhoeverIsKilled() throws Exception {
        long begun = System.nanoTime();
        damage(newest);
        try (Launcher launcher = new Launcher(directory.resolve("home"), target, credential)) {
            launcher.start();
            launcher.eventually(
                    "the kit is sent",
                    () -> !Processes.running("sftp", Launcher.RUN).isEmpty());
            launcher.kill();
            refuseASecondLaptop();

            launcher.start();
            launcher.eventually(
                    "the target's worker starts", () -> target.succeeds("systemctl", "is-active", SshCommands.UNIT));
            launcher.kill();

            rig.r2.hold("GET .*/sets/" + older + "/.*");
            launcher.start();
            launcher.eventually("the set is fetched", () -> rig.r2.held() > 0);
            launcher.kill();
            rig.r2.release();

            launcher.start();
            launcher.eventually("packages are installed", () -> target.succeeds("pgrep", "-x", "apt-get"));
            launcher.interrupt();

            launcher.start();
            launcher.eventually("PostgreSQL is restored", () -> target.succeeds("pgrep", "-x", "pg_restore"));
            launcher.killTheLaptop();

            launcher.start();
            launcher.eventually(
                    "the app is started", () -> target.succeeds("systemctl", "is-active", "windlass-shop-prod-green"));
            launcher.kill();

            launcher.start();
            assertThat(launcher.await(LONG)).as(launcher.err()).isEqualTo(NOT_ALL_SERVE);
            assertThat(launcher.out())
                    .startsWith("recovered from set " + older + " in ")
                    .contains("database shop: ")
                    .contains(", equal to what was dumped")
                    .contains("note: set " + newest + " is damaged: ");
            assertThat(launcher.out()).contains("the set before it is taken");
            assertThat(launcher.out())
                    .contains("serves: Windlass: Temporal, worker and schedules\n")
                    .contains("serves: app shop of prod: " + LostApps.VERSION + "\n")
                    .contains("DOES NOT SERVE: app shop of staging was not started: this machine does not have "
                            + LostApps.SECRETS.replace("DIRECTORY", rig.directory.toString()))
                    .contains("    windlass deploy shop staging " + LostApps.VERSION + "\n")
                    .doesNotContain("    windlass deploy shop prod");
            System.out.printf(
                    Locale.ROOT, "fault: %5.1f s  recover vps, killed four times%n", (System.nanoTime() - begun) / 1e9);
            System.out.print(launcher.out());
        }
        theMachineIsAsItWas(target);
        theAppAnswersWithItsRows();
        windlassRunsThere();
    }

    /** Ready means that it polls, and has made its schedules. */
    private static void windlassRunsThere() throws IOException {
        assertThat(target.succeeds("systemctl", "is-active", "windlass-temporal", "windlass-worker"))
                .isTrue();
        assertThat(LostApps.ask(target, 8266, "/actuator/health/readiness")).contains("UP");
        String address = Files.readAllLines(rig.directory.resolve("ops.yml")).stream()
                .filter(line -> line.strip().startsWith("address: "))
                .map(line -> line.strip().substring("address: ".length()))
                .findFirst()
                .orElseThrow();
        assertThat(target.exec("/opt/windlass/recovered/temporal", "schedule", "list", "--address", address))
                .contains("backup");
    }

    /** As its users ask it: through nginx, from the version that served, out of the database that came back. */
    private static void theAppAnswersWithItsRows() throws IOException {
        assertThat(LostApps.ask(target, LostApps.PORT, "/api/version")).isEqualTo(LostApps.VERSION);
        assertThat(LostApps.ask(target, LostApps.PORT, "/api/users")).isEqualTo(users);
        assertThat(target.succeeds("systemctl", "is-enabled", "nginx", "windlass-shop-prod-green"))
                .as("also after a reboot")
                .isTrue();
        assertThat(target.succeeds("systemctl", "is-active", "windlass-shop-staging-green"))
                .isFalse();
    }

    @Test
    @Order(4)
    void leavesAMachineWithALiveDatabaseAlone() throws IOException {
        try (Launcher launcher = new Launcher(directory.resolve("home-live"), target, credential)) {
            launcher.start();

            assertThat(launcher.await(LONG)).as(launcher.err()).isEqualTo(3);
            assertThat(launcher.err()).contains("see: runbooks/recover-vps.md#");
            theMachineIsAsItWas(target);
        }
    }

    /** It takes the place of none: the next case finds that the one before it has. */
    @Test
    @Order(5)
    void aRehearsalRestoresAllAndInstallsNoWorkerOfItsOwn() throws IOException {
        try (ServerMachine thrownAway = ServerMachine.start(directory);
                Launcher launcher =
                        new Launcher(directory.resolve("home-rehearsal"), thrownAway, credential, "--rehearse")) {
            thrownAway.exec("ip", "route", "add", target.host(), "via", thrownAway.host());
            Path authority = rig.directory.resolve("bucket-ca.pem");
            thrownAway.exec("mkdir", "-p", rig.directory.toString());
            thrownAway.write(authority.toString(), Files.readString(authority));
            launcher.start();

            assertThat(launcher.await(LONG)).as(launcher.err()).isEqualTo(NOT_ALL_SERVE);
            assertThat(launcher.out())
                    .startsWith("rehearsed with set " + older + " in ")
                    .contains("serves: app shop of prod: " + LostApps.VERSION + "\n")
                    .contains("not done: the names")
                    .endsWith("left to you: root@" + thrownAway.address()
                            + " holds what production holds: destroy it at its provider\n")
                    .doesNotContain("serves: Windlass");
            theMachineIsAsItWas(thrownAway);
            assertThat(thrownAway.succeeds("systemctl", "cat", "windlass-worker"))
                    .isFalse();
        }
    }

    /** Its worker comes up with what it had, while the other one lives in its place. */
    @Test
    @Order(6)
    void theLostMachineThatComesBackLeavesTheBucketAlone() throws Exception {
        List<String> before = objects();
        rig.slack.begin();
        rig.temporal.start();
        rig.slack.awaitReady();
        rig.worker.start();

        assertThatThrownBy(() -> backUp("fault-vps-back"))
                .satisfies(failed -> assertThat(Failure.in(failed))
                        .hasValueSatisfying(why -> assertThat(why.message())
                                .contains("ana has recovered what this bucket holds onto root@" + target.address()
                                        + " at ")
                                .containsPattern("type here: echo \\d{6} [|] sudo tee "
                                        + rig.directory.resolve("state/recovered"))));
        assertThat(Files.readString(rig.directory.resolve("worker.log")))
                .contains("ana has recovered what this bucket holds onto ");
        assertThat(objects()).isEqualTo(before);
    }

    private static List<String> objects() throws IOException {
        try (Stream<Path> all = Files.walk(rig.bucket())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> rig.bucket().relativize(file).toString())
                    // What the machine in its place sends.
                    .filter(key -> !key.startsWith("audit/"))
                    .sorted()
                    .toList();
        }
    }

    private static void refuseASecondLaptop() throws IOException {
        try (Launcher second = new Launcher(directory.resolve("home-second"), target, credential, "--person", "ben")) {
            second.start();

            assertThat(second.await(LONG)).as(second.err()).isEqualTo(3);
            assertThat(second.err())
                    .contains("error: ana recovers from this bucket onto ")
                    .contains("because: the disk is gone");
        }
    }

    private static void theMachineIsAsItWas(ServerMachine machine) throws IOException {
        assertThat(sql(
                        machine,
                        "SELECT count(*) || ' ' || md5(string_agg(md5(content), '' ORDER BY id)) FROM app.files"))
                .isEqualTo(files);
        assertThat(sql(machine, "SELECT count(*) FROM app.users")).isEqualTo(users);
        Path uploads = rig.directory.resolve("uploads");
        try (Stream<Path> pages = Files.list(uploads)) {
            for (Path page : pages.toList()) {
                assertThat(machine.exec("sha256sum", page.toString())).startsWith(Trees.sha256(page) + " ");
            }
        }
        // Made on the way to them, and everybody's way.
        assertThat(machine.exec("stat", "--format=%a", rig.directory.toString()))
                .isEqualTo("755\n");
        assertThat(machine.succeeds("systemctl", "is-active", SshCommands.UNIT)).isFalse();
        assertThat(machine.succeeds("test", "-e", RecoveryFiles.DIRECTORY)).isFalse();
        assertThat(Processes.ofRun(Launcher.RUN)).isEmpty();
    }

    private static String sql(ServerMachine machine, String query) throws IOException {
        return machine.exec("runuser", "-u", "postgres", "--", "psql", "-X", "-A", "-t", "-c", query, Cluster.DATABASE)
                .strip();
    }

    /** @return the set */
    private static String backUp(String workflowId) throws Exception {
        BackupOutcome outcome =
                rig.startBackup(workflowId).getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
        return outcome.manifest().set().value();
    }

    private static void damage(String set) throws IOException {
        try (Stream<Path> objects = Files.walk(rig.bucket().resolve("sets").resolve(set))) {
            Damage.flipOneBit(objects.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".age"))
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow());
        }
    }

    private static Path writeCredential(String name, String identityFile) throws IOException {
        String identity = identityFile
                .lines()
                .filter(line -> line.startsWith("AGE-SECRET-KEY-"))
                .findFirst()
                .orElseThrow();
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> lines = List.of(
                "# What a recovery needs beside a machine.",
                "WINDLASS_RECOVERY_ENDPOINT=https://" + target.host() + ":" + rig.r2.port(),
                "WINDLASS_RECOVERY_BUCKET=" + OpsFile.BUCKET,
                "WINDLASS_RECOVERY_AUTHORITY=" + rig.directory.resolve("bucket-ca.pem"),
                "WINDLASS_RECOVERY_ACCESS_KEY=windlass-testbed",
                "WINDLASS_RECOVERY_SECRET_KEY=windlass-testbed-secret",
                "WINDLASS_RECOVERY_AGE_IDENTITY=" + identity);
        return Files.write(file, lines);
    }
}
