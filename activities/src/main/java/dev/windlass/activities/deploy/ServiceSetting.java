package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.kernel.PayloadJson;
import java.time.Duration;
import java.util.Optional;

/**
 * What a service is set to, as docker shows it.
 *
 * @param image the reference, with or without a digest
 * @param check whether the service itself says how its health is looked at; what the image says counts when it does not
 * @param grace between SIGTERM and SIGKILL of an old task
 */
record ServiceSetting(String image, Check check, Duration grace) {
    /** Of Docker, where the service does not say: https://docs.docker.com/reference/cli/docker/service/create/ */
    private static final Duration USUAL_GRACE = Duration.ofSeconds(10);

    enum Check {
        GIVEN,
        /** The service turns the image's check off. */
        NONE,
        LEFT_TO_THE_IMAGE
    }

    static ServiceSetting of(String line) throws JsonProcessingException {
        JsonNode json = PayloadJson.mapper().readTree(line);
        JsonNode grace = json.path("grace");
        return new ServiceSetting(
                json.path("image").asText(),
                check(json.path("health")),
                grace.isNumber() ? Duration.ofNanos(grace.asLong()) : USUAL_GRACE);
    }

    /** Docker's Healthcheck: https://docs.docker.com/reference/api/engine/ */
    static Check check(JsonNode health) {
        JsonNode test = health.path("Test");
        return test.isEmpty()
                ? Check.LEFT_TO_THE_IMAGE
                : test.path(0).asText().equals("NONE") ? Check.NONE : Check.GIVEN;
    }

    Optional<String> digest() {
        int at = image.lastIndexOf("@sha256:");
        return at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1));
    }

    /** Without tag and digest, as docker writes it. */
    String repository() {
        String named = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        return ServiceLayout.asDockerWritesIt(colon < 0 ? named : named.substring(0, colon));
    }

    /** Without registry, repository and digest; empty when there is none. */
    Optional<String> tag() {
        String named = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        String last = named.substring(named.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(last.substring(colon + 1));
    }
}
