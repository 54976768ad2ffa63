package dev.windlass.testbed.r2;

import static dev.windlass.testbed.r2.SharedR2.BUCKET;
import static dev.windlass.testbed.r2.SharedR2.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/** Clients that would work with S3, and do not with R2. */
class RequestRulesTest {
    private static void put(S3Client s3, String key) {
        s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString("x"));
    }

    @Test
    void refusesAnUnknownAccessKeyWith401() {
        S3Client s3 = SharedR2.builder()
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("other", SharedR2.SECRET)))
                .build();
        assertRefused(401, "Unauthorized", () -> put(s3, "request/key"));
    }

    @Test
    void refusesAWrongSecret() {
        S3Client s3 = SharedR2.builder()
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(SharedR2.KEY_ID, "wrong")))
                .build();
        assertRefused(403, "SignatureDoesNotMatch", () -> put(s3, "request/secret"));
    }

    @Test
    void refusesAnotherRegionThanAuto() {
        S3Client s3 = SharedR2.builder().region(Region.EU_WEST_1).build();
        assertRefused(400, "InvalidRegionName", () -> put(s3, "request/region"));
        put(SharedR2.builder().region(Region.US_EAST_1).build(), "request/region");
    }

    @Test
    void refusesTheDefaultsOfTodaysSdk() {
        S3Client s3 = SharedR2.builder()
                .serviceConfiguration(SharedR2.configuration(true))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
                .build();
        assertRefused(501, "NotImplemented", () -> put(s3, "request/trailer"));
    }

    @Test
    void refusesChunkedSigning() throws Exception {
        assertThat(raw("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "Content-Encoding", "aws-chunked"))
                .contains("403 ", "<Code>SignatureDoesNotMatch</Code>");
    }

    @Test
    void refusesABodyOfUnknownLength() throws Exception {
        assertThat(raw("x-amz-content-sha256", "UNSIGNED-PAYLOAD"))
                .contains("411 ", "<Code>MissingContentLength</Code>");
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-tagging,a=b",
        "x-amz-acl,public-read",
        "x-amz-grant-read,id=1",
        "x-amz-object-lock-mode,COMPLIANCE",
        "x-amz-server-side-encryption,aws:kms",
        "x-amz-expected-bucket-owner,123456789012",
        "x-amz-request-payer,requester",
        "x-amz-website-redirect-location,/x"
    })
    void refusesHeadersThatR2DoesNotImplement(String header, String value) {
        S3Client s3 = SharedR2.clientWith(Map.of(header, value));
        assertRefused(501, "NotImplemented", () -> put(s3, "request/header"));
    }

    @Test
    void acceptsThePrivateAclThatRcloneSends() {
        put(SharedR2.clientWith(Map.of("x-amz-acl", "private")), "request/private");
    }

    @Test
    void refusesVersioningTaggingAclPolicyAndObjectLock() {
        S3Client s3 = SharedR2.client();
        assertRefused(501, "NotImplemented", () -> s3.getBucketVersioning(b -> b.bucket(BUCKET)));
        assertRefused(501, "NotImplemented", () -> s3.getBucketAcl(b -> b.bucket(BUCKET)));
        assertRefused(501, "NotImplemented", () -> s3.getBucketPolicy(b -> b.bucket(BUCKET)));
        assertRefused(
                501,
                "NotImplemented",
                () -> s3.getObjectTagging(b -> b.bucket(BUCKET).key("k")));
        assertRefused(501, "NotImplemented", () -> s3.getObjectLockConfiguration(b -> b.bucket(BUCKET)));
        assertRefused(501, "NotImplemented", () -> s3.listObjectVersions(b -> b.bucket(BUCKET)));
        assertRefused(
                501,
                "NotImplemented",
                () -> s3.deleteObject(b -> b.bucket(BUCKET).key("k").versionId("1")));
    }

    @Test
    void refusesAWrongBucketNameALongKeyAndLargeMetadata() {
        S3Client s3 = SharedR2.client();
        assertRefused(400, "InvalidBucketName", () -> s3.listObjectsV2(b -> b.bucket("Under_score")));
        assertRefused(400, "InvalidObjectName", () -> put(s3, "k".repeat(1025)));
        assertRefused(
                400,
                "MetadataTooLarge",
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("request/meta").metadata(Map.of("m", "v".repeat(8192))),
                        RequestBody.empty()));
    }

    @Test
    void refusesAFullObjectChecksumOtherThanCrc64() {
        assertRefused(
                501,
                "NotImplemented",
                () -> SharedR2.client()
                        .createMultipartUpload(b -> b.bucket(BUCKET)
                                .key("request/full")
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                                .checksumType(ChecksumType.FULL_OBJECT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "c2hvcnQ="})
    void refusesAMalformedDigest(String digest) {
        assertRefused(
                400, "InvalidDigest", () -> put(SharedR2.clientWith(Map.of("Content-MD5", digest)), "request/digest"));
    }

    /** A PUT with chunked transfer coding and a made-up signature: the rules are asked before the signature is. */
    private static String raw(String... headers) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, SharedR2.trust(SharedR2.R2.certificate()), new SecureRandom());
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(SharedR2.R2.url() + "/" + BUCKET + "/request/raw"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {1})))
                    .headers(headers)
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=" + SharedR2.KEY_ID
                                    + "/20260101/auto/s3/aws4_request, SignedHeaders=host, Signature=00")
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }
}
