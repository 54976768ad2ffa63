package dev.windlass.activities.deploy;

import static dev.windlass.activities.deploy.DeployByHand.message;
import static dev.windlass.activities.deploy.DeployByHand.requireHealthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.HealthReport.Unhealthy;
import dev.windlass.workflows.kernel.Effect.Command;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys of a service of a real Docker Swarm, with images pulled from a real registry. */
@Tag("integration")
@Timeout(120)
class ServiceDeployTest {
    private static SwarmHost host;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        host = new SwarmHost();
        host.push("v1", "ok");
        host.push("v2", "ok");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        host.close();
    }

    @AfterEach
    void removeShops() throws IOException, InterruptedException {
        host.removeShops();
    }

    @Test
    void aNewVersionIsPulledByItsDigestAndServes() throws IOException, InterruptedException {
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.deploy("v2");

            assertThat(shop.lastingVersion()).isEqualTo("v2");
            assertThat(plan.before().orElseThrow().version().value()).isEqualTo("v1");
            assertThat(shop.setting())
                    .isEqualTo(host.repository() + "@" + plan.release().content() + " completed");
            assertThat(deploy.releases().entries())
                    .extracting(entry -> entry.release().version() + " " + entry.state() + " " + entry.where())
                    .containsExactly("v2 SERVING service " + shop.service() + ", 1 running");
            assertThat(deploy.plan("v2").before()).hasValue(plan.release());
        }
    }

    @Test
    void whatSwarmTakesBackInSilenceIsFoundAndNothingIsUpdatedAgain() throws IOException, InterruptedException {
        host.push("sick", "unhealthy");
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("sick");

            assertThat(((Unhealthy) deploy.begin(plan)).reason())
                    .startsWith("service " + shop.service() + ": Swarm took the update back (")
                    .contains(", the service is set to " + host.repository() + ":v1@sha256:");

            deploy.undo(plan, DeploySteps.START);
            assertThat(shop.setting())
                    .isEqualTo(host.repository() + ":v1@"
                            + plan.before().orElseThrow().content() + " rollback_completed");
            long index = shop.index();
            deploy.undo(plan, DeploySteps.START);
            assertThat(shop.index()).isEqualTo(index);
            requireHealthy(deploy.serving(plan));
            assertThat(shop.lastingVersion()).isEqualTo("v1");
        }
    }

    @Test
    void whatSwarmKeepsAndIsNotHealthyIsUpdatedBack() throws IOException, InterruptedException {
        host.push("ill", "ill");
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("ill");

            assertThat(((Unhealthy) deploy.begin(plan)).reason())
                    .startsWith("http://127.0.0.1:" + shop.port() + "/api/health: status 500, wanted 200 (after ")
                    .contains("1 of 1 tasks run " + host.repository() + "@"
                            + plan.release().content());

            deploy.undo(plan, DeploySteps.START);
            assertThat(shop.setting())
                    .isEqualTo(host.repository() + "@"
                            + plan.before().orElseThrow().content() + " completed");
            requireHealthy(deploy.serving(plan));
            assertThat(shop.lastingVersion()).isEqualTo("v1");
        }
    }

    @Test
    void aStepThatIsDoneTwiceUpdatesOnce() throws IOException, InterruptedException {
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("v2");
            deploy.prepare(plan);
            deploy.prepare(plan);
            deploy.start(plan);
            deploy.start(plan);
            requireHealthy(deploy.begin(plan));
            deploy.start(plan);

            assertThat(deploy.effects)
                    .filteredOn(effect -> effect.contains("--image="))
                    .hasSize(1);
            assertThat(shop.tasks(plan.release())).hasSize(1);
            deploy.drain(plan);
            requireHealthy(deploy.watch(plan));
            deploy.retire(plan);
            List<String> images = shop.images();
            deploy.retire(plan);
            assertThat(shop.images()).isEqualTo(images);
        }
    }

    /** The daemon is stopped, so that the command waits in the middle of what it asks for when it is killed. */
    @Test
    void anUpdateThatWasKilledIsAskedForAgainAndLeavesOneNewTask() throws IOException, InterruptedException {
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("v2");
            deploy.prepare(plan);
            host.pause();
            Process update =
                    host.run(plan.plan().step(DeploySteps.START).commands().getLast());
            ShopHost.until(() -> SwarmHost.isConnected(update));
            update.destroyForcibly().waitFor();
            host.goOn();

            requireHealthy(deploy.begin(plan));

            assertThat(shop.lastingVersion()).isEqualTo("v2");
            assertThat(shop.tasks(plan.release())).hasSize(1);
        }
    }

    @Test
    void anUpdateBySomebodyElseIsNotOverwritten() throws IOException, InterruptedException {
        host.push("other", "ok");
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("v2");
            deploy.prepare(plan);
            host.docker("service", "update", "--detach", "--image=" + host.repository() + ":other", shop.service());

            assertThat(message(() -> deploy.start(plan)))
                    .startsWith("service " + shop.service() + " is set to " + host.repository() + ":other@sha256:")
                    .endsWith("\nhint: somebody has updated it meanwhile: deploy again"
                            + "\nsee: runbooks/docker.md#service-set-to-other");
        }
    }

    @Test
    void anUpdateBySomebodyElseEndsTheWatch() throws IOException, InterruptedException {
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("v2");
            requireHealthy(deploy.begin(plan));
            host.docker("service", "update", "--detach", "--image=" + host.repository() + ":v1", shop.service());

            HealthReport report = deploy.watch(plan);

            assertThat(((Unhealthy) report).reason())
                    .containsAnyOf(
                            "the service is set to " + host.repository() + ":v1@sha256:", "version v1, wanted v2");
        }
    }

    @Test
    void aRollbackTakesTheImageThatWasKeptAlthoughTheRegistryHasLostIt() throws IOException, InterruptedException {
        for (String version : List.of("r1", "r2", "r3")) {
            host.push(version, "ok");
        }
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan first = deploy.deploy("r1");
            DeployPlan second = deploy.deploy("r2");
            DeployPlan third = deploy.deploy("r3");
            // Two are kept; of what this environment has not brought here nothing is removed.
            assertThat(shop.images())
                    .contains(second.release().content(), third.release().content())
                    .doesNotContain(first.release().content());
            assertThat(deploy.releases().before()).hasValue(second.release());
            host.forget(second.release());

            DeployPlan back = deploy.deploy("r2");

            assertThat(back.release()).isEqualTo(second.release());
            assertThat(back.plan().shown())
                    .containsEntry(
                            "registry",
                            "does not know this version, so the image that was kept on this machine is taken");
            assertThat(shop.lastingVersion()).isEqualTo("r2");
            assertThat(deploy.releases().entries())
                    .extracting(entry -> entry.release().version() + " " + entry.state())
                    .containsExactly("r2 SERVING", "r3 BEFORE");
        }
    }

    @Test
    void aWayBackThatWasKilledIsTakenAgain() throws IOException, InterruptedException {
        host.push("bad", "ill");
        Shop shop = host.shop("v1");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("bad");
            deploy.prepare(plan);
            deploy.start(plan);
            // In the middle of Swarm's own update, too.
            host.pause();
            Process update = host.run(
                    (Command) plan.plan().step(DeploySteps.START).undo().getLast());
            ShopHost.until(() -> SwarmHost.isConnected(update));
            update.destroyForcibly().waitFor();
            host.goOn();

            deploy.undo(plan, DeploySteps.START);

            requireHealthy(deploy.serving(plan));
            assertThat(shop.lastingVersion()).isEqualTo("v1");
            assertThat(shop.digest()).isEqualTo(plan.before().orElseThrow().content());
        }
    }
}
