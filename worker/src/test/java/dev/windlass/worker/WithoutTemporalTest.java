package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Http;
import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.PayloadEncryption;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PayloadKeys;
import dev.windlass.workflows.kernel.Ports;
import io.temporal.common.converter.DataConverter;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker whose Temporal is not there, with payload keys. */
class WithoutTemporalTest {
    private static final String KEYS = "2026:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private static final String UI = "http://127.0.0.1:8233";

    private static ConfigurableApplicationContext worker;
    private static Http http;

    @BeforeAll
    static void start() throws IOException {
        worker = WorkerApplication.start(
                SampleOperations.with("127.0.0.1:" + Ports.free()),
                new String[] {"--server.port=0", "--" + PayloadKeys.VARIABLE + "=" + KEYS});
        http = Http.of(worker);
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void livesAndIsNotReady() {
        assertThat(http.status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(http.status("/actuator/health/readiness")).isEqualTo(503);
        assertThat(http.body("/actuator/health/readiness"))
                .contains("\"answer\":\"UNAVAILABLE\"")
                .contains("\"state\":\"STARTING\"");
    }

    @Test
    void encryptsWhatItSends() {
        DataConverter converter = worker.getBean(DataConverter.class);
        assertThat(converter.toPayload("secret").orElseThrow().toString()).doesNotContain("secret");
    }

    @Test
    void letsTheUiReadPayloads() {
        HttpResponse<String> sealed = http.post("/codec/encode", clear("aGVsbG8="), "origin", UI);
        assertThat(sealed.statusCode()).isEqualTo(200);
        assertThat(sealed.headers().firstValue("access-control-allow-origin")).contains(UI);
        assertThat(sealed.body()).doesNotContain("aGVsbG8=");
        HttpResponse<String> opened = http.post("/codec/decode", sealed.body(), "origin", UI, "x-namespace", "default");
        assertThat(opened.body()).contains("aGVsbG8=");
    }

    @Test
    void letsNoOtherOriginRead() {
        assertThat(http.post("/codec/decode", clear("aGVsbG8="), "origin", "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void saysWhichKeyIsMissing() {
        PayloadEncryption other =
                new PayloadEncryption(PayloadKeys.parse(KEYS.replace("2026", "2025")), ClearPayloads.REFUSED);
        var payload = other.encode(java.util.List.of(
                        PayloadJson.dataConverter().toPayload("x").orElseThrow()))
                .getFirst();
        HttpResponse<String> refused = http.post("/codec/decode", json(payload));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .startsWith("a payload is encrypted with key \"2025\", and this process has only 2026");
    }

    private static String clear(String base64) {
        return "{\"payloads\":[{\"metadata\":{\"encoding\":\"anNvbi9wbGFpbg==\"},\"data\":\"" + base64 + "\"}]}";
    }

    private static String json(io.temporal.api.common.v1.Payload payload) {
        try {
            return com.google.protobuf.util.JsonFormat.printer()
                    .print(io.temporal.api.common.v1.Payloads.newBuilder()
                            .addPayloads(payload)
                            .build());
        } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
