package dev.windlass.testbed.r2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One double for all tests of this package: its start costs seconds. */
final class SharedR2 {
    static final String BUCKET = "backups";
    static final String KEY_ID = "test-key";
    static final String SECRET = "test-secret";
    static final R2Double R2 = start();

    private SharedR2() {}

    private static R2Double start() {
        try {
            Path data = Files.createTempDirectory("r2-double");
            R2Double r2 = R2Double.start(new R2Double.Settings(
                    data,
                    0,
                    0,
                    List.of(BUCKET),
                    KEY_ID,
                    SECRET,
                    List.of("locked/=indefinite", "aged/=2"),
                    Optional.empty(),
                    List.of()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
            return r2;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path tree) {
        try (var paths = Files.walk(tree)) {
            paths.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Set up as R2 needs it; each test spoils one thing. */
    static S3ClientBuilder builder() {
        return S3Client.builder()
                .endpointOverride(URI.create(R2.url()))
                .region(Region.of("auto"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
                .serviceConfiguration(configuration(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .httpClient(http());
    }

    static S3Client client() {
        return builder().build();
    }

    static S3Configuration configuration(boolean chunked) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(true)
                .chunkedEncodingEnabled(chunked)
                .build();
    }

    /** A client that adds headers to every request before it is signed. */
    static S3Client clientWith(Map<String, String> headers) {
        ExecutionInterceptor adding = new ExecutionInterceptor() {
            @Override
            public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
                SdkHttpRequest.Builder request = context.httpRequest().toBuilder();
                headers.forEach(request::putHeader);
                return request.build();
            }
        };
        return builder()
                .overrideConfiguration(
                        o -> o.retryStrategy(r -> r.maxAttempts(1)).addExecutionInterceptor(adding))
                .build();
    }

    static SdkHttpClient http() {
        return Apache5HttpClient.builder()
                .tlsTrustManagersProvider(() -> trust(R2.certificate()))
                .build();
    }

    static TrustManager[] trust(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "double",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String control(String method, String path, String body) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(R2.controlUrl() + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            Assertions.assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asserts status and S3 code of the refusal. */
    static void assertRefused(int status, String code, ThrowingCallable call) {
        Assertions.assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            Assertions.assertThat(e.awsErrorDetails().errorCode())
                    .as(e.getMessage())
                    .isEqualTo(code);
            Assertions.assertThat(e.statusCode()).isEqualTo(status);
        });
    }
}
