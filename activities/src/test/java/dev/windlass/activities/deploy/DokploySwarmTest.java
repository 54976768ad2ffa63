package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.deploy.DeployOutcome.Deployed;
import dev.windlass.workflows.deploy.DeployOutcome.RolledBack;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole deploys through Dokploy's double to a real Docker Swarm, planned and pulled for real. */
@Tag("integration")
@Timeout(180)
class DokploySwarmTest {
    private static SwarmHost host;

    @TempDir
    Path directory;

    private Shop shop;
    private DokployBench dokploy;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        host = new SwarmHost();
        host.push("v1", "ok");
        host.push("v2", "ok");
        host.push("sick", "unhealthy");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        host.close();
    }

    @BeforeEach
    void serveTheOldVersion() throws IOException, InterruptedException {
        shop = host.shop("v1");
        dokploy = DokployBench.start(
                directory,
                "--service",
                shop.service(),
                "--docker",
                host.socket(),
                "--image",
                host.repository() + ":v1");
    }

    @AfterEach
    void tidy() throws IOException, InterruptedException {
        dokploy.close();
        host.docker("service", "rm", shop.service());
    }

    private DokployRuns begin(String version) throws IOException {
        Operations operations = shop.with(
                "target: docker",
                "target: dokploy\n        dokploy: {url: \"" + dokploy.url()
                        + "\", key: env:DOKPLOY_KEY, application: app-testbed}");
        DokployRuns runs = new DokployRuns(
                new DeployRequest(
                        DokployShop.SHOP,
                        DokployShop.PROD,
                        new Version(version),
                        new Requester("test", Optional.empty())),
                journal -> parts(operations, journal),
                parts -> new DeployPlanningActivitiesImpl(
                        parts,
                        (app, environment, context) -> new SchemaObservation.LeftAlone(),
                        database -> Optional.empty()));
        runs.begin();
        return runs;
    }

    private static DeployParts parts(Operations operations, EffectJournal journal) {
        EnvironmentSecrets secrets = new EnvironmentSecrets(Map.of("DOKPLOY_KEY", "dokploy-testbed"));
        return new DeployParts(
                operations,
                new CommandShell(Launchers.detect(), secrets, new DeployByHand.NoSealedFiles()),
                secrets,
                (request, workflowId) -> Optional.empty(),
                journal,
                Clock.systemUTC());
    }

    private void stopInTheMiddle(DokployRuns runs) throws InterruptedException {
        runs.waitUntil(() -> dokploy.control("/requests").contains("application.deploy"));
        dokploy.stop();
    }

    @Test
    void dokployUpdatesTheServiceAndTheNewVersionServes() throws IOException, InterruptedException {
        try (DokployRuns runs = begin("v2")) {
            assertThat(runs.outcome()).isInstanceOfSatisfying(Deployed.class, deployed -> {
                assertThat(deployed.before().orElseThrow().version().value()).isEqualTo("v1");
                assertThat(deployed.undelivered()).isEmpty();
            });
            assertThat(shop.version()).isEqualTo("v2");
            assertThat(shop.setting())
                    .startsWith(host.repository() + "@sha256:")
                    .endsWith(" completed");
        }
    }

    @Test
    void doneIsNotBelievedWhenSwarmGoesBackAndDokployKeepsTheOldImage() throws IOException, InterruptedException {
        try (DokployRuns runs = begin("sick")) {
            assertThat(runs.outcome())
                    .isInstanceOfSatisfying(
                            RolledBack.class, back -> assertThat(back.reason()).contains("Swarm took the update back"));
            assertThat(shop.version()).isEqualTo("v1");
            assertThat(dokploy.application())
                    .contains("\"dockerImage\":\"" + host.repository() + "@" + shop.digest() + "\"");
        }
    }

    @Test
    void skipFinishesByPlainDockerWhenDokployIsStoppedInTheMiddle() throws IOException, InterruptedException {
        dokploy.control("/queue/pause");
        try (DokployRuns runs = begin("v2")) {
            stopInTheMiddle(runs);
            runs.answer(runs.question(), Verdict.SKIP);
            assertThat(runs.outcome()).isInstanceOf(Deployed.class);
            assertThat(shop.version()).isEqualTo("v2");
        }
    }

    @Test
    void retryFinishesWhenDokployIsBack() throws IOException, InterruptedException {
        dokploy.control("/queue/pause");
        try (DokployRuns runs = begin("v2")) {
            stopInTheMiddle(runs);
            Question question = runs.question();
            dokploy.startAgain(host.repository() + ":v1");
            runs.answer(question, Verdict.RETRY);
            assertThat(runs.outcome()).isInstanceOf(Deployed.class);
            assertThat(shop.version()).isEqualTo("v2");
        }
    }

    @Test
    void abortLeavesTheOldVersionServing() throws IOException, InterruptedException {
        dokploy.control("/queue/pause");
        try (DokployRuns runs = begin("v2")) {
            stopInTheMiddle(runs);
            Question start = runs.question();
            runs.answer(start, Verdict.ABORT);
            Question undo = runs.questionAfter(start);
            dokploy.startAgain(host.repository() + ":v1");
            runs.answer(undo, Verdict.RETRY);
            assertThat(runs.outcome()).isInstanceOf(RolledBack.class);
            assertThat(shop.version()).isEqualTo("v1");
            assertThat(dokploy.application()).contains("@" + shop.digest());
        }
    }

    @Test
    void aServiceThatWasSetByATagIsLeftAsItWasWhenDokployWasNeverAsked() throws IOException, InterruptedException {
        Shop tagged = host.shop("v1", "--no-resolve-image");
        dokploy.somebodyElse(
                "application.update", "{\"applicationId\":\"app-testbed\",\"appName\":\"" + tagged.service() + "\"}");
        host.docker("service", "rm", shop.service());
        shop = tagged;
        dokploy.order("POST .*application.update", 1, "status 401");
        try (DokployRuns runs = begin("v2")) {
            assertThat(runs.outcome())
                    .isInstanceOfSatisfying(
                            RolledBack.class,
                            back -> assertThat(back.reason()).startsWith("Dokploy refuses: HTTP 401"));
            assertThat(runs.questions()).isZero();
            assertThat(shop.setting()).isEqualTo(host.repository() + ":v1");
        }
    }

    @Test
    void aServiceThatWasSetByATagServesAgainWhenSwarmTookTheUpdateBack() throws IOException, InterruptedException {
        Shop tagged = host.shop("v1", "--no-resolve-image");
        dokploy.somebodyElse(
                "application.update", "{\"applicationId\":\"app-testbed\",\"appName\":\"" + tagged.service() + "\"}");
        host.docker("service", "rm", shop.service());
        shop = tagged;
        try (DokployRuns runs = begin("sick")) {
            assertThat(runs.outcome()).isInstanceOf(RolledBack.class);
            assertThat(shop.version()).isEqualTo("v1");
            assertThat(shop.setting()).startsWith(host.repository() + ":v1 ");
        }
    }
}
