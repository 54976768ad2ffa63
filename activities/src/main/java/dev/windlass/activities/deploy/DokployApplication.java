package dev.windlass.activities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.deploy.DokployOutcome.Failed;
import java.util.Optional;

/**
 * An application as {@code application.one} shows it; the answer also holds the app's secrets, which stay there.
 *
 * @param service the name of its service in Swarm, Dokploy's appName
 * @param source docker, or where Dokploy builds it from
 */
record DokployApplication(String name, String service, String source, String image, HealthCheck healthCheck) {
    enum HealthCheck {
        SET,
        ABSENT
    }

    static DokployApplication of(JsonNode json) {
        return new DokployApplication(
                json.path("name").asText(""),
                json.path("appName").asText(""),
                json.path("sourceType").asText(""),
                json.path("dockerImage").asText(""),
                json.path("healthCheckSwarm").isEmpty() ? HealthCheck.ABSENT : HealthCheck.SET);
    }

    /** Why nothing can be deployed there without a gap, or to the right place. */
    Optional<Failed> unfit(String wanted) {
        if (!service.equals(wanted)) {
            return Optional.of(new Failed(
                    "application " + name + " of Dokploy is the service " + service + ", ops.yml says " + wanted,
                    "correct dokploy.application or service in ops.yml: both stand on the application's page",
                    "another-service"));
        }
        if (!source.equals("docker")) {
            return Optional.of(new Failed(
                    "application " + name + " is built by Dokploy itself (source " + source + "), always as latest",
                    "let the CI build and push the image, and set the application's provider to Docker",
                    "built-by-dokploy"));
        }
        if (healthCheck == HealthCheck.ABSENT) {
            return Optional.of(new Failed(
                    "application " + name
                            + " has no health check of Swarm, so the old container would be stopped before the new one serves",
                    "set one under Advanced, Swarm Settings, Health Check; the image needs the program it calls",
                    "no-health-check"));
        }
        return Optional.empty();
    }
}
