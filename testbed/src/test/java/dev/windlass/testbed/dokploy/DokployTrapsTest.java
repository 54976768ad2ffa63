package dev.windlass.testbed.dokploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Dokploy keeps silent about, and a caller that believes it would miss. */
class DokployTrapsTest extends DokployFixture {
    @Test
    void aDeployAnswersNothingAndOnlyQueues() {
        control("/queue/pause");
        var answer = post("application.deploy", "{" + APP + ",\"title\":\"run:1\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(deployments()).isEmpty();
        assertThat(queue().get(0).path("data").path("titleLog").asString("")).isEqualTo("run:1");
    }

    @Test
    void aRestartForgetsWhatWasQueued() {
        control("/queue/pause");
        post("application.deploy", "{" + APP + ",\"title\":\"run:1\"}");
        control("/restart");
        control("/queue/resume");
        assertThat(queue()).isEmpty();
        assertThat(deployments()).isEmpty();
    }

    @Test
    void theTitleStaysForADockerImageAndIsReplacedForAGitSource() throws IOException {
        assertThat(deployAndWait("run:1").path("title").asString("")).isEqualTo("run:1");
        startAgain("git", "shop:latest", 0);
        JsonNode row = deployAndWait("run:1");
        assertThat(row.path("title").asString("")).isEqualTo("Fix the basket");
        assertThat(control("/swarm")).contains("\"image\":\"shop-api-x1y2z3:latest\"");
    }

    @Test
    void doneIsSaidThoughTheSwarmRollsBack() {
        control("/swarm/rolls-back");
        post("application.update", "{" + APP + ",\"dockerImage\":\"ghcr.io/acme/shop:new\"}");
        assertThat(deployAndWait("run:1").path("status").asString("")).isEqualTo("done");
        assertThat(control("/swarm")).contains("rollback_completed").contains("ghcr.io/acme/shop:old");
    }

    @Test
    void aRefusedUpdateIsReportedAsAServiceThatExists() {
        control("/swarm/refuses");
        JsonNode row = deployAndWait("run:1");
        assertThat(row.path("status").asString("")).isEqualTo("error");
        assertThat(row.path("errorMessage").asString(""))
                .contains("AlreadyExists")
                .doesNotContain("out of sequence");
    }

    @Test
    void theHistoryIsTrimmedToTenBeforeARowIsMade() {
        for (int i = 1; i <= 13; i++) {
            deployAndWait("run:" + i);
        }
        assertThat(deployments()).hasSize(11);
        assertThat(deployments().get(0).path("title").asString("")).isEqualTo("run:13");
        assertThat(deployments().get(10).path("title").asString("")).isEqualTo("run:3");
    }

    @Test
    void theWebhookSaysDeployedWhenItIsQueued() {
        control("/queue/pause");
        var answer = push("token", "acme/shop", "new", "curl");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Application deployed successfully\"}");
        assertThat(deployments()).isEmpty();
        assertThat(push("other", "acme/shop", "new", "curl").statusCode()).isEqualTo(404);
    }

    @Test
    void theWebhookAnswers301ForAnotherImageOrTag() throws IOException {
        startAgain("docker", "acme/shop:old", 0);
        control("/queue/pause");
        assertThat(push("token", "acme/shop", "new", "Go-http-client/1.1").statusCode())
                .isEqualTo(301);
        assertThat(push("token", "acme/other", "old", "Go-http-client/1.1").statusCode())
                .isEqualTo(301);
        assertThat(push("token", "acme/shop", "old", "Go-http-client/1.1").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTagOfDigitsIsTakenForAPort() throws IOException {
        startAgain("docker", "acme/shop:42", 0);
        var answer = push("token", "acme/shop", "42", "Go-http-client/1.1");
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.body()).contains("Application Image Name (acme/shop:42)");
    }

    @Test
    void deploymentsSurviveAKillAndTheRunningOneIsCancelled() throws IOException {
        deployAndWait("run:1");
        new Deployments(data.resolve("deployments.jsonl"), java.time.Clock.systemUTC())
                .begin("app-testbed", "run:2", "");
        dokploy.close();
        dokploy = start("docker", "ghcr.io/acme/shop:old", 0);
        assertThat(deployments().get(0).path("status").asString("")).isEqualTo("cancelled");
        assertThat(deployments().get(1).path("status").asString("")).isEqualTo("done");
    }

    private HttpResponse<String> push(String token, String repository, String tag, String agent) {
        String body =
                "{\"push_data\":{\"tag\":\"%s\"},\"repository\":{\"repo_name\":\"%s\"}}".formatted(tag, repository);
        return send(HttpRequest.newBuilder(URI.create(dokploy.url() + "/api/deploy/" + token))
                .header("User-Agent", agent)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
