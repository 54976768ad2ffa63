package dev.windlass.activities.deploy;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.deploy.PlanOfService;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.runbooks.deploy.ServiceObservation;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Sorted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An app whose service Dokploy updates: Dokploy's double, a recorded Swarm, and the app's own answers. */
final class DokployShop implements AutoCloseable {
    static final AppName SHOP = new AppName("shop");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final Release OLD = new Release(new Version("v1"), DokployBench.OLD.digest());
    /** A tag of digits, which Dokploy would take for a port. */
    static final Release NEW = new Release(new Version("42"), DokployBench.NEW.digest());

    static final DeployRequest REQUEST =
            new DeployRequest(SHOP, PROD, NEW.version(), new Requester("test", Optional.empty()));

    private static final String KEY = "dokploy-testbed";

    final DokployBench dokploy;
    final RecordedSwarm swarm;
    /** Versions that answer 503. */
    final Set<String> ill = ConcurrentHashMap.newKeySet();

    private final HttpServer app;
    private final Operations operations;

    DokployShop(Path directory, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--image", DokployBench.OLD.reference()));
        dokploy = DokployBench.start(directory, all.toArray(String[]::new));
        swarm = new RecordedSwarm(
                new CommandShell(
                        Launchers.detect(), new EnvironmentSecrets(Map.of()), new DeployByHand.NoSealedFiles()),
                DokployBench.OLD.reference(),
                dokploy::swarm);
        swarm.image();
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            String version = swarm.image().endsWith(NEW.content())
                    ? NEW.version().value()
                    : OLD.version().value();
            byte[] words = version.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(ill.contains(version) ? 503 : 200, words.length);
            exchange.getResponseBody().write(words);
            exchange.close();
        });
        app.start();
        operations = operations(directory);
    }

    private Operations operations(Path directory) throws IOException {
        Path file = directory.resolve("ops.yml");
        Files.writeString(file, """
                version: 1
                team: Test
                state: DIR/state
                databases: {shop: {}}
                backup: {recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]}
                apps:
                  shop:
                    environments:
                      prod:
                        target: dokploy
                        dokploy: {url: "DOKPLOY", key: env:DOKPLOY_KEY, application: app-testbed}
                        service: SERVICE
                        image: ghcr.io/acme/shop
                        address: http://127.0.0.1:PORT
                        health: {path: /api/health, version_path: /api/version, successes: 2, interval: 100ms, deadline: 2s}
                        watch: {for: 1s, least_requests: 1}
                """.replace("DIR", directory.toString())
                .replace("\"DOKPLOY\"", "\"" + dokploy.url() + "\"")
                .replace("SERVICE", DokployBench.SERVICE)
                .replace("PORT", String.valueOf(app.getAddress().getPort())));
        OpsFileReading reading = OpsFile.read(file);
        if (reading instanceof OpsFileReading.Refused refused) {
            throw new IllegalStateException(refused.text());
        }
        return ((OpsFileReading.Accepted) reading).operations();
    }

    DeployParts parts(EffectJournal journal) {
        return new DeployParts(
                operations,
                swarm,
                new EnvironmentSecrets(Map.of("DOKPLOY_KEY", KEY)),
                (request, workflowId) -> Optional.empty(),
                journal,
                Clock.systemUTC());
    }

    static DokployPatience.Timing patience() {
        return new DokployPatience.Timing(
                Duration.ofMillis(50), Duration.ofMillis(1500), Duration.ofMillis(500), Duration.ofSeconds(8));
    }

    ServiceLayout layout() {
        try {
            return new ServiceLayout(
                    SHOP, PROD, (ServiceTarget) operations.app(SHOP).environment(PROD), operations.state());
        } catch (UnknownNameException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** As planning would have made it. */
    DeployPlan plan() {
        ServiceObservation seen = new ServiceObservation(
                NEW,
                ServiceObservation.Source.REGISTRY,
                OLD,
                Optional.empty(),
                Duration.ofSeconds(10),
                Optional.empty(),
                Sorted.of());
        Notifications nobody =
                new Notifications(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new DeployPlan(
                new PlanOfService(nobody, layout()).plan(REQUEST, seen),
                NEW,
                Optional.of(OLD),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() throws IOException {
        app.stop(0);
        dokploy.close();
    }
}
