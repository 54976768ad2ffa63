package dev.windlass.testbed.dokploy;

import java.io.IOException;
import java.util.Optional;

/**
 * A real Swarm behind Dokploy, on the docker daemon at a socket. As Dokploy does it, with force and start-first
 * (packages/server/src/utils/builders/index.ts and utils/docker/utils.ts), and without waiting for what Swarm makes of it.
 */
record DockerSwarm(String host) {
    /** @return what Dokploy reports when that fails: not why, but that the service it then creates exists */
    Optional<String> update(String service, String image) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                "docker",
                "service",
                "update",
                "--detach",
                "--quiet",
                "--no-resolve-image",
                "--force",
                "--update-order=start-first",
                "--update-failure-action=rollback",
                "--image=" + image,
                "--",
                service);
        command.environment().put("DOCKER_HOST", host);
        Process process = command.redirectErrorStream(true).start();
        process.getInputStream().transferTo(System.err);
        return process.waitFor() == 0
                ? Optional.empty()
                : Optional.of(
                        "(HTTP code 409) unexpected - rpc error: code = AlreadyExists desc = name conflicts with an"
                                + " existing object: service " + service + " already exists");
    }
}
