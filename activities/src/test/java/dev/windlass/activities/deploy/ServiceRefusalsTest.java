package dev.windlass.activities.deploy;

import static dev.windlass.activities.deploy.DeployByHand.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.deploy.DeployPlan;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a deploy of a service does not begin, on a real Swarm: the old version serves, and the service is as it was. */
@Tag("integration")
@Timeout(120)
class ServiceRefusalsTest {
    private static SwarmHost host;
    private static Shop shop;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        host = new SwarmHost();
        host.push("v1", "ok");
        host.push("v2", "ok");
        shop = host.shop("v1");
        shop.remember("v1");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        assertThat(shop.lastingVersion()).isEqualTo("v1");
        assertThat(shop.setting()).startsWith(host.repository() + ":v1@sha256:");
        host.close();
    }

    @Test
    void aVersionThatTheRegistryDoesNotHave() throws IOException {
        assertThat(planning(shop.operations(), "v9"))
                .startsWith("the registry has no " + host.repository()
                        + ":v9, and no image of that version is kept on this machine\nhint: it has ")
                .containsPattern("it has \\d versions, among them [a-z0-9, ]+\n")
                .endsWith("\nsee: runbooks/docker.md#no-such-image");
    }

    @Test
    void aServiceThatDockerDoesNotHave() throws IOException {
        assertThat(planning(shop.with("service: " + shop.service(), "service: shop-b"), "v2"))
                .startsWith("docker has no service shop-b\n")
                .endsWith("#no-such-service");
    }

    @Test
    void aDaemonThatDoesNotAnswer() throws IOException {
        assertThat(planning(shop.with("docker_host: unix://" + host.directory, "docker_host: unix:///nowhere"), "v2"))
                .startsWith("docker does not say what service " + shop.service() + " is set to: docker ended with exit")
                .endsWith("#docker-does-not-answer");
    }

    @Test
    void anotherRepositoryThanTheServiceRuns() throws IOException {
        assertThat(planning(shop.with("/acme/shop", "/acme/crm"), "v2"))
                .startsWith("service " + shop.service() + " is set to " + host.repository() + ":v1@sha256:")
                .contains(", and ops.yml names 127.0.0.1:" + host.registryPort + "/acme/crm\n")
                .endsWith("#other-repository");
    }

    @Test
    void anAddressThatLeadsElsewhere() throws IOException, InterruptedException {
        Shop other = host.shop("v2");
        assertThat(planning(shop.with("1:" + shop.port(), "1:" + other.port()), "v2"))
                .startsWith("http://127.0.0.1:" + other.port() + " answers with version v2, and service "
                        + shop.service() + " is set to v1 sha256:")
                .endsWith("#other-version-answers");
    }

    @Test
    void aServiceWithoutAHealthCheck() throws IOException, InterruptedException {
        Shop unchecked = host.shop("v1", "--no-healthcheck");
        try (DeployByHand deploy = new DeployByHand(unchecked.operations())) {
            assertThat(message(() -> deploy.plan("v2")))
                    .startsWith(
                            "neither service " + unchecked.service() + " nor version v2 has a health check, so Swarm")
                    .endsWith("#no-health-check");
        }
    }

    @Test
    void anImageWithoutAHealthCheck() throws IOException, InterruptedException {
        host.pushUnchecked("bare");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("bare");
            deploy.prepare(plan);
            assertThat(message(() -> deploy.start(plan)))
                    .startsWith("neither service " + shop.service() + " nor version bare has a health check, so Swarm");
        }
    }

    @Test
    void anImageThatTheRegistryLosesBeforeItIsPulled() throws IOException, InterruptedException {
        host.push("lost", "ok");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan plan = deploy.plan("lost");
            host.forget(plan.release());

            assertThat(message(() -> deploy.prepare(plan)))
                    .startsWith(host.repository() + "@" + plan.release().content() + " cannot be pulled: docker ended")
                    .endsWith("#cannot-pull");
        }
    }

    @Test
    void aTagThatIsMovedIsAnotherPlan() throws IOException, InterruptedException {
        host.push("moving", "ok");
        try (DeployByHand deploy = new DeployByHand(shop.operations())) {
            DeployPlan approved = deploy.plan("moving");
            assertThat(deploy.plan("moving").plan().digest())
                    .isEqualTo(approved.plan().digest());
            host.push("moving", "ill");

            DeployPlan now = deploy.plan("moving");

            assertThat(now.release().content()).isNotEqualTo(approved.release().content());
            assertThat(now.plan().digest()).isNotEqualTo(approved.plan().digest());
        }
    }

    /** As Dokploy leaves it, and docker service create without the registry. */
    @Test
    void aServiceThatIsSetToATagIsPlannedFromTheDigestThatRuns() throws IOException, InterruptedException {
        Shop tagged = host.shop("v1", "--no-resolve-image");
        assertThat(tagged.setting()).isEqualTo(host.repository() + ":v1");
        try (DeployByHand deploy = new DeployByHand(tagged.operations())) {
            DeployPlan plan = deploy.plan("v2");

            assertThat(plan.before()).isEqualTo(deploy.plan("v2").before());
            assertThat(plan.before().orElseThrow().content()).isEqualTo(shop.digest());
            assertThat(plan.before().map(before -> before.version().value())).isEqualTo(Optional.of("v1"));
            // The tag means another image here from now on, and the containers run the old one.
            host.docker("pull", "--quiet", host.repository() + ":v2");
            host.docker("tag", host.repository() + ":v2", host.repository() + ":v1");
            assertThat(message(() -> deploy.plan("v2")))
                    .startsWith("service " + tagged.service() + " is set to " + host.repository()
                            + ":v1, and nobody can say which digest its containers run\n");
            host.docker("image", "rm", "--force", host.repository() + ":v1", host.repository() + ":v2");
        }
    }

    private static String planning(Operations operations, String version) {
        try (DeployByHand deploy = new DeployByHand(operations)) {
            return message(() -> deploy.plan(version));
        }
    }
}
