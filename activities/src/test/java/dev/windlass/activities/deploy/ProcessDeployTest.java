package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.deploy.Web.Answer;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.ReleaseList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys of a process to a real nginx and a real supervisord. */
@Tag("integration")
@Timeout(120)
class ProcessDeployTest {
    private final ShopHost host;
    private final DeployByHand deploy;

    ProcessDeployTest() throws IOException, InterruptedException {
        host = new ShopHost();
        deploy = new DeployByHand(host.operations());
    }

    @BeforeEach
    void build() throws IOException, InterruptedException {
        host.build("v1", "ok");
        host.build("v2", "ok");
    }

    @AfterEach
    void tidy() throws IOException, InterruptedException {
        deploy.close();
        host.close();
    }

    @Test
    void aNewVersionTakesTheTrafficWithoutAFailedRequest() throws IOException, InterruptedException {
        deploy.deploy("v1");
        assertThat(serving()).isEqualTo("v1");
        try (Visitors visitors = new Visitors(host.url("/"), 4)) {
            visitors.until(100);

            DeployPlan plan = deploy.deploy("v2");

            assertThat(plan.before().orElseThrow().version().value()).isEqualTo("v1");
            visitors.until(visitors.count() + 100);
            assertThat(visitors.failures()).isEmpty();
        }
        assertThat(serving()).isEqualTo("v2");
        assertThat(host.supervisor("status"))
                .contains("windlass-shop-prod-green")
                .doesNotContain("windlass-shop-prod-blue");
        ReleaseList releases = deploy.releases();
        assertThat(releases.entries())
                .extracting(entry -> entry.release().version() + " " + entry.state() + " " + entry.where())
                .containsExactly("v2 SERVING green, port " + host.green, "v1 BEFORE ");
        assertThat(releases.entries()).allMatch(entry -> entry.deployed().isPresent());
    }

    @Test
    void aRequestInFlightOnTheOldVersionEndsWell() throws IOException, InterruptedException {
        deploy.deploy("v1");
        DeployPlan plan = deploy.plan("v2");
        DeployByHand.requireHealthy(deploy.begin(plan));
        try (Visitors slow = new Visitors(host.url("/slow"), 1)) {
            slow.untilBegun();
            deploy.turn(plan);
            assertThat(deploy.drain(plan)).startsWith("all connections ended within ");
            slow.until(1);
            assertThat(slow.failures()).isEmpty();
        }
    }

    @Test
    void aConnectionThatStaysIsGivenItsGraceAndThenTold() throws IOException, InterruptedException {
        deploy.deploy("v1");
        DeployPlan plan = deploy.plan("v2");
        DeployByHand.requireHealthy(deploy.begin(plan));
        try (Socket webSocket = new Socket(InetAddress.getLoopbackAddress(), host.blue)) {
            webSocket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            deploy.turn(plan);

            assertThat(deploy.drain(plan).replaceFirst("after \\d+ s", "after some s"))
                    .isEqualTo("1 connection still open after some s: it ends when the old version stops");
            deploy.retire(plan);
        }
        assertThat(serving()).isEqualTo("v2");
    }

    @Test
    void aVersionThatIsUnhealthyIsNeverSwitchedTo() throws IOException, InterruptedException {
        deploy.deploy("v1");
        host.build("v3", "unhealthy");
        host.build("v4", "other-version");
        host.build("v5", "crash");

        // How long it took is the machine's matter.
        assertThat(unhealthy("v3").replaceFirst("after \\d+ s", "after some s"))
                .isEqualTo("http://127.0.0.1:" + host.green
                        + "/api/health: status 503, wanted 200 (after some s; service"
                        + " windlass-shop-prod-green is running, see tail " + host.path("shop/logs/green.log") + ")");
        assertThat(unhealthy("v4"))
                .startsWith("http://127.0.0.1:" + host.green + "/api/version: version other, wanted v4");
        assertThat(unhealthy("v5"))
                .startsWith("http://127.0.0.1:" + host.green + "/api/health: nobody listens there")
                // supervisord starts it again and again; which moment was met is a matter of luck.
                .containsPattern("service windlass-shop-prod-green is (backoff|starting|exited)");
        assertThat(serving()).isEqualTo("v1");
        assertThat(deploy.releases().serving().orElseThrow().version().value()).isEqualTo("v1");
    }

    private String unhealthy(String version) throws IOException, InterruptedException {
        DeployPlan plan = deploy.plan(version);
        HealthReport report = deploy.begin(plan);
        assertThat(serving()).isEqualTo("v1");
        deploy.undo(plan, DeploySteps.START);
        deploy.undo(plan, DeploySteps.START);
        assertThat(host.supervisor("status")).doesNotContain("green");
        DeployByHand.requireHealthy(deploy.serving(plan));
        return ((HealthReport.Unhealthy) report).reason();
    }

    @Test
    void aVersionThatFailsInUseGoesBackAtOnce() throws IOException, InterruptedException {
        deploy.deploy("v1");
        host.build("v3", "errors");
        try (Visitors visitors = new Visitors(host.url("/"), 2)) {
            DeployPlan plan = deploy.plan("v3");
            DeployByHand.requireHealthy(deploy.begin(plan));
            deploy.turn(plan);

            HealthReport report = deploy.watch(plan);

            assertThat(((HealthReport.Unhealthy) report).reason())
                    .matches("[0-9,]+ requests, 9[0-9.]+ % failed, p95 [0-9]+ ms; at most 1.00 % may fail");
            deploy.undo(plan, DeploySteps.SWITCH);
            assertThat(serving()).isEqualTo("v1");
            deploy.undo(plan, DeploySteps.SWITCH);
            deploy.undo(plan, DeploySteps.START);
            assertThat(deploy.serving(plan)).isInstanceOf(HealthReport.Healthy.class);
            visitors.until(visitors.count() + 1);
        }
        assertThat(serving()).isEqualTo("v1");
    }

    @Test
    void aVersionThatIsSlowInUseIsFoundOut() throws IOException, InterruptedException {
        deploy.deploy("v1");
        host.build("v3", "slow");
        try (Visitors visitors = new Visitors(host.url("/"), 4)) {
            DeployPlan plan = deploy.plan("v3");
            DeployByHand.requireHealthy(deploy.begin(plan));
            deploy.turn(plan);

            assertThat(((HealthReport.Unhealthy) deploy.watch(plan)).reason())
                    .matches("[0-9,]+ requests, 0.00 % failed, p95 [0-9,]+ ms; p95 may be at most 200 ms");
            visitors.until(1);
        }
    }

    @Test
    void tooFewRequestsAreJudgedByHealthAlone() throws IOException, InterruptedException {
        DeployPlan plan = deploy.plan("v1");
        DeployByHand.requireHealthy(deploy.begin(plan));
        deploy.turn(plan);

        assertThat(((HealthReport.Healthy) deploy.watch(plan)).words())
                .matches(
                        "[0-9]+ requests?, fewer than the 20 that say something: judged by its health alone, good at the"
                                + " end of [0-9]+ looks");
    }

    @Test
    void everyStepTwiceInARowIsHarmless() throws IOException, InterruptedException {
        deploy.deploy("v1");
        DeployPlan plan = deploy.plan("v2");
        assertThat(deploy.plan("v2").plan().digest()).isEqualTo(plan.plan().digest());
        deploy.prepare(plan);
        deploy.prepare(plan);
        deploy.start(plan);
        String pid = host.supervisor("pid", "windlass-shop-prod-green");
        deploy.start(plan);
        assertThat(host.supervisor("pid", "windlass-shop-prod-green"))
                .isEqualTo(pid)
                .matches("\\d+\n");
        deploy.turn(plan);
        deploy.turn(plan);
        deploy.start(plan);
        assertThat(host.supervisor("pid", "windlass-shop-prod-green")).isEqualTo(pid);
        deploy.drain(plan);
        deploy.drain(plan);
        DeployByHand.requireHealthy(deploy.watch(plan));
        DeployByHand.requireHealthy(deploy.watch(plan));
        deploy.retire(plan);
        ReleaseList once = deploy.releases();
        deploy.retire(plan);
        assertThat(deploy.releases()).isEqualTo(once);
        assertThat(serving()).isEqualTo("v2");
        assertThat(host.supervisor("pid", "windlass-shop-prod-green")).isEqualTo(pid);
    }

    @Test
    void aRollbackTakesTheReleaseThatIsStillThereAndOnlyOldOnesAreRemoved() throws IOException, InterruptedException {
        host.build("v3", "ok");
        deploy.deploy("v1");
        deploy.deploy("v2");
        deploy.deploy("v3");
        assertThat(names()).containsExactly("v2", "v3");
        Files.delete(host.path("artefacts/v2.tar.gz"));

        DeployPlan plan =
                deploy.deploy(deploy.releases().before().orElseThrow().version().value());

        assertThat(plan.plan().step(DeploySteps.PREPARE).title())
                .startsWith("Take v")
                .endsWith(", which is still on the disk");
        assertThat(serving()).isEqualTo("v2");
        assertThat(deploy.releases().before().orElseThrow().version().value()).isEqualTo("v3");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> found = Files.list(host.path("shop/releases"))) {
            return found
                    .filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString().replaceAll("-.*", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void theServiceStartsFromACleanEnvironment() throws IOException, InterruptedException {
        deploy.deploy("v1");

        try (Web web = new Web()) {
            Answer.Given given = (Answer.Given) web.get("http://127.0.0.1:" + host.blue + "/environment");
            assertThat(given.body())
                    .contains("\"GREETING\": \"it's 100 % ;\\\"fine\\\" #1 $HOME\"", "\"APP_VERSION\": \"v1\"")
                    .doesNotContain("WINDLASS", "SUPERVISOR");
        }
        assertThat(Files.readString(Path.of("/proc/"
                        + host.supervisor("pid", "windlass-shop-prod-blue").strip() + "/cmdline")))
                .isEqualTo("/usr/bin/python3\0app.py\0a ;b #c %d 'e' $F\0");
    }

    private String serving() {
        return host.version();
    }
}
