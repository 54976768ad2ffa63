package dev.windlass.activities.deploy;

import static dev.windlass.activities.deploy.DeployByHand.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.deploy.DeployActivities;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployPlanningActivities;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Dokploy keeps silent about, met by the activities of a deploy. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DokployStepsTest {
    private static final String APP = "\"applicationId\":\"app-testbed\"";

    @TempDir
    Path directory;

    private final RecordedEffects effects = new RecordedEffects();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.dataConverter())
                            .build())
                    .build());
    private @Nullable DokployShop shop;

    private DokployShop start(String... options) throws IOException, InterruptedException {
        DokployShop started = new DokployShop(directory, options);
        shop = started;
        DeployParts parts = started.parts(effects);
        temporal.registerActivitiesImplementations(
                new DeployActivitiesImpl(parts, DokployShop.patience()),
                new DeployPlanningActivitiesImpl(
                        parts,
                        (app, environment, context) -> new SchemaObservation.LeftAlone(),
                        database -> Optional.empty()));
        return started;
    }

    @AfterEach
    void stop() throws IOException {
        temporal.close();
        if (shop != null) {
            shop.close();
        }
    }

    private DeployActivities activities() {
        return temporal.newActivityStub(DeployActivities.class);
    }

    private static DeployOrder order(DokployShop shop, StepId step) {
        DeployPlan plan = shop.plan();
        return new DeployOrder(
                plan.plan().step(step),
                DokployShop.SHOP,
                DokployShop.PROD,
                plan.release(),
                plan.before(),
                plan.applied());
    }

    private void start(DokployShop shop) {
        activities().start(order(shop, DeploySteps.START));
    }

    private HealthReport health(DokployShop shop) {
        return activities().checkHealth(order(shop, DeploySteps.HEALTH));
    }

    private void undo(DokployShop shop) {
        activities().undo(order(shop, DeploySteps.START));
    }

    /** As Dokploy's own log of requests has it. */
    private static long asked(DokployShop shop, String procedure) {
        return shop.dokploy
                .control("/requests")
                .lines()
                .filter(line -> line.contains("/api/" + procedure))
                .count();
    }

    @Test
    void findsItsDeploymentByATitleOfThisRunThoughNothingIsAnswered() throws Exception {
        DokployShop shop = start();
        start(shop);
        assertThat(health(shop)).isInstanceOf(HealthReport.Healthy.class);
        assertThat(effects.all().toString()).containsPattern("\"title\":\"run:[^/\"]+/[^/\"]+\"");
        assertThat(asked(shop, "application.deploy")).isEqualTo(1);
    }

    @Test
    void setsTheImageByDigestSoThatATagOfDigitsIsNoPort() throws Exception {
        DokployShop shop = start();
        start(shop);
        assertThat(shop.dokploy.application())
                .contains("\"dockerImage\":\"ghcr.io/acme/shop@" + DokployShop.NEW.content() + "\"");
        assertThat(shop.swarm.image()).isEqualTo("ghcr.io/acme/shop@" + DokployShop.NEW.content());
    }

    @Test
    void doneIsNotHealthyWhenSwarmTakesItBack() throws Exception {
        DokployShop shop = start();
        shop.dokploy.control("/swarm/rolls-back");
        start(shop);
        assertThat(health(shop))
                .isEqualTo(new HealthReport.Unhealthy("service shop-api-x1y2z3: Swarm took the update back (rollback"
                        + " completed), the service is set to " + DokployBench.OLD.reference()));
    }

    @Test
    void anUpdateThatComesToNoEndIsNotHealthy() throws Exception {
        DokployShop shop = start();
        shop.dokploy.control("/swarm/stays");
        start(shop);
        assertThat(health(shop))
                .isInstanceOfSatisfying(
                        HealthReport.Unhealthy.class,
                        unhealthy -> assertThat(unhealthy.reason())
                                .startsWith("service shop-api-x1y2z3 does not run 42 after ")
                                .endsWith(": Swarm: updating (updating)"));
    }

    @Test
    void asksAgainWhenARestartForgotTheQueue() throws Exception {
        DokployShop shop = start();
        shop.dokploy.control("/queue/pause");
        CompletableFuture<Void> started = CompletableFuture.runAsync(() -> start(shop));
        ShopHost.until(() -> asked(shop, "application.deploy") == 1);
        shop.dokploy.control("/restart");
        shop.dokploy.control("/queue/resume");
        started.join();
        assertThat(health(shop)).isInstanceOf(HealthReport.Healthy.class);
        assertThat(asked(shop, "application.deploy")).isEqualTo(2);
    }

    @Test
    void neverCallsTheWebhookNorDokploysOwnRollback() throws Exception {
        DokployShop shop = start();
        start(shop);
        undo(shop);
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());
        assertThat(asked(shop, "application.deploy")).isEqualTo(2);
        assertThat(asked(shop, "deploy/")).isZero();
        assertThat(asked(shop, "rollback.")).isZero();
    }

    @Test
    void refusesAnApplicationThatDokployBuildsAlreadyInThePlan() throws Exception {
        DokployShop shop = start("--source", "git");
        String refusal = """
                application shop is built by Dokploy itself (source git), always as latest
                hint: let the CI build and push the image, and set the application's provider to Docker
                see: runbooks/dokploy.md#built-by-dokploy""";
        assertThat(message(() -> plan())).isEqualTo(refusal);
        assertThat(message(() -> start(shop))).isEqualTo(refusal);
        assertThat(asked(shop, "application.deploy")).isZero();
    }

    @Test
    void refusesAnApplicationWithoutAHealthCheckAlreadyInThePlan() throws Exception {
        DokployShop shop = start();
        shop.dokploy.somebodyElse("application.update", "{" + APP + ",\"healthCheckSwarm\":null}");
        String refusal = """
                application shop has no health check of Swarm, so the old container would be stopped before the new one serves
                hint: set one under Advanced, Swarm Settings, Health Check; the image needs the program it calls
                see: runbooks/dokploy.md#no-health-check""";
        assertThat(message(() -> plan())).isEqualTo(refusal);
        assertThat(message(() -> start(shop))).isEqualTo(refusal);
        assertThat(asked(shop, "application.deploy")).isZero();
    }

    @Test
    void refusesAnApplicationThatIsAnotherServiceAlreadyInThePlan() throws Exception {
        DokployShop shop = start();
        shop.dokploy.somebodyElse("application.update", "{" + APP + ",\"appName\":\"shop-web-q1w2e3\"}");
        String refusal = """
                application shop of Dokploy is the service shop-web-q1w2e3, ops.yml says shop-api-x1y2z3
                hint: correct dokploy.application or service in ops.yml: both stand on the application's page
                see: runbooks/dokploy.md#another-service""";
        assertThat(message(() -> plan())).isEqualTo(refusal);
        assertThat(message(() -> start(shop))).isEqualTo(refusal);
    }

    @Test
    void aRefusedKeyIsToldInThePlan() throws Exception {
        DokployShop shop = start();
        shop.dokploy.order("GET .*application.one", 1, "status 401");
        assertThat(message(() -> plan()))
                .startsWith("Dokploy refuses: HTTP 401, ")
                .endsWith("see: runbooks/dokploy.md#refused");
    }

    @Test
    void aPlanIsMadeThoughDokployIsAway() throws Exception {
        DokployShop shop = start();
        shop.dokploy.order(".*", 0, "status 502");
        StepToken token = new StepToken("plan", "1", StepId.of("plan"));
        DokployObserving look = new DokployObserving(
                reference -> "dokploy-testbed", new StepContext(token, progress -> {}, (step, effect) -> {}));
        Update.Dokploy target =
                new Update.Dokploy(shop.dokploy.url(), new SecretReference("env:DOKPLOY_KEY"), "app-testbed");
        assertThat(look.look(target, DokployBench.SERVICE))
                .isEqualTo("does not answer (HTTP 502): the run will ask it again, and then you");
        shop.dokploy.mend();
        assertThat(look.look(target, DokployBench.SERVICE))
                .isEqualTo("application shop, set to " + DokployBench.OLD.reference());
    }

    @Test
    void saysThatDokployHidesWhyAnUpdateFailed() throws Exception {
        DokployShop shop = start();
        shop.dokploy.control("/swarm/refuses");
        assertThat(message(() -> start(shop)))
                .startsWith("deployment deployment000001 of Dokploy ended as error: (HTTP code 409)")
                .contains("\nhint: Dokploy hides why the update failed: ")
                .endsWith("see: runbooks/dokploy.md#deployment-failed");
    }

    @Test
    void waitsOutARateLimitAndALostAnswer() throws Exception {
        DokployShop shop = start();
        shop.dokploy.order("POST .*application.update", 1, "status 429");
        shop.dokploy.order("POST .*application.deploy", 1, "drop-answer");
        start(shop);
        assertThat(asked(shop, "application.deploy")).isEqualTo(1);
        assertThat(asked(shop, "application.update")).isEqualTo(2);
    }

    @Test
    void aServiceThatSomebodyElseUpdatedIsLeftAloneOnTheWayThereAndBack() throws Exception {
        DokployShop shop = start();
        shop.swarm.set("ghcr.io/acme/shop@sha256:" + "c".repeat(64));
        assertThat(message(() -> start(shop))).endsWith("see: runbooks/docker.md#service-set-to-other");
        assertThat(message(() -> undo(shop))).startsWith("service shop-api-x1y2z3 does not run v1 again: ");
        assertThat(shop.swarm.image()).endsWith("c".repeat(64));
        assertThat(asked(shop, "application.deploy")).isZero();
        assertThat(asked(shop, "application.update")).isZero();
    }

    @Test
    void theWayBackIsHarmlessWhereDokployWasNeverAsked() throws Exception {
        DokployShop shop = start();
        undo(shop);
        assertThat(asked(shop, "application.deploy")).isZero();
        assertThat(asked(shop, "application.update")).isZero();
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());
    }

    @Test
    void plainDockerDoesItWithoutDokploy() throws Exception {
        DokployShop shop = start();
        shop.dokploy.stop();
        assertThat(message(() -> start(shop))).endsWith("see: runbooks/dokploy.md#unreachable");
        activities().start(order(shop, DeploySteps.START_BY_DOCKER));
        assertThat(health(shop)).isInstanceOf(HealthReport.Healthy.class);
        activities().undo(order(shop, DeploySteps.START_BY_DOCKER));
        assertThat(shop.swarm.image()).isEqualTo(DokployBench.OLD.reference());
    }

    private void plan() {
        temporal.newActivityStub(DeployPlanningActivities.class).planDeploy(DokployShop.REQUEST);
    }
}
