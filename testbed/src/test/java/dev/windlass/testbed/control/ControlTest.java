package dev.windlass.testbed.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.testbed.Options;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
    @TempDir
    Path data;

    @Test
    void refusesAFaultItDoesNotUnderstand() throws Exception {
        var log = new RequestLog(data.resolve("log"));
        try (Control control = Control.start(0, new Faults(), new Holds(), log, Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            for (String body : List.of(
                    "{\"match\":\".*\",\"action\":\"explode\"}",
                    "{\"match\":\"(\",\"action\":\"hang\"}",
                    "{\"macth\":\"x\",\"action\":\"hang\"}",
                    "not json")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(control.url() + "/faults"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void aFaultIsUsedUp() {
        var faults = new Faults();
        faults.add(new Faults.Fault(Pattern.compile("^PUT"), 2, new Action.Status(500)));
        assertThat(faults.take("GET /x")).isEmpty();
        assertThat(faults.take("PUT /x")).contains(new Action.Status(500));
        assertThat(faults.take("PUT /x")).isPresent();
        assertThat(faults.take("PUT /x")).isEmpty();
    }

    @Test
    void optionsAreKnownOrRefused() {
        assertThatThrownBy(() -> Options.parse(List.of("--prot", "1"), Set.of("port")))
                .hasMessage("unknown option --prot, known are [--port]");
        assertThatThrownBy(() -> Options.parse(List.of("--port"), Set.of("port")))
                .hasMessage("option --port needs a value");
        assertThat(Options.parse(List.of("--lock", "a", "--lock", "b"), Set.of("lock"))
                        .all("lock"))
                .containsExactly("a", "b");
    }
}
