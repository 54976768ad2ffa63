package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.windlass.worker.fault.CommandLine.Said;
import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What keeps a deploy from going on, seen by whoever types it: {@code bin/windlass}, the packaged worker, Temporal, Slack's
 * double, nginx and supervisord, each a process of its own. Every time a fact, a hint, an exit code that is not 0, and the
 * version from before serves.
 */
@Tag("integration")
@Timeout(180)
class DeployAtTheCommandLineTest {
    private static final Pattern QUESTION = Pattern.compile("deploy-[0-9a-f]{8}\\b");

    private static DeployRig rig;
    private static CommandLine windlass;
    private static Shop shop;
    private static Shop guarded;

    @BeforeAll
    static void serveV0() throws IOException {
        rig = new DeployRig(List.of("shop", "guarded"));
        boolean isStarted = false;
        try {
            rig.start();
            shop = rig.host.shop("shop");
            guarded = rig.host.shop("guarded");
            windlass = new CommandLine(rig.directory.resolve("ops.yml"), rig.directory);
            assertThat(deploy(shop, "v0").exitCode()).isZero();
            shop.build("v1", 0);
            guarded.build("v1", 0);
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
    }

    @Test
    void anAppThatIsNotThere() throws Exception {
        seesOld(
                windlass.run("deploy", "shp", "prod", "v1", "--wait"),
                4,
                "ops.yml has no app \"shp\"; it has guarded, shop",
                "did you mean \"shop\"? A new one is added to apps in ops.yml; then restart the worker");
    }

    @Test
    void anEnvironmentThatIsNotThere() throws Exception {
        seesOld(
                windlass.run("deploy", "shop", "prd", "v1", "--wait"),
                4,
                "ops.yml has no environment \"prd\"; it has prod",
                "did you mean \"prod\"?");
    }

    @Test
    void aVersionThatIsNotThere() throws Exception {
        seesOld(
                deploy(shop, "v9"),
                4,
                "there is no " + shop.directory().resolve("artefacts/v9.tar.gz"),
                "the newest artefacts are ");
    }

    @Test
    void aPortThatSomebodyElseHas() throws Exception {
        try (ServerSocket stranger =
                new ServerSocket(shop.other(shop.servingPort()), 1, InetAddress.getLoopbackAddress())) {
            seesOld(
                    deploy(shop, "v1"),
                    3,
                    "port " + stranger.getLocalPort() + " of slot",
                    "end that program, or give the slot another port in ops.yml");
        }
    }

    @Test
    void aDiskWithoutRoom() throws Exception {
        Path releases = shop.directory().resolve("shop/releases");
        try (SmallDisk disk = SmallDisk.at(releases)) {
            assumeThat(disk.isMounted()).as(disk.whyNot()).isTrue();
            disk.keepFull();
            seesOld(
                    deploy(shop, "v1"),
                    6,
                    " MB in " + releases + ", ",
                    "make room there, or keep fewer releases with keep_releases in ops.yml");
            disk.empty();
        }
    }

    @Test
    void nginxThatIsStopped() throws Exception {
        rig.host.stopNginx();
        Said said;
        try {
            said = deploy(shop, "v1");
        } finally {
            rig.host.startNginx();
        }
        seesOld(
                said,
                3,
                "nginx does not run: " + rig.directory.resolve("nginx.pid") + " names no process of it",
                "start nginx, see that what serves now is reached through it, then deploy again");
    }

    /** Who is to approve it hears nothing; the command line still takes the answer. */
    @Test
    void aSlackThatCannotBeReached() throws Exception {
        rig.slack.kill();
        try {
            CompletableFuture<Said> waiting = windlass.begin(
                    "deploy",
                    "guarded",
                    "guarded",
                    "v1",
                    "--wait",
                    "--key",
                    rig.key("ana").toString());
            Said answered = windlass.run(
                    "reject",
                    question(),
                    "--reason",
                    "nobody was asked",
                    "--key",
                    rig.key("ben").toString());
            assertThat(answered.exitCode()).as(answered.whole()).isZero();

            Said said = waiting.join();
            assertThat(said.exitCode()).as(said.whole()).isEqualTo(9);
            assertThat(said.out())
                    .contains(
                            "NOT APPROVED: version v1 ",
                            "reason: ben rejected it: nobody was asked\n",
                            "nothing was changed\nnot notified: SLACK: slack did not take the notice: ",
                            "; hint: look at its status and at this machine's network");
            assertThat(Files.exists(guarded.directory().resolve("shop/releases")))
                    .isFalse();
            seesV0();
        } finally {
            rig.slack.start();
        }
    }

    private static String question() {
        List<String> found = new ArrayList<>();
        Eventually.holds(Duration.ofSeconds(60), "the question is listed", () -> {
            QUESTION.matcher(windlass.run("approvals").out()).results().forEach(id -> found.add(id.group()));
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static Said deploy(Shop shop, String version) {
        return windlass.run("deploy", shop.name, shop.environment, version, "--wait");
    }

    private static void seesOld(Said said, int exitCode, String fact, String hint) throws Exception {
        assertThat(said.err()).contains("error: ", fact, "\nhint: " + hint, "\nsee: runbooks/deploy.md#");
        assertThat(said.exitCode()).as(said.whole()).isEqualTo(exitCode);
        seesV0();
    }

    private static void seesV0() throws Exception {
        assertThat(DeployRig.get(shop.url("/api/version")).body()).contains("\"v0\"");
        assertThat(DeployRig.get(shop.url("/api/health")).statusCode()).isEqualTo(200);
    }
}
