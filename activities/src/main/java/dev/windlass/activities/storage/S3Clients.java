package dev.windlass.activities.storage;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Store.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The client settings that R2 needs, which S3 takes as well:
 * https://developers.cloudflare.com/r2/examples/aws/aws-sdk-java/ and https://developers.cloudflare.com/r2/api/s3/api/ .
 */
final class S3Clients {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private S3Clients() {}

    static S3Client client(S3Store store, Secrets secrets, S3Timing timing) {
        // Nothing is taken from ~/.aws: what runs stands in ops.yml.
        ProfileFile noProfile = ProfileFile.aggregator().build();
        return S3Client.builder()
                .endpointOverride(URI.create(store.endpoint()))
                .region(Region.of(store.region()))
                .credentialsProvider(credentials(store, secrets))
                .httpClientBuilder(http(store, timing))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(true)
                        // R2 answers 403 SignatureDoesNotMatch to aws-chunked bodies.
                        .chunkedEncodingEnabled(false)
                        // R2 does not answer 100 Continue.
                        .expectContinueEnabled(false)
                        .profileFile(noProfile)
                        .build())
                // The SDK's own checksums travel in trailers that R2 refuses; we send Content-MD5.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(timing.attempt())
                        .retryStrategy(retries(timing))
                        .defaultProfileFile(noProfile)
                        .build())
                .build();
    }

    /** Asked for every request, so that a key renewed in its file is used by the next one. */
    private static AwsCredentialsProvider credentials(S3Store store, Secrets secrets) {
        return () -> AwsBasicCredentials.create(
                secrets.resolve(store.accessKeyId()).strip(),
                secrets.resolve(store.secretAccessKey()).strip());
    }

    private static StandardRetryStrategy retries(S3Timing timing) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(timing.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelay(timing.backoff(), LONGEST_WAIT))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(timing.throttled(), LONGEST_WAIT))
                .build();
    }

    private static ApacheHttpClient.Builder http(S3Store store, S3Timing timing) {
        ApacheHttpClient.Builder http = ApacheHttpClient.builder()
                .connectionTimeout(timing.connect())
                .connectionAcquisitionTimeout(timing.connect())
                .socketTimeout(timing.socket())
                .tcpKeepAlive(true);
        store.certificateAuthority().ifPresent(pem -> {
            TrustManager[] managers = authorities(store, Path.of(pem));
            http.tlsTrustManagersProvider(() -> managers);
        });
        return http;
    }

    private static TrustManager[] authorities(S3Store store, Path pem) {
        try {
            return CertificateAuthorities.with(pem);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw StorageFailures.refused(
                    store.name(),
                    "the certificate authority " + pem + " cannot be read (" + unreadable + ")",
                    "give a PEM file under certificate_authority of the store in ops.yml, or leave the key out",
                    unreadable);
        }
    }
}
