package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.DeployOutcome.RolledBack;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real workflow and the real activities on a real Swarm: what they do is what the plan says, to and fro. */
@Tag("integration")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealServiceDeploysTest {
    private final SwarmHost host;
    private final Shop shop;
    private final RealDeploys real;

    RealServiceDeploysTest() throws IOException, InterruptedException {
        host = new SwarmHost();
        for (String version : new String[] {"v1", "v2", "v3"}) {
            host.push(version, "ok");
        }
        host.push("sick", "unhealthy");
        host.push("crash", "crash");
        host.push("ill", "ill");
        shop = host.shop("v1");
        real = new RealDeploys(shop.operations());
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        real.close();
        host.close();
    }

    @Test
    void everyDeployDoesWhatItsPlanSays() throws IOException, InterruptedException {
        deploy("v2");
        deploy("v3");
        // Its image is still on the machine.
        deploy("v2");

        assertThat(backFrom("sick").reason())
                .startsWith("service " + shop.service() + ": Swarm took the update back (");
        assertThat(backFrom("crash").reason())
                .contains("Swarm took the update back")
                .contains("; its task " + shop.service() + ".1 ended: task: non-zero exit (1)");
        assertThat(backFrom("ill").reason()).contains("/api/health: status 500, wanted 200");
        assertThat(shop.lastingVersion()).isEqualTo("v2");
        assertThat(real.deploy("v2")).isInstanceOf(DeployOutcome.AlreadyServing.class);
    }

    @Test
    void planningOnlyLooks() throws IOException, InterruptedException {
        long index = shop.index();

        Plan plan = real.plan("v2");

        assertThat(plan.steps()).hasSize(7);
        assertThat(real.planning()).isNotEmpty().allMatch(effect -> effect.access() == Access.READS);
        assertThat(real.effects()).isEmpty();
        assertThat(shop.index()).isEqualTo(index);
        assertThat(Files.exists(shop.record())).isFalse();
    }

    private void deploy(String version) {
        assertThat(real.deploy(version)).isInstanceOf(DeployOutcome.Deployed.class);
        assertThat(shop.lastingVersion()).isEqualTo(version);
        assertThat(equality().differences(real.effects())).isEmpty();
        assertThat(equality().missing(real.effects())).isEmpty();
        real.forget();
    }

    private RolledBack backFrom(String version) {
        RolledBack back = (RolledBack) real.deploy(version);
        assertThat(equality().differences(real.effects())).isEmpty();
        assertThat(back.serving().orElseThrow().version().value()).isEqualTo("v2");
        real.forget();
        return back;
    }

    private PlanEquality equality() {
        return new PlanEquality(real.latest().plan(), Set.of("old-release"));
    }
}
