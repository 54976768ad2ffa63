package dev.windlass.testbed.dokploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Callers that take Dokploy for what it is not. */
class DokployRefusalsTest extends DokployFixture {
    @Test
    void refusesAnotherKeyAndABearerToken() {
        var other = send(call("deployment.queueList", "x-api-key", "other").build());
        assertThat(other.statusCode()).isEqualTo(401);
        assertThat(other.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(send(call("deployment.queueList", "Authorization", "Bearer key")
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void tellsItsHealthToEverybody() {
        var health = send(HttpRequest.newBuilder(URI.create(dokploy.url() + "/api/health"))
                .build());
        assertThat(health.body()).isEqualTo("{\"ok\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "application.deploy,'{}',applicationId",
        "application.update,'{\"dockerImage\":\"x\"}',applicationId",
        "application.saveDockerProvider,'{\"applicationId\":\"app-testbed\",\"dockerImage\":\"x\"}',username",
        "application.deploy,'{\"applicationId\":7}',applicationId"
    })
    void refusesAMissingFieldAndNamesIt(String procedure, String body, String field) {
        var answer = post(procedure, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode json = DokployCall.JSON.readTree(answer.body());
        assertThat(json.path("code").asString("")).isEqualTo("BAD_REQUEST");
        assertThat(json.path("issues").get(0).path("path").get(0).asString("")).isEqualTo(field);
        assertThat(queue()).isEmpty();
        assertThat(deployments()).isEmpty();
    }

    @Test
    void takesNullForARequiredFieldThatMayBeNull() {
        assertThat(post(
                                "application.saveDockerProvider",
                                "{" + APP
                                        + ",\"dockerImage\":\"x\",\"username\":null,\"password\":null,\"registryUrl\":null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAMutationByGetAndAnotherApplication() {
        assertThat(get("application.deploy?applicationId=app-testbed").statusCode())
                .isEqualTo(404);
        var answer = get("application.one?applicationId=nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Application not found\",\"code\":\"NOT_FOUND\"}");
        assertThat(post("application.deploy", "[]").statusCode()).isEqualTo(400);
    }

    @Test
    void limitsTheRequestsOfAMinute() throws IOException {
        startAgain("docker", "ghcr.io/acme/shop:old", 2);
        get("deployment.queueList");
        get("deployment.queueList");
        var third = get("deployment.queueList");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElse("")))
                .isBetween(1, 60);
    }
}
