package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.deploy.Web.Answer.Given;
import org.junit.jupiter.api.Test;

class HealthLookTest {
    @Test
    void aVersionStandsAloneOrInAnObject() {
        assertThat(HealthLook.versionIn(new Given(200, "3f2c1ab\n"))).hasValue("3f2c1ab");
        assertThat(HealthLook.versionIn(new Given(200, "\"v1.2.3\""))).hasValue("v1.2.3");
        assertThat(HealthLook.versionIn(new Given(200, "{\"name\":\"shop\",\"version\":\"v1.2.3\"}")))
                .hasValue("v1.2.3");
    }

    @Test
    void whatIsNoVersionIsNone() {
        assertThat(HealthLook.versionIn(new Given(404, "3f2c1ab"))).isEmpty();
        assertThat(HealthLook.versionIn(new Given(200, "<html>hello</html>"))).isEmpty();
        assertThat(HealthLook.versionIn(new Given(200, "{\"status\":\"ok\"}"))).isEmpty();
        assertThat(HealthLook.versionIn(new Given(200, ""))).isEmpty();
    }
}
