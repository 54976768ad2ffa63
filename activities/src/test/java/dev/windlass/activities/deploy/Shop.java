package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service of a {@link SwarmHost}. */
record Shop(SwarmHost host, String service, int port) {
    Operations operations() throws IOException {
        return with("", "");
    }

    /** With a word of ops.yml replaced. */
    Operations with(String word, String other) throws IOException {
        Path file = host.path(service + ".yml");
        Files.writeString(file, opsYml().replace(word, other));
        OpsFileReading reading = OpsFile.read(file);
        if (reading instanceof OpsFileReading.Refused refused) {
            throw new IllegalStateException(refused.text());
        }
        return ((OpsFileReading.Accepted) reading).operations();
    }

    /** As if a run had kept what serves now. */
    void remember(String version) throws IOException, InterruptedException {
        Release release = new Release(new Version(version), digest());
        ServiceRecord record = new ServiceRecord(new ReleaseRecord(List.of()), List.of())
                .with(release, Instant.EPOCH, Optional.empty());
        Files.createDirectories(record().getParent());
        Files.writeString(record(), PayloadJson.canonical(record));
    }

    String digest() throws IOException, InterruptedException {
        return setting().replaceFirst(".*@(sha256:[0-9a-f]{64}).*", "$1");
    }

    /** What somebody gets who asks. */
    String version() {
        try (Web web = new Web()) {
            return web.get("http://127.0.0.1:" + port + "/api/version") instanceof Web.Answer.Given given
                    ? given.body()
                    : "nothing";
        }
    }

    /** When old tasks have ended: until then they may answer, too. */
    String lastingVersion() {
        ShopHost.until(() -> {
            try {
                return host.docker("ps", "--quiet", "--filter", "label=com.docker.swarm.service.name=" + service)
                                .lines()
                                .count()
                        == 1;
            } catch (IOException | InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        });
        return version();
    }

    /** What the service is set to, and the state of its last update. */
    String setting() throws IOException, InterruptedException {
        return host.docker(
                "service",
                "inspect",
                "--format",
                "{{.Spec.TaskTemplate.ContainerSpec.Image}} {{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}",
                service);
    }

    /** Grows with each change of the service, of whomever. */
    long index() throws IOException, InterruptedException {
        return Long.parseLong(host.docker("service", "inspect", "--format", "{{.Version.Index}}", service));
    }

    /** Also those that have ended. */
    List<String> tasks(Release release) throws IOException, InterruptedException {
        return host.docker("service", "ps", "--no-trunc", "--format", "{{.ID}} {{.Image}}", service)
                .lines()
                .filter(line -> line.endsWith("@" + release.content()))
                .toList();
    }

    List<String> images() throws IOException, InterruptedException {
        return host.docker("image", "ls", "--digests", "--format", "{{.Digest}}", host.repository())
                .lines()
                .toList();
    }

    Path record() {
        return host.path(service + "-state/releases/shop/prod.json");
    }

    private String opsYml() {
        return """
                version: 1
                team: Test
                state: DIR/SERVICE-state
                databases: {shop: {}}
                backup: {recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]}
                apps:
                  shop:
                    environments:
                      prod:
                        target: docker
                        service: SERVICE
                        image: REPOSITORY
                        docker_host: SOCKET
                        address: http://127.0.0.1:PORT
                        health:
                          path: /api/health
                          body: ok
                          version_path: /api/version
                          successes: 2
                          interval: 100ms
                          deadline: 30s
                        watch: {for: 2s, errors: 1%, p95: 5s, least_requests: 5}
                        keep_releases: 2
                """.replace("DIR", host.directory.toString())
                .replace("SERVICE", service)
                .replace("REPOSITORY", host.repository())
                .replace("SOCKET", host.socket())
                .replace("PORT", String.valueOf(port));
    }
}
