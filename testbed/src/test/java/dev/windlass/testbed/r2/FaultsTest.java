package dev.windlass.testbed.r2;

import static dev.windlass.testbed.r2.SharedR2.BUCKET;
import static dev.windlass.testbed.r2.SharedR2.assertRefused;
import static dev.windlass.testbed.r2.SharedR2.control;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class FaultsTest {
    private final S3Client s3 = SharedR2.client();

    @AfterEach
    void noFaultsAreLeft() {
        control("DELETE", "/faults", "");
        control("POST", "/release", "");
    }

    private static void order(String match, int times, String action) {
        control("POST", "/faults", "{\"match\":\"%s\",\"times\":%d,\"action\":\"%s\"}".formatted(match, times, action));
    }

    private void put(String key, int size) {
        s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromBytes(new byte[size]));
    }

    @Test
    void aStatusStrikesAsOftenAsOrderedAndHasNoEffect() {
        order("PUT .*/fault/status", 2, "status 503");
        assertRefused(503, "ServiceUnavailable", () -> put("fault/status", 10));
        assertRefused(503, "ServiceUnavailable", () -> put("fault/status", 10));
        put("fault/status", 10);
        assertThat(control("GET", "/requests", ""))
                .contains("\"key\":\"fault/status\",\"query\":{},\"status\":503,\"code\":\"ServiceUnavailable\"");
    }

    @Test
    void aCutUploadLeavesNoObject() {
        order("PUT .*/fault/cut", 1, "cut-after 70000 bytes");
        assertThatThrownBy(() -> put("fault/cut", 1 << 20)).isInstanceOf(SdkClientException.class);
        assertRefused(404, "NoSuchKey", () -> s3.getObject(b -> b.bucket(BUCKET).key("fault/cut")));
    }

    @Test
    void aCutDownloadEndsEarly() {
        put("fault/short", 300_000);
        order("GET .*/fault/short", 1, "cut-after 100000 bytes");
        assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("fault/short")))
                .isInstanceOf(SdkClientException.class);
    }

    @Test
    void aCorruptDownloadDiffersInOneByte() {
        put("fault/corrupt", 300_000);
        order("GET .*/fault/corrupt", 1, "corrupt-download");
        byte[] got =
                s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("fault/corrupt")).asByteArray();
        assertThat(got).hasSize(300_000);
        assertThat(Arrays.mismatch(got, new byte[300_000])).isEqualTo(150_000);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("fault/corrupt"))
                        .asByteArray())
                .isEqualTo(new byte[300_000]);
    }

    @Test
    void aDroppedAnswerHasTakenEffect() {
        order("PUT .*/fault/dropped", 1, "drop-answer");
        assertThatThrownBy(() -> put("fault/dropped", 10)).isInstanceOf(SdkClientException.class);
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("fault/dropped")).contentLength())
                .isEqualTo(10);
    }

    @Test
    void anExpiredKeyIsRefusedUntilTheFaultIsDeleted() {
        order(".*", 0, "expire-key");
        assertRefused(401, "Unauthorized", () -> put("fault/expired", 10));
        assertRefused(401, "Unauthorized", () -> put("fault/expired", 10));
        control("DELETE", "/faults", "");
        put("fault/expired", 10);
    }

    @Test
    void aHungRequestGetsNoAnswer() throws Exception {
        order("PUT .*/fault/hang", 1, "hang");
        CompletableFuture<Void> hanging = CompletableFuture.runAsync(() -> put("fault/hang", 10));
        assertThatThrownBy(() -> hanging.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        control("DELETE", "/faults", "");
        assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SdkClientException.class);
    }

    @Test
    void aHeldRequestWaitsAtTheDoorUntilItIsReleased() throws Exception {
        control("POST", "/hold", "PUT .*/fault/held");
        CompletableFuture<Void> held = CompletableFuture.runAsync(() -> put("fault/held", 10));
        long until = System.nanoTime() + 10_000_000_000L;
        while (!control("GET", "/held", "").equals("1")) {
            assertThat(System.nanoTime()).isLessThan(until);
        }
        assertRefused(404, "NoSuchKey", () -> s3.getObject(b -> b.bucket(BUCKET).key("fault/held")));
        control("POST", "/release", "");
        held.get(10, TimeUnit.SECONDS);
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("fault/held")).contentLength())
                .isEqualTo(10);
    }
}
