package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How an app runs in one environment. */
public sealed interface Target {
    /**
     * A supervised process behind nginx on the worker's machine, in two slots called blue and green.
     *
     * @param artefacts the directory that holds {@code VERSION.tar.gz}; absolute
     * @param directory of {@code releases/} and {@code slots/}; absolute
     * @param command run inside the release
     * @param user the system user it runs as
     * @param environment in clear text; {@code PORT} and {@code APP_VERSION} are set by Windlass
     * @param environmentFile of systemd; read by systemd itself, never by Windlass
     * @param keepReleases how many stay on the disk, the serving one and the one before included
     */
    record ProcessTarget(
            String artefacts,
            String directory,
            List<String> command,
            String user,
            SortedMap<String, String> environment,
            Optional<String> environmentFile,
            Ports ports,
            Supervisor supervisor,
            Nginx nginx,
            Health health,
            Drain drain,
            Watch watch,
            int keepReleases)
            implements Target {
        public ProcessTarget {
            command = List.copyOf(command);
            environment = Sorted.copyOf(environment);
        }

        public String releaseList() {
            return directory + "/releases.json";
        }
    }

    /**
     * A service of the Docker Swarm that the worker's machine manages. The service is made by others; a deploy gives it
     * another image.
     *
     * @param update how it is given another image
     * @param service its name; under Dokploy the application's appName
     * @param image the repository without tag and digest, with the host of its registry: {@code ghcr.io/acme/shop}
     * @param registry for asking the registry what a version is; docker has a login of its own for pulling
     * @param dockerHost for DOCKER_HOST; empty means the docker of this machine
     * @param address the base URL at which the app answers, through whatever proxy stands in front, without / at the end
     * @param accessLog of that proxy, in the format of ops.example.yml
     * @param keepReleases how many images stay on the machine, the serving one and the one before included
     */
    record ServiceTarget(
            Update update,
            String service,
            String image,
            Optional<RegistryLogin> registry,
            Optional<String> dockerHost,
            String address,
            Health health,
            Watch watch,
            Optional<String> accessLog,
            int keepReleases)
            implements Target {
        /** The directory of an app's lists. */
        public static String releaseLists(String state, AppName app) {
            return state + "/releases/" + app;
        }

        public static String releaseList(String state, AppName app, EnvironmentName environment) {
            return releaseLists(state, app) + "/" + environment + ".json";
        }
    }

    /** Who gives a service another image. */
    sealed interface Update {
        /** Windlass itself, by {@code docker service update}. */
        record Docker() implements Update {}

        /**
         * @param url of Dokploy, without /api and without / at the end
         * @param application its id
         */
        record Dokploy(String url, SecretReference key, String application) implements Update {}
    }

    /** @param secret a password, or a token that can read packages */
    record RegistryLogin(String user, SecretReference secret) {}

    /** On 127.0.0.1. */
    record Ports(int blue, int green) {}

    /** What keeps the process running. */
    sealed interface Supervisor {
        record Systemd() implements Supervisor {}

        /**
         * @param config the file that supervisord was started with
         * @param programs a directory whose {@code *.conf} that file includes
         */
        record Supervisord(String config, String programs) implements Supervisor {}
    }

    /**
     * @param upstream the name in {@code proxy_pass http://NAME}
     * @param upstreamFile included by nginx, written by Windlass
     * @param config for {@code nginx -c}; empty means the one nginx was built with
     * @param log written with the log_format of ops.example.yml
     * @param check a URL that reaches the app through nginx and answers with its version
     */
    record Nginx(String upstream, String upstreamFile, Optional<String> config, String log, Optional<String> check) {}

    /**
     * @param path asked for at the slot's own port, or at the service's address; as is {@code versionPath}
     * @param body text that must be in the answer
     * @param versionPath answers with the version, alone or as the member {@code version} of a JSON object
     * @param successes in a row
     */
    record Health(
            String path,
            int status,
            Optional<String> body,
            String versionPath,
            int successes,
            Duration interval,
            Duration deadline) {}

    /**
     * @param requests how long a request in flight may take
     * @param webSockets how much longer a connection may stay that is still open then
     */
    record Drain(Duration requests, Duration webSockets) {}

    /**
     * @param errors the share of answers with status 5xx that is borne, from 0 to 1
     * @param leastRequests fewer say nothing: then health alone decides
     */
    record Watch(Duration time, double errors, Duration p95, int leastRequests) {}
}
