package dev.windlass.testbed.r2;

import static dev.windlass.testbed.r2.SharedR2.BUCKET;
import static dev.windlass.testbed.r2.SharedR2.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

class WriteRulesTest {
    private final S3Client s3 = SharedR2.client();

    private void put(String key, String text) {
        s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private String text(String key) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
    }

    /** Written through another key and copied in behind the rate limit's back would not be R2; so tests wait for their turn. */
    private void putWhenAllowed(Runnable write) {
        long until = System.nanoTime() + 5_000_000_000L;
        while (true) {
            try {
                write.run();
                return;
            } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
                if (e.statusCode() != 429 || System.nanoTime() > until) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void refusesASecondWriteOfAKeyWithinASecond() {
        put("write/rate", "1");
        assertRefused(429, "TooManyRequests", () -> put("write/rate", "2"));
        put("write/rate-of-another-key", "1");
        assertThat(text("write/rate")).isEqualTo("1");
        putWhenAllowed(() -> put("write/rate", "3"));
        assertThat(text("write/rate")).isEqualTo("3");
    }

    @Test
    void givesBackTheTurnOfAWriteThatFailed() {
        var rate = new WriteRate(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        S3Request request = S3Request.of("PUT", java.net.URI.create("/b/k"), new com.sun.net.httpserver.Headers());
        assertThat(rate.judge(request)).isEmpty();
        assertThat(rate.judge(request)).contains(Refusal.of(R2Error.TOO_MANY_REQUESTS));
        rate.ended(request, WriteRate.Ending.NOTHING_WRITTEN);
        assertThat(rate.judge(request)).isEmpty();
    }

    @Test
    void putIfAbsentIsRefusedWhenTheKeyExists() {
        putWhenAllowed(() -> s3.putObject(
                b -> b.bucket(BUCKET).key("write/once").ifNoneMatch("*"), RequestBody.fromString("first")));
        assertThat(text("write/once")).isEqualTo("first");
        assertRefusedOnceAllowed(() -> s3.putObject(
                b -> b.bucket(BUCKET).key("write/once").ifNoneMatch("*"), RequestBody.fromString("second")));
        assertThat(text("write/once")).isEqualTo("first");
    }

    @Test
    void putIfMatchIsRefusedWhenTheKeyChangedOrIsGone() {
        assertRefused(
                412,
                "PreconditionFailed",
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("write/absent").ifMatch("\"00\""), RequestBody.fromString("x")));
        String etag = s3.putObject(b -> b.bucket(BUCKET).key("write/match"), RequestBody.fromString("1"))
                .eTag();
        assertRefusedOnceAllowed(() ->
                s3.putObject(b -> b.bucket(BUCKET).key("write/match").ifMatch("\"00\""), RequestBody.fromString("2")));
        putWhenAllowed(() ->
                s3.putObject(b -> b.bucket(BUCKET).key("write/match").ifMatch(etag), RequestBody.fromString("2")));
        assertThat(text("write/match")).isEqualTo("2");
    }

    private void assertRefusedOnceAllowed(Runnable write) {
        assertRefused(412, "PreconditionFailed", () -> putWhenAllowed(write));
    }

    @Test
    void lockedObjectsCanBeMadeButNotChangedOrDeleted() {
        put("locked/set/manifest", "1");
        S3Client other = SharedR2.client();
        assertRefused(403, "ObjectLockedByBucketPolicy", () -> putWhenAllowed(() -> put("locked/set/manifest", "2")));
        assertRefused(
                403,
                "ObjectLockedByBucketPolicy",
                () -> other.deleteObject(b -> b.bucket(BUCKET).key("locked/set/manifest")));
        assertRefused(
                403,
                "ObjectLockedByBucketPolicy",
                () -> other.deleteObjects(b -> b.bucket(BUCKET)
                        .delete(d -> d.objects(ObjectIdentifier.builder()
                                .key("locked/set/manifest")
                                .build()))));
        assertRefused(
                403,
                "ObjectLockedByBucketPolicy",
                () -> putWhenAllowed(() -> other.copyObject(b -> b.sourceBucket(BUCKET)
                        .sourceKey("locked/set/manifest")
                        .destinationBucket(BUCKET)
                        .destinationKey("locked/set/manifest"))));
        assertThat(text("locked/set/manifest")).isEqualTo("1");
    }

    @Test
    void anAgeLockEnds() {
        put("aged/k", "1");
        assertRefused(
                403,
                "ObjectLockedByBucketPolicy",
                () -> s3.deleteObject(b -> b.bucket(BUCKET).key("aged/k")));
        long until = System.nanoTime() + 10_000_000_000L;
        boolean deleted = false;
        while (!deleted && System.nanoTime() < until) {
            try {
                s3.deleteObject(b -> b.bucket(BUCKET).key("aged/k"));
                deleted = true;
            } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
                assertThat(e.statusCode()).isEqualTo(403);
            }
        }
        assertThat(deleted).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-MD5:16",
                "x-amz-checksum-crc32:4",
                "x-amz-checksum-crc32c:4",
                "x-amz-checksum-crc64nvme:8",
                "x-amz-checksum-sha1:20",
                "x-amz-checksum-sha256:32"
            })
    void aWrongChecksumLeavesNoObject(String headerAndSize) {
        String header = headerAndSize.split(":")[0];
        byte[] wrong = new byte[Integer.parseInt(headerAndSize.split(":")[1])];
        String key = "write/digest/" + header;
        S3Client spoiled =
                SharedR2.clientWith(Map.of(header, Base64.getEncoder().encodeToString(wrong)));
        assertRefused(
                400,
                "BadDigest",
                () -> spoiled.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromBytes(new byte[200_000])));
        assertRefused(404, "NoSuchKey", () -> s3.getObject(b -> b.bucket(BUCKET).key(key)));
    }

    @Test
    void computesCrc64AsTheCatalogueSays() {
        var crc = new Crc64Nvme();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9);
        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
    }

    @Test
    void rightChecksumsAreAccepted() throws Exception {
        byte[] body = "content".getBytes(StandardCharsets.UTF_8);
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        String sha = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        s3.putObject(
                b -> b.bucket(BUCKET).key("write/right").contentMD5(md5).checksumSHA256(sha),
                RequestBody.fromBytes(body));
        assertThat(text("write/right")).isEqualTo("content");
    }
}
