package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real nginx and a real supervisord: what a deploy really executes is what its plan says. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealDeployEqualsPlanTest {
    private final ShopHost host;
    private final RealDeploys real;

    RealDeployEqualsPlanTest() throws IOException, InterruptedException {
        host = new ShopHost();
        real = new RealDeploys(host.operations());
        host.build("v1", "ok");
        host.build("v2", "ok");
        host.build("v3", "ok");
        host.build("v4", "unhealthy");
        host.build("v5", "crash");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        real.close();
        host.close();
    }

    @Test
    void everyDeployDoesWhatItsPlanSays() {
        deploy("v1");
        deploy("v2");
        deploy("v3");
        // Its release is still on the disk.
        deploy("v2");

        backFrom("v4");
        backFrom("v5");
        assertThat(host.version()).isEqualTo("v2");
        // A second try finds the release that was unpacked and not kept.
        backFrom("v4");
    }

    @Test
    void planningOnlyLooks() throws IOException {
        deploy("v1");
        List<String> before = host.tree();

        Plan plan = real.plan("v2");

        assertThat(plan.steps()).hasSize(7);
        assertThat(real.planning()).isNotEmpty().allMatch(effect -> effect.access() == Access.READS);
        assertThat(real.effects()).isEmpty();
        assertThat(host.tree()).isEqualTo(before);
        assertThat(host.version()).isEqualTo("v1");
    }

    private void deploy(String version) {
        assertThat(real.deploy(version)).isInstanceOf(DeployOutcome.Deployed.class);
        assertThat(host.version()).isEqualTo(version);
        List<Executed> effects = real.effects();
        assertThat(equality().differences(effects)).isEmpty();
        assertThat(equality().missing(effects)).isEmpty();
        real.forget();
    }

    private void backFrom(String version) {
        assertThat(real.deploy(version)).isInstanceOf(DeployOutcome.RolledBack.class);
        assertThat(equality().differences(real.effects())).isEmpty();
        real.forget();
    }

    private PlanEquality equality() {
        return new PlanEquality(real.latest().plan(), Set.of("old-release"));
    }
}
