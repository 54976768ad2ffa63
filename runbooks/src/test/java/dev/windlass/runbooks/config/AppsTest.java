package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.RegistryLogin;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppsTest {
    private final Operations operations =
            ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml"))).operations();
    private final App shop = operations.app(new AppName("shop"));

    @Test
    void whatIsLeftOutHasTheValuesThatTheExampleSpellsOut() {
        ProcessTarget prod = (ProcessTarget) shop.environment(new EnvironmentName("prod"));
        ProcessTarget staging = (ProcessTarget) shop.environment(new EnvironmentName("staging"));

        assertThat(staging.drain()).isEqualTo(prod.drain());
        assertThat(staging.watch()).isEqualTo(prod.watch());
        assertThat(staging.keepReleases()).isEqualTo(prod.keepReleases());
        assertThat(staging.health().deadline()).isEqualTo(prod.health().deadline());
        assertThat(staging.health().body()).isEqualTo(Optional.empty());
        assertThat(prod.watch().errors()).isEqualTo(0.01);
        assertThat(prod.watch().p95()).isEqualTo(Duration.ofMillis(500));
        assertThat(prod.supervisor()).isEqualTo(new Supervisor.Systemd());
        assertThat(staging.supervisor())
                .isEqualTo(new Supervisor.Supervisord("/etc/supervisor/supervisord.conf", "/etc/supervisor/conf.d"));
    }

    @Test
    void aServiceIsGivenItsImageByDockerOrByDokploy() {
        App crm = operations.app(new AppName("crm"));
        ServiceTarget prod = (ServiceTarget) crm.environment(new EnvironmentName("prod"));
        ServiceTarget staging = (ServiceTarget) crm.environment(new EnvironmentName("staging"));

        assertThat(prod.update()).isEqualTo(new Update.Docker());
        assertThat(prod.image()).isEqualTo("ghcr.io/example/crm");
        assertThat(prod.registry())
                .hasValue(new RegistryLogin("example-bot", new SecretReference("env:REGISTRY_TOKEN")));
        assertThat(prod.dockerHost()).hasValue("unix:///var/run/docker.sock");
        assertThat(prod.address()).isEqualTo("https://crm.example.com");
        assertThat(staging.update())
                .isEqualTo(new Update.Dokploy(
                        "https://dokploy.example.com",
                        new SecretReference("env:DOKPLOY_KEY"),
                        "b7XkQ2mZ9rT4vN1cW8sLp"));
        assertThat(staging.registry()).isEmpty();
        assertThat(staging.dockerHost()).isEmpty();
        assertThat(staging.accessLog()).isEmpty();
        assertThat(staging.watch()).isEqualTo(prod.watch());
        assertThat(staging.keepReleases()).isEqualTo(prod.keepReleases());
    }

    @Test
    void aNameThatIsNotThereIsToldWithTheOneThatMayBeMeant() {
        assertThatThrownBy(() -> operations.app(new AppName("shp")))
                .hasMessage("ops.yml has no app \"shp\"; it has crm, shop")
                .extracting(thrown -> ((UnknownNameException) thrown).hint())
                .isEqualTo("did you mean \"shop\"?");
        assertThatThrownBy(() -> shop.environment(new EnvironmentName("production")))
                .hasMessage("ops.yml has no environment \"production\"; it has prod, staging")
                .extracting(thrown -> ((UnknownNameException) thrown).hint())
                .isEqualTo("did you mean \"prod\"?");
    }
}
