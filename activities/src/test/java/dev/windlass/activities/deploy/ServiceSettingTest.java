package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.deploy.ServiceSetting.Check;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lines as docker 20.10 and 28 print them. */
class ServiceSettingTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void aServiceSaysWhatItIsSetTo() throws JsonProcessingException {
        ServiceSetting setting = setting(
                "ghcr.io/acme/shop:v1@" + DIGEST,
                "{\"Test\":[\"CMD\",\"/shop\",\"check\"],\"Interval\":1000000000}",
                "6000000000");
        assertThat(setting.digest()).hasValue(DIGEST);
        assertThat(setting.tag()).hasValue("v1");
        assertThat(setting.repository()).isEqualTo("ghcr.io/acme/shop");
        assertThat(setting.check()).isEqualTo(Check.GIVEN);
        assertThat(setting.grace()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void whatIsNotSaidIsAsDockerHasIt() throws JsonProcessingException {
        ServiceSetting setting = ServiceSetting.of(
                "{\"image\":\"127.0.0.1:5999/acme/shop:v1\",\"update\":null,\"health\":null,\"grace\":null}");
        assertThat(setting.digest()).isEmpty();
        assertThat(setting.tag()).hasValue("v1");
        assertThat(setting.repository()).isEqualTo("127.0.0.1:5999/acme/shop");
        assertThat(setting.check()).isEqualTo(Check.LEFT_TO_THE_IMAGE);
        assertThat(setting.grace()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anImagesCheckCanBeTurnedOff() throws JsonProcessingException {
        assertThat(setting("shop", "{\"Test\":[\"NONE\"]}", "null").check()).isEqualTo(Check.NONE);
        assertThat(setting("shop", "{\"Interval\":1000000000}", "null").check()).isEqualTo(Check.LEFT_TO_THE_IMAGE);
    }

    @Test
    void dockerLeavesTheHostOfItsOwnRegistryOut() throws JsonProcessingException {
        assertThat(setting("acme/shop:v1", "null", "null").repository()).isEqualTo("acme/shop");
        assertThat(setting("docker.io/acme/shop@" + DIGEST, "null", "null").repository())
                .isEqualTo("acme/shop");
        assertThat(setting("docker.io/library/redis:7", "null", "null").repository())
                .isEqualTo("redis");
        assertThat(setting("redis", "null", "null").tag()).isEmpty();
    }

    private static ServiceSetting setting(String image, String health, String grace) throws JsonProcessingException {
        return ServiceSetting.of(
                ("{\"image\":\"%s\",\"update\":{\"State\":\"completed\"}," + "\"health\":%s,\"grace\":%s}")
                        .formatted(image, health, grace));
    }
}
