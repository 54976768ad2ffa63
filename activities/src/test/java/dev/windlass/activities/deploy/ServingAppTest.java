package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.config.Target.Nginx;
import dev.windlass.runbooks.config.Target.Ports;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingAppTest {
    private static final AppName SHOP = new AppName("shop");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final String RELEASE = "9b1c0de-4f4f4f4f4f4f";

    @TempDir
    Path directory;

    private HttpServer server;
    private volatile int status = 200;
    private volatile String version = "9b1c0de";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", exchange -> {
            boolean asksForVersion = exchange.getRequestURI().getPath().equals("/version");
            byte[] body = (asksForVersion ? version : "ok").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asksForVersion ? 200 : status, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void isFoundInTheSlotThatNginxPointsAtAndTellsItsVersion() throws IOException {
        serveIn("green");

        ServingApp found = ServingApp.find(operations(), SHOP, PROD).orElseThrow();

        assertThat(found.app()).isEqualTo(new RunningApp(address(), Optional.of("9b1c0de")));
        assertThat(found.words()).isEqualTo("9b1c0de at " + address() + " is healthy");
        status = 500;
        assertThat(found.words())
                .isEqualTo("9b1c0de at " + address() + " is NOT healthy, and has to be when this has ended: "
                        + address() + "/health: status 500, wanted 200");
    }

    @Test
    void whereNothingWasDeployedNothingServes() throws IOException {
        assertThat(ServingApp.find(operations(), SHOP, PROD)).isEmpty();
        Files.writeString(directory.resolve("upstream.conf"), "upstream shop { server 127.0.0.1:1; }");
        assertThat(ServingApp.find(operations(), SHOP, PROD)).isEmpty();
    }

    @Test
    void isHealthyWhenItAnswersWellSeveralTimesInARow() {
        assertThat(waitFor(new RunningApp(address(), Optional.of("9b1c0de"))))
                .isInstanceOfSatisfying(
                        HealthReport.Healthy.class,
                        healthy -> assertThat(healthy.words()).startsWith("2 good answers in a row after "));
    }

    @Test
    void whatAnswersBadlyOrWithAnotherVersionIsNot() {
        status = 503;
        assertThat(reason(new RunningApp(address(), Optional.of("9b1c0de"))))
                .startsWith(address() + "/health: status 503, wanted 200 (after ")
                .endsWith("; version 9b1c0de answered before)");
        status = 200;
        version = "3f2c1ab";
        assertThat(reason(new RunningApp(address(), Optional.of("9b1c0de"))))
                .startsWith(address() + "/version: version 3f2c1ab, wanted 9b1c0de (after ");
        assertThat(waitFor(new RunningApp(address(), Optional.empty())))
                .as("it was ill before, so any version will do")
                .isInstanceOf(HealthReport.Healthy.class);
        server.stop(0);
        assertThat(reason(new RunningApp(address(), Optional.empty())))
                .startsWith(address() + "/health: nobody listens there (after ")
                .endsWith("; it did not say its version before either)");
    }

    private static String reason(RunningApp app) {
        return ((HealthReport.Unhealthy) waitFor(app)).reason();
    }

    private static HealthReport waitFor(RunningApp app) {
        StepId id = StepId.of("health");
        Step step = Step.of(id, "Ask it", HealthCalls.at(app.address(), health()));
        StepContext context =
                new StepContext(new StepToken("workflow", "run", id), progress -> {}, EffectJournal.none());
        return ServingApp.waitUntilHealthy(app, health(), step, context);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Health health() {
        return new Health(
                "/health", 200, Optional.of("ok"), "/version", 2, Duration.ofMillis(20), Duration.ofMillis(900));
    }

    private void serveIn(String slot) throws IOException {
        Path releases = Files.createDirectories(directory.resolve("releases/" + RELEASE));
        Files.writeString(
                releases.resolveSibling(RELEASE + ".json"),
                "{\"version\":\"9b1c0de\",\"content\":\"sha256:" + "4f".repeat(32) + "\"}");
        Files.createSymbolicLink(
                Files.createDirectories(directory.resolve("slots")).resolve(slot), releases);
        Files.writeString(
                directory.resolve("upstream.conf"),
                "upstream shop { server 127.0.0.1:" + server.getAddress().getPort() + "; }");
    }

    private Operations operations() {
        Operations sample = ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml"))).operations();
        ProcessTarget target = (ProcessTarget) sample.app(SHOP).environment(PROD);
        ProcessTarget here = new ProcessTarget(
                target.artefacts(),
                directory.toString(),
                target.command(),
                target.user(),
                target.environment(),
                target.environmentFile(),
                new Ports(2, server.getAddress().getPort()),
                target.supervisor(),
                new Nginx("shop", directory + "/upstream.conf", Optional.empty(), "/dev/null", Optional.empty()),
                health(),
                target.drain(),
                target.watch(),
                target.keepReleases());
        return new Operations(
                sample.team(),
                sample.state(),
                sample.temporal(),
                sample.databases(),
                sample.stores(),
                sample.backup(),
                sample.notifications(),
                Map.of(SHOP, new App(SHOP, Map.of(PROD, here), Map.of(), Map.of())),
                sample.people(),
                sample.approvals());
    }
}
