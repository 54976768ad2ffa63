package dev.windlass.runbooks.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DokployCallsTest {
    private static final SecretReference KEY = new SecretReference("env:DOKPLOY_KEY");
    private static final DokployCalls CALLS = new DokployCalls("https://dokploy.example.org", KEY, "b7XkQ");

    @Test
    void readsByGetAndChangesByPost() {
        assertThat(CALLS.deployments())
                .isEqualTo(new HttpCall(
                        Access.READS,
                        "GET",
                        "https://dokploy.example.org/api/deployment.allByType?id=b7XkQ&type=application",
                        Optional.empty(),
                        Optional.of(KEY)));
        assertThat(CALLS.deploy("run:deploy-shop/1"))
                .isEqualTo(new HttpCall(
                        Access.CHANGES,
                        "POST",
                        "https://dokploy.example.org/api/application.deploy",
                        Optional.of("{\"applicationId\":\"b7XkQ\",\"title\":\"run:deploy-shop/1\"}"),
                        Optional.of(KEY)));
        assertThat(CALLS.setImage("ghcr.io/acme/shop@sha256:1").body())
                .contains("{\"applicationId\":\"b7XkQ\",\"dockerImage\":\"ghcr.io/acme/shop@sha256:1\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://dokploy.example.org",
                "https://dokploy.example.org/",
                "https://user@dokploy.example.org",
                "dokploy.example.org",
                "http://127.0.0.1.example.org"
            })
    void refusesAnAddressThatWouldShowTheKey(String url) {
        assertThatThrownBy(() -> new DokployCalls(url, KEY, "b7XkQ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheDokployOfThisMachineWithoutTls() {
        assertThat(new DokployCalls("http://127.0.0.1:3000", KEY, "b7XkQ")
                        .queue()
                        .url())
                .isEqualTo("http://127.0.0.1:3000/api/deployment.queueList");
    }
}
