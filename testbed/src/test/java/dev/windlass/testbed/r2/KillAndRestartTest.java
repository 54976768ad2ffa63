package dev.windlass.testbed.r2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.testbed.launch.TestbedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/** The double as a process of its own, killed with SIGKILL in the middle of an upload. */
class KillAndRestartTest {
    @TempDir
    Path directory;

    private @Nullable TestbedProcess process;

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (process != null) {
            process.close();
        }
    }

    private TestbedProcess start(int port) throws IOException, InterruptedException {
        process = TestbedProcess.start(
                System.getProperty("java.class.path"),
                directory,
                List.of(
                        "r2",
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        Integer.toString(port),
                        "--bucket",
                        "half-done",
                        "--ca-file",
                        directory.resolve("ca.pem").toString()));
        return process;
    }

    private S3Client client(URI url) {
        return SharedR2.builder()
                .endpointOverride(url)
                .credentialsProvider(software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                        software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(
                                "windlass-testbed", "windlass-testbed-secret")))
                .httpClient(Apache5HttpClient.builder()
                        .tlsTrustManagersProvider(() -> {
                            try {
                                return SharedR2.trust(Files.readString(directory.resolve("ca.pem")));
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .build())
                .build();
    }

    @Test
    void keepsObjectsPartsCertificateAndWitnessAcrossAKill() throws Exception {
        byte[] part = new byte[5 << 20];
        TestbedProcess first = start(0);
        URI url = URI.create(first.field("r2"));
        S3Client s3 = client(url);
        s3.putObject(b -> b.bucket("half-done").key("whole"), RequestBody.fromString("whole"));
        String upload =
                s3.createMultipartUpload(b -> b.bucket("half-done").key("half")).uploadId();
        String etag = s3.uploadPart(
                        b -> b.bucket("half-done").key("half").uploadId(upload).partNumber(1),
                        RequestBody.fromBytes(part))
                .eTag();
        // Part 2 never ends: the kill comes while its body is on the way.
        CompletableFuture<Object> torn = CompletableFuture.supplyAsync(() -> s3.uploadPart(
                b -> b.bucket("half-done")
                        .key("half")
                        .uploadId(upload)
                        .partNumber(2)
                        .contentLength(5L << 20),
                RequestBody.fromInputStream(new KillingStream(first), 5L << 20)));
        assertThatThrownBy(() -> torn.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(SdkClientException.class);

        assertThat(start(url.getPort()).field("r2")).isEqualTo(url.toString());
        // The same client still trusts it.
        assertThat(s3.getObjectAsBytes(b -> b.bucket("half-done").key("whole")).asUtf8String())
                .isEqualTo("whole");
        List<Part> kept = s3.listParts(b -> b.bucket("half-done").key("half").uploadId(upload))
                .parts();
        assertThat(kept).extracting(Part::partNumber).containsExactly(1);
        assertThat(kept).extracting(Part::eTag).containsExactly(etag);
        String second = s3.uploadPart(
                        b -> b.bucket("half-done").key("half").uploadId(upload).partNumber(2),
                        RequestBody.fromBytes(part))
                .eTag();
        s3.completeMultipartUpload(b -> b.bucket("half-done")
                .key("half")
                .uploadId(upload)
                .multipartUpload(m -> m.parts(
                        CompletedPart.builder().partNumber(1).eTag(etag).build(),
                        CompletedPart.builder().partNumber(2).eTag(second).build())));
        assertThat(s3.headObject(b -> b.bucket("half-done").key("half")).contentLength())
                .isEqualTo(10L << 20);
        assertThat(s3.listObjectsV2(b -> b.bucket("half-done")).contents())
                .extracting(o -> o.key())
                .containsExactlyInAnyOrder("half", "whole");
        assertThat(Files.readString(directory.resolve("data/requests.jsonl"))).contains("\"key\":\"whole\"");
    }

    /** Gives 1 MiB, then kills the double. */
    private static final class KillingStream extends java.io.InputStream {
        private final TestbedProcess victim;
        private int given;

        KillingStream(TestbedProcess victim) {
            this.victim = victim;
        }

        @Override
        public int read() throws IOException {
            if (++given == 1 << 20) {
                victim.close();
            }
            return 0;
        }
    }
}
