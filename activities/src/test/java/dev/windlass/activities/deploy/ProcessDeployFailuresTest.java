package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeploySteps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps a deploy from going on: each is told whole, and the old version serves as before. */
@Tag("integration")
@Timeout(120)
class ProcessDeployFailuresTest {
    private final ShopHost host;
    private final DeployByHand deploy;

    ProcessDeployFailuresTest() throws IOException, InterruptedException {
        host = new ShopHost();
        deploy = new DeployByHand(host.operations());
    }

    @BeforeEach
    void serveV1() throws IOException, InterruptedException {
        host.build("v1", "ok");
        host.build("v2", "ok");
        DeployPlan first = deploy.plan("v1");
        DeployByHand.requireHealthy(deploy.begin(first));
        deploy.turn(first);
    }

    @AfterEach
    void tidy() throws IOException, InterruptedException {
        try {
            assertThat(host.version()).isEqualTo("v1");
        } finally {
            deploy.close();
            host.close();
        }
    }

    @Test
    void aVersionThatIsNotThere() {
        assertThat(DeployByHand.message(() -> deploy.plan("v9")))
                .matches("there is no \\Q" + host.path("artefacts/v9.tar.gz") + "\\E, and \\Q"
                        + host.path("shop/releases")
                        + "\\E has no release v9\nhint: the newest artefacts are v[12], v[12]\n"
                        + "see: runbooks/deploy.md#no-such-version");
    }

    @Test
    void anArtefactThatWasBuiltAgainMeanwhile() throws IOException, InterruptedException {
        DeployPlan plan = deploy.plan("v2");
        host.build("v2", "slow");

        assertThat(DeployByHand.message(() -> deploy.prepare(plan)))
                .isEqualTo(host.path("artefacts/v2.tar.gz") + " is not what was planned with, "
                        + plan.release().content()
                        + "\nhint: deploy again to plan with what is there now; a version should be built once\n"
                        + "see: runbooks/deploy.md#artefact-changed");
        assertThat(deploy.plan("v2").plan().digest()).isNotEqualTo(plan.plan().digest());
    }

    @Test
    void anArtefactThatIsNoArchive() throws IOException {
        Files.writeString(host.path("artefacts/v3.tar.gz"), "not an archive");
        DeployPlan plan = deploy.plan("v3");

        assertThat(DeployByHand.message(() -> deploy.prepare(plan)))
                .startsWith(host.path("artefacts/v3.tar.gz") + " cannot be unpacked: tar ended with exit code 2: ")
                .endsWith("\nhint: build it anew with tar --create --gzip, its files at the top, and deploy that\n"
                        + "see: runbooks/deploy.md#artefact-changed");
    }

    @Test
    void aPortThatSomebodyElseHas() throws IOException {
        DeployPlan plan = deploy.plan("v2");
        try (ServerSocket stranger = new ServerSocket(host.green, 1, InetAddress.getLoopbackAddress())) {
            String said = "port " + stranger.getLocalPort() + " of slot green is used by java (pid "
                    + ProcessHandle.current().pid()
                    + ")\nhint: end that program, or give the slot another port in ops.yml\n"
                    + "see: runbooks/deploy.md#port-taken";
            assertThat(DeployByHand.message(() -> deploy.plan("v2"))).isEqualTo(said);
            deploy.prepare(plan);
            assertThat(DeployByHand.message(() -> deploy.start(plan))).isEqualTo(said);
        }
    }

    @Test
    void aDiskWithoutRoom() throws IOException, InterruptedException {
        Path releases = host.path("shop/releases");
        DeployPlan plan = deploy.plan("v2");
        ShopHost.run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", releases.toString());
        try {
            String said = "the release needs up to 67.1 MB in " + releases
                    + ", 1.0 MB are free\nhint: make room there, or keep fewer releases with keep_releases in ops.yml\n"
                    + "see: runbooks/deploy.md#disk-full";
            assertThat(DeployByHand.message(() -> deploy.prepare(plan))).isEqualTo(said);
        } finally {
            ShopHost.run("umount", releases.toString());
        }
    }

    @Test
    void nginxThatIsStopped() throws IOException, InterruptedException {
        DeployPlan plan = deploy.plan("v2");
        host.stopNginx();
        String said = "nginx does not run: " + host.path("nginx.pid")
                + " names no process of it\nhint: start nginx, see that what serves now is reached through it, then deploy"
                + " again\nsee: runbooks/deploy.md#nginx-does-not-run";
        assertThat(DeployByHand.message(() -> deploy.plan("v2"))).isEqualTo(said);
        DeployByHand.requireHealthy(deploy.begin(plan));
        assertThat(DeployByHand.message(() -> deploy.turn(plan))).isEqualTo(said);
        host.startNginx();
    }

    @Test
    void aConfigurationThatNginxRefuses() throws IOException, InterruptedException {
        DeployPlan plan = deploy.plan("v2");
        DeployByHand.requireHealthy(deploy.begin(plan));
        String before = Files.readString(host.upstreamFile());
        Path broken = host.path("upstreams/other.conf");
        Files.writeString(broken, "upstream other { server ; }\n");
        String hint = "\nhint: correct the file and line it names until nginx -t is content, then deploy again\n"
                + "see: runbooks/deploy.md#nginx-refuses";

        assertThat(DeployByHand.message(() -> deploy.plan("v2")))
                .matches("nginx refuses its configuration: (\\S+ \\S+ )?.*invalid.* in \\Q" + broken + "\\E:1\\Q" + hint
                        + "\\E");
        assertThat(DeployByHand.message(() -> deploy.turn(plan))).endsWith(hint);
        assertThat(Files.readString(host.upstreamFile())).isEqualTo(before);
        Files.delete(broken);
        deploy.undo(plan, DeploySteps.SWITCH);
        deploy.undo(plan, DeploySteps.START);
        DeployByHand.requireHealthy(deploy.serving(plan));
    }

    @Test
    void aLogInAnotherFormat() throws IOException, InterruptedException {
        Path config = host.path("nginx.conf");
        Files.writeString(config, Files.readString(config).replace("'$msec|", "'$remote_addr "));
        ShopHost.run("nginx", "-c", config.toString(), "-s", "reload");
        // Its old workers answer for a while beside the new ones.
        for (int i = 0, inARow = 0; i < 500 && inARow < 20; i++) {
            assertThat(host.version()).isEqualTo("v1");
            inARow = lastRequest().startsWith("127.0.0.1 ") ? inARow + 1 : 0;
        }

        assertThat(DeployByHand.message(() -> deploy.plan("v2")))
                .isEqualTo("the access log " + host.path("logs/access.log")
                        + " is not in the format that Windlass reads\nhint: give nginx the log_format and access_log of"
                        + " ops.example.yml, reload it and call the app once\nsee: runbooks/deploy.md#access-log");
    }

    private String lastRequest() throws IOException {
        return Files.readAllLines(host.path("logs/access.log")).getLast();
    }

    @Test
    void anUpstreamFileThatNamesBothSlots() throws IOException {
        String before = Files.readString(host.upstreamFile());
        Files.writeString(
                host.upstreamFile(), before.replace("server ", "server 127.0.0.1:" + host.green + "; server "));

        assertThat(DeployByHand.message(() -> deploy.plan("v2")))
                .isEqualTo(host.upstreamFile()
                        + " sends traffic to a slot and to another server as well, so nobody can say what serves\n"
                        + "hint: leave the one server line of the version that should serve, reload nginx, then deploy"
                        + " again\nsee: runbooks/deploy.md#several-serve");
        Files.writeString(host.upstreamFile(), before);
    }

    @Test
    void aSlotThatSomebodyPointedNginxAtMeanwhile() throws IOException {
        DeployPlan plan = deploy.plan("v2");
        DeployByHand.requireHealthy(deploy.begin(plan));
        String before = Files.readString(host.upstreamFile());
        Files.writeString(host.upstreamFile(), before.replace(String.valueOf(host.blue), String.valueOf(host.green)));

        assertThat(DeployByHand.message(() -> deploy.undo(plan, DeploySteps.START)))
                .isEqualTo("nginx sends traffic to slot green already, so windlass-shop-prod-green is left alone\n"
                        + "hint: somebody has changed " + host.upstreamFile() + " meanwhile: deploy again\n"
                        + "see: runbooks/deploy.md#slot-serves");
        Files.writeString(host.upstreamFile(), before);
    }

    @Test
    void anotherVersionAtThePortThatServes() throws IOException, InterruptedException {
        host.build("v2", "other-version");
        DeployPlan plan = deploy.plan("v2");
        deploy.begin(plan);
        String before = Files.readString(host.upstreamFile());
        Files.writeString(host.upstreamFile(), before.replace(String.valueOf(host.blue), String.valueOf(host.green)));

        assertThat(DeployByHand.message(() -> deploy.plan("v1")))
                .isEqualTo("port " + host.green
                        + " answers with version other, and slot green holds v2\nhint: somebody has"
                        + " started another program there: restart the service windlass-shop-prod-green, then deploy"
                        + " again\nsee: runbooks/deploy.md#other-version-serves");
        Files.writeString(host.upstreamFile(), before);
    }

    @Test
    void aSupervisorThatDoesNotAnswer() throws IOException, InterruptedException {
        Files.move(host.path("supervisor.sock"), host.path("supervisor.away"));

        assertThat(DeployByHand.message(() -> deploy.plan("v2")))
                .isEqualTo("the supervisor does not answer: unix://" + host.path("supervisor.sock")
                        + " no such file\nhint: start it, see that the app runs, then deploy again\n"
                        + "see: runbooks/deploy.md#supervisor-does-not-answer");
        Files.move(host.path("supervisor.away"), host.path("supervisor.sock"));
    }

    @Test
    void anAppAnEnvironmentOrAUserThatIsNotThere() throws IOException {
        assertThat(DeployByHand.message(() -> deploy.plan("shp", "prod", "v2")))
                .isEqualTo("ops.yml has no app \"shp\"; it has shop\nhint: did you mean \"shop\"? A new one is added to"
                        + " apps in ops.yml; then restart the worker\nsee: runbooks/deploy.md#unknown-name");
        assertThat(DeployByHand.message(() -> deploy.plan("shop", "production", "v2")))
                .isEqualTo(
                        "ops.yml has no environment \"production\"; it has prod\nhint: did you mean \"prod\"? A new one"
                                + " is added to apps in ops.yml; then restart the worker\nsee: runbooks/deploy.md#unknown-name");
        Path ops = host.path("ops.yml");
        Files.writeString(ops, Files.readString(ops).replace("user: nobody", "user: somebody-else"));
        try (DeployByHand other = new DeployByHand(host.operations())) {
            assertThat(DeployByHand.message(() -> other.plan("v2")))
                    .isEqualTo(
                            "this machine has no user somebody-else to run shop as\nhint: make it, as in useradd --system"
                                    + " --shell /usr/sbin/nologin NAME, or name another one in ops.yml\n"
                                    + "see: runbooks/deploy.md#no-such-user");
        }
    }
}
