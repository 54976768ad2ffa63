package dev.windlass.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.recovery.RecoveryFiles;
import dev.windlass.runbooks.recovery.SshCommands;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.Programs;
import dev.windlass.worker.testing.ServerMachine;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.LinkOrder;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.TargetMachine;
import dev.windlass.workflows.recovery.VpsLinkActivities;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link to a bare machine, with a program in place of Java that only waits. */
@Tag("integration")
@Timeout(300)
class LinkActivitiesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PLACE = "/var/lib/windlass-recovery-kit";

    @TempDir
    static Path directory;

    private static ServerMachine machine;
    private static LeadHome home;
    private static KitFile kit;
    private static Path server;
    private static ServerSocket temporal;

    @BeforeAll
    static void boot() throws IOException {
        machine = ServerMachine.start(directory);
        home = LeadHome.open(directory.resolve("home"));
        new HostKeys(home, question -> false).pin(target(), Optional.of(machine.hostKey()));
        new SshConfiguration(home, Optional.of(machine.key()), Map.of()).write();
        kit = KitFile.of(home, fakeJava(), Files.writeString(directory.resolve("worker.jar"), "x".repeat(3_000_000)));
        server = Files.writeString(directory.resolve("temporal-binary"), "#!/bin/sh\necho temporal\n");
        assertThat(server.toFile().setExecutable(true)).isTrue();
        temporal = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(LinkActivitiesTest::answerAsTemporal);
    }

    @AfterAll
    static void halt() throws IOException {
        temporal.close();
        machine.close();
    }

    @Test
    void sendsTheKitOnceAndGoesOnWhereItStopped() throws IOException {
        LinkOrder order = order(RecoverVpsSteps.KIT, ssh().sendKit());
        link().close(order(RecoverVpsSteps.CLOSE, ssh().close()));
        machine.exec("install", "-d", PLACE);
        Programs.run(
                "scp",
                "-q",
                "-F",
                home.file(SshConfiguration.FILE).toString(),
                head(1_000_000).toString(),
                "root@" + machine.address() + ":" + PLACE + "/" + kit.id() + ".tar");

        assertThat(link().sendKit(order)).isEqualTo(kit.bytes() - 1_000_000);
        assertThat(link().sendKit(order)).isZero();
        assertThat(machine.exec("ls", PLACE).strip()).isEqualTo(kit.id());
    }

    @Test
    void sendsAgainFromTheBeginningWhatArrivedDamaged() throws IOException {
        LinkOrder order = order(RecoverVpsSteps.KIT, ssh().sendKit());
        link().close(order(RecoverVpsSteps.CLOSE, ssh().close()));
        machine.exec("install", "-d", PLACE);
        machine.write(PLACE + "/" + kit.id() + ".tar", "damaged");

        assertThatThrownBy(() -> link().sendKit(order))
                .satisfies(thrown -> assertThat(Failure.in(thrown))
                        .hasValueSatisfying(
                                failure -> assertThat(failure.fact()).startsWith("the kit arrived with")));
        assertThat(link().sendKit(order)).isEqualTo(kit.bytes());
    }

    @Test
    void sendsTemporalBesideTheKitOnce() throws IOException {
        LinkOrder order = order(RecoverVpsSteps.TEMPORAL, ssh().sendTemporal());
        KitFile sent = KitFile.ofTemporal(home, server);

        assertThat(link().sendKit(order)).isEqualTo(sent.bytes());
        assertThat(link().sendKit(order)).isZero();
        assertThat(machine.exec(PLACE + "/" + sent.id() + "/temporal")).isEqualTo("temporal\n");
    }

    @Test
    void reachesADebianAndSaysWhatItIs() {
        assertThat(link().reach(order(RecoverVpsSteps.REACH, ssh().reach())))
                .startsWith("Debian GNU/Linux 12 (bookworm), ")
                .endsWith(" of memory");
    }

    @Test
    void putsSecretsIntoMemoryForRootOnly() throws IOException {
        link().putSecrets(order(RecoverVpsSteps.SECRETS, ssh().putSecrets(Authority.PUBLIC)));

        assertThat(machine.exec("stat", "--format=%a %U", RecoveryFiles.IDENTITY, RecoveryFiles.DIRECTORY))
                .isEqualTo("600 root\n700 root\n");
        assertThat(machine.exec("cat", RecoveryFiles.IDENTITY)).isEqualTo("text of identity");
        assertThat(machine.exec("findmnt", "--noheadings", "--output=FSTYPE", "--target", RecoveryFiles.DIRECTORY)
                        .strip())
                .isEqualTo("tmpfs");
        assertThat(home.file("secrets")).doesNotExist();
    }

    @Test
    void holdsTheTunnelOpenAndTheWorkerAliveUntilItIsCancelled() throws Exception {
        link().sendKit(order(RecoverVpsSteps.KIT, ssh().sendKit()));
        TestActivityEnvironment environment = environment();
        environment.registerActivitiesImplementations(new LinkActivitiesImpl(parts(home)));
        VpsLinkActivities link = environment.newActivityStub(VpsLinkActivities.class);
        CompletableFuture<Void> held =
                CompletableFuture.runAsync(() -> link.hold(order(RecoverVpsSteps.LINK, ssh().link())));

        assertThat(answerThroughTheTunnel()).isEqualTo("temporal");
        assertThat(machine.succeeds("systemctl", "is-active", SshCommands.UNIT)).isTrue();

        machine.exec("pkill", "-f", "sshd: root");
        assertThat(answerThroughTheTunnel()).as("after the tunnel broke").isEqualTo("temporal");

        environment.requestCancelActivity();
        Eventually.holds(SOON, "the link lets go", held::isDone);
        assertThat(machine.succeeds("systemctl", "is-active", SshCommands.UNIT)).isTrue();
        link().close(order(RecoverVpsSteps.CLOSE, ssh().close()));
        link().close(order(RecoverVpsSteps.CLOSE, ssh().close()));
        assertThat(machine.succeeds("systemctl", "is-active", SshCommands.UNIT)).isFalse();
        assertThat(machine.succeeds("test", "-e", RecoveryFiles.DIRECTORY)).isFalse();
        assertThat(machine.succeeds("test", "-e", PLACE)).isFalse();
        environment.close();
    }

    @Test
    void refusesAMachineWithAnotherHostKey() throws IOException {
        LeadHome stranger = LeadHome.open(directory.resolve("stranger"));

        assertThatThrownBy(() -> new HostKeys(stranger, question -> false).pin(target(), Optional.empty()))
                .hasMessageStartingWith("error: nobody has said that host key " + machine.hostKey());
        String other = "SHA256:" + "A".repeat(43);
        assertThatThrownBy(() -> new HostKeys(stranger, question -> false).pin(target(), Optional.of(other)))
                .hasMessageStartingWith("error: " + machine.address() + " has no host key " + other + ", but SHA256:");
        // Pinned by somebody, and then another machine answers at the address.
        stranger.write("known_hosts", "windlass-target ssh-ed25519 " + publicKey() + "\n");
        new SshConfiguration(stranger, Optional.of(machine.key()), Map.of()).write();
        assertThatThrownBy(() -> link(stranger).reach(order(RecoverVpsSteps.REACH, ssh().reach())))
                .satisfies(thrown -> assertThat(Failure.in(thrown)).hasValueSatisfying(failure -> {
                    assertThat(failure.type()).isEqualTo(FailureType.COMMAND_FAILED);
                    assertThat(failure.fact())
                            .startsWith("the target is not reached by SSH: ")
                            .contains("Host key verification failed");
                }));
    }

    private static String publicKey() throws IOException {
        return Files.readString(Path.of(machine.key() + ".pub")).split(" ")[1];
    }

    private static Path head(int bytes) throws IOException {
        return Files.write(directory.resolve("head"), Arrays.copyOf(Files.readAllBytes(kit.file()), bytes));
    }

    private static String answerThroughTheTunnel() {
        String[] said = {""};
        Eventually.holds(SOON, "something answers at the target's end of the tunnel", () -> {
            said[0] = machine.exec(
                    "timeout", "5", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + SshCommands.TUNNEL + "; cat <&3");
            return !said[0].isEmpty();
        });
        return said[0];
    }

    /** Says what it is to everybody who comes, until it is closed. */
    private static void answerAsTemporal() {
        while (!temporal.isClosed()) {
            try (Socket socket = temporal.accept();
                    OutputStream out = socket.getOutputStream()) {
                out.write("temporal".getBytes(StandardCharsets.UTF_8));
            } catch (IOException closed) {
                continue;
            }
        }
    }

    /** A home of a Java that only waits. */
    private static Path fakeJava() throws IOException {
        Path java = Files.createDirectories(directory.resolve("java"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"0\"\n");
        Path program = Files.createDirectories(java.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/bash\nexec sleep infinity\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    private static TargetMachine target() {
        return new TargetMachine(machine.address(), 22, "root");
    }

    private static SshCommands ssh() {
        return new SshCommands(target());
    }

    private static LinkOrder order(StepId id, List<Effect> effects) {
        return new LinkOrder(Step.of(id, "Test the link", effects), target());
    }

    private static TestActivityEnvironment environment() {
        return TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build())
                .build());
    }

    private static VpsLinkActivities link() {
        return link(home);
    }

    private static VpsLinkActivities link(LeadHome from) {
        TestActivityEnvironment environment = environment();
        environment.registerActivitiesImplementations(new LinkActivitiesImpl(parts(from)));
        return environment.newActivityStub(VpsLinkActivities.class);
    }

    private static LinkParts parts(LeadHome from) {
        Secrets none = new EnvironmentSecrets(Map.of());
        TreeMap<String, String> secrets = new TreeMap<>();
        secrets.put(RecoveryFiles.IDENTITY, "text of identity");
        secrets.put(RecoveryFiles.ACCESS_KEY, "a");
        secrets.put(RecoveryFiles.SECRET_KEY, "b");
        return new LinkParts(
                from,
                new CommandShell(Launchers.detect(), none, new AgeSealedFiles(none)),
                kit,
                () -> KitFile.ofTemporal(from, server),
                temporal.getLocalPort(),
                secrets);
    }
}
