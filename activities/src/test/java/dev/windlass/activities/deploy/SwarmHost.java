package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real docker daemon that manages a Swarm, and Debian's registry, both in a directory of their own. Services are on the
 * host's network: the routing mesh needs IPVS, which not every kernel has.
 */
final class SwarmHost implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/resources/swarm");

    final Path directory;
    final int registryPort;
    private final Process daemon;
    private final Process registry;
    private int services;

    SwarmHost() throws IOException, InterruptedException {
        // Short: the path of a socket may have 107 characters, and containerd adds its own.
        directory = Files.createTempDirectory("windlass-swarm");
        registryPort = Ports.free();
        Files.writeString(path("registry.yml"), registryYml());
        registry = start(
                "registry", "docker-registry", "serve", path("registry.yml").toString());
        daemon = start(
                "dockerd",
                "dockerd",
                "--data-root",
                path("data").toString(),
                "--exec-root",
                path("exec").toString(),
                "-H",
                socket(),
                "-p",
                path("docker.pid").toString(),
                "--bridge=none",
                "--iptables=false");
        ShopHost.until(() -> Files.exists(path("docker.sock")));
        // The members of a Swarm talk on a port that cannot be chosen.
        String address = "127.0.0." + (2 + Ports.range());
        docker(
                "swarm",
                "init",
                "--advertise-addr=" + address,
                "--listen-addr=" + address + ":" + Ports.free(),
                "--data-path-addr=" + address);
        Path context = Files.createDirectory(path("shop"));
        Files.copy(SOURCE.resolve("Dockerfile"), context.resolve("Dockerfile"), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder go = new ProcessBuilder(
                        "go", "build", "-o", context.resolve("shop").toString(), "shop.go")
                .directory(SOURCE.toFile());
        // One file without a module, and nothing of this machine in an image that has nothing else.
        go.environment().putAll(Map.of("GO111MODULE", "off", "CGO_ENABLED", "0"));
        output(go);
    }

    private Process start(String name, String... words) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(path(name + ".log").toFile())
                .start();
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    String socket() {
        return "unix://" + path("docker.sock");
    }

    String repository() {
        return "127.0.0.1:" + registryPort + "/acme/shop";
    }

    /**
     * Builds a version, pushes it and removes it here, so that it has to be pulled.
     *
     * @param mode ok, ill (its own check is good, and it answers with 500), unhealthy, or crash
     */
    void push(String version, String mode) throws IOException, InterruptedException {
        push(version, mode, "Dockerfile");
    }

    /** The image says nothing of its health. */
    void pushUnchecked(String version) throws IOException, InterruptedException {
        Path unchecked = path("shop/Unchecked");
        Files.write(
                unchecked,
                Files.readAllLines(SOURCE.resolve("Dockerfile")).stream()
                        .filter(line -> !line.startsWith("HEALTHCHECK"))
                        .toList());
        push(version, "ok", unchecked.getFileName().toString());
    }

    private void push(String version, String mode, String file) throws IOException, InterruptedException {
        String tag = repository() + ":" + version;
        docker(
                "build",
                "--quiet",
                "--file=" + path("shop").resolve(file),
                "--build-arg=VERSION=" + version,
                "--build-arg=MODE=" + mode,
                "--tag=" + tag,
                path("shop").toString());
        docker("push", "--quiet", tag);
        docker("image", "rm", "--force", tag);
    }

    /** A service of its own, on a port of its own, that runs a version by its digest, as docker service create leaves it. */
    Shop shop(String version, String... options) throws IOException, InterruptedException {
        String name = "shop" + ++services;
        int port = Ports.free();
        List<String> words = new ArrayList<>(List.of(
                "service",
                "create",
                "--quiet",
                "--detach",
                "--name=" + name,
                "--network=host",
                "--env=PORT=" + port,
                "--stop-grace-period=5s",
                "--update-monitor=1s",
                "--rollback-monitor=1s"));
        words.addAll(List.of(options));
        words.add(repository() + ":" + version);
        docker(words.toArray(String[]::new));
        Shop shop = new Shop(this, name, port);
        ShopHost.until(() -> shop.version().equals(version));
        return shop;
    }

    /** Each asks itself for its health every second, and that costs the machine more than what is tested. */
    void removeShops() throws IOException, InterruptedException {
        for (String name :
                docker("service", "ls", "--format", "{{.Name}}").lines().toList()) {
            docker("service", "rm", name);
        }
    }

    /** @return what it printed; it has to end well */
    String docker(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all);
        // The builder that needs no plugin.
        builder.environment().putAll(Map.of("DOCKER_HOST", socket(), "DOCKER_BUILDKIT", "0"));
        return output(builder);
    }

    private String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "output", "");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(log).strip();
        assertThat(hasEnded ? process.exitValue() : -1)
                .as(String.join(" ", builder.command()) + ": " + output)
                .isZero();
        return output;
    }

    /** As a run would, without waiting for it. */
    Process run(Command command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.argv())
                .redirectErrorStream(true)
                .redirectOutput(path("command.log").toFile());
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    void pause() throws IOException, InterruptedException {
        ShopHost.run("kill", "-STOP", String.valueOf(daemon.pid()));
    }

    void goOn() throws IOException, InterruptedException {
        ShopHost.run("kill", "-CONT", String.valueOf(daemon.pid()));
    }

    /** Whether a docker command waits for the daemon's answer. */
    static boolean isConnected(Process command) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + command.pid() + "/fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().startsWith("socket:");
                } catch (IOException closed) {
                    return false;
                }
            });
        } catch (IOException gone) {
            return false;
        }
    }

    /** The registry removes the image, as a clean-up of old versions would. */
    void forget(Release release) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + registryPort + "/v2/acme/shop/manifests/" + release.content()))
                    .DELETE()
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    private String registryYml() {
        return """
                version: 0.1
                log: {level: warn}
                storage:
                  filesystem: {rootdirectory: DIR/registry}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:PORT"}
                """.replace("DIR", directory.toString()).replace("PORT", String.valueOf(registryPort));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        docker("swarm", "leave", "--force");
        end(daemon);
        end(registry);
        // The daemon leaves some of them mounted.
        try (Stream<Path> networks = Files.list(path("exec/netns"))) {
            for (Path each : networks.toList()) {
                new ProcessBuilder("umount", each.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
