package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.PlainDouble;
import dev.windlass.testbed.control.Ready;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code testbed dokploy …}. */
public final class DokployCommand {
    public static final String HELP = """
            dokploy: one application of Dokploy 0.30.2 and the Swarm behind it; clients use the printed address + /api/
              --data DIR               application, deployments and request log; survives kill -9, the queue does not (required)
              --port N, --control-port N, --ready-file FILE   as for r2; plain HTTP
              --application ID         default app-testbed
              --source docker|git      where its image comes from (default docker)
              --image NAME             what it runs at first (default ghcr.io/acme/shop:old)
              --service NAME           the name of its service in Swarm, appName (default shop-api-x1y2z3)
              --docker unix://SOCKET   a daemon whose Swarm has that service; /swarm… of the control port says nothing of it
                                       (default: a made-up Swarm)
              --build-millis N         how long a deploy takes (default 100)
              --per-minute N           requests in a minute, then 429 (default 0: no limit)
              The key comes from TESTBED_DOKPLOY_KEY (default dokploy-testbed), the webhook's token from
              TESTBED_DOKPLOY_TOKEN (testbed-token).
              GET on the control port: /restart, /queue/pause, /queue/resume, /builds/fail (the next one);
              /swarm and /swarm/tasks (as docker prints them); /swarm/rolls-back, /swarm/stays, /swarm/completes (from the next
              update on), /swarm/refuses (the next update).
            """;
    private static final Set<String> OPTIONS = Set.of(
            "data",
            "port",
            "control-port",
            "ready-file",
            "application",
            "source",
            "image",
            "service",
            "docker",
            "build-millis",
            "per-minute");

    private DokployCommand() {}

    public static void run(List<String> arguments) throws IOException {
        Options options = Options.parse(arguments, OPTIONS);
        String source = options.one("source").orElse("docker");
        if (!Set.of("docker", "git").contains(source)) {
            throw new IllegalArgumentException("option --source is docker or git, not " + source);
        }
        PlainDouble dokploy = DokployDouble.start(new DokployDouble.Settings(
                options.required("data"),
                options.port("port"),
                options.port("control-port"),
                System.getenv().getOrDefault("TESTBED_DOKPLOY_KEY", "dokploy-testbed"),
                System.getenv().getOrDefault("TESTBED_DOKPLOY_TOKEN", "testbed-token"),
                options.one("application").orElse("app-testbed"),
                source,
                options.one("image").orElse("ghcr.io/acme/shop:old"),
                options.one("service").orElse("shop-api-x1y2z3"),
                options.one("docker"),
                Duration.ofMillis(options.number("build-millis", 100)),
                options.number("per-minute", 0)));
        Ready.announce(Map.of("dokploy", dokploy.url(), "control", dokploy.controlUrl()), options.path("ready-file"));
    }
}
