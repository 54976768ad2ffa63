package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when the settings of a bucket are wrong. */
@Tag("integration")
class S3RefusalTest {
    private static final String RENEW =
            "renew the key in env:R2_KEY and env:R2_SECRET, with permission to read and write objects of bucket backups";

    @TempDir
    static Path shared;

    private static R2 r2;

    @BeforeAll
    static void start() throws Exception {
        r2 = R2.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        r2.close();
    }

    @AfterEach
    void clear() {
        r2.clearFaults();
    }

    @Test
    void anExpiredKeyIsNamedByItsReferences() {
        r2.order(".*", 1, "expire-key");

        assertThat(listing(r2.settings(), R2.secrets()))
                .contains(new Failure(
                        FailureType.STORAGE_REFUSED,
                        "store r2 refused: 401 Unauthorized while listing sets/",
                        RENEW,
                        "backup.md#storage-refused"));
    }

    @Test
    void aRenewedKeyIsUsedWithoutARestart() {
        Map<String, String> values = new ConcurrentHashMap<>(Map.of("env:R2_SECRET", "old"));
        Secrets secrets = reference -> values.getOrDefault(reference.value(), "windlass-testbed");
        try (S3ObjectStore store = new S3ObjectStore(r2.settings(), secrets, R2.TIMING)) {
            assertThat(failureOf(() -> store.list("sets/", R2.context())))
                    .get()
                    .extracting(Failure::fact, Failure::hint)
                    .containsExactly("store r2 refused: 403 SignatureDoesNotMatch while listing sets/", RENEW);
            values.put("env:R2_SECRET", "windlass-testbed-secret");
            assertThat(store.list("sets/", R2.context())).isEmpty();
        }
    }

    @Test
    void aSecretThatIsMissingStaysThatFailure() {
        Failure missing =
                new Failure(FailureType.SECRET_MISSING, "there is no variable R2_KEY", "set it", "backup.md#secret");

        assertThat(listing(r2.settings(), reference -> {
                    throw missing.asException();
                }))
                .contains(missing);
    }

    @Test
    void anotherRegionIsNamed() {
        assertThat(listing(
                        r2.settings(
                                R2.BUCKET,
                                "eu-west-3",
                                Optional.of(r2.authority().toString())),
                        R2.secrets()))
                .contains(new Failure(
                        FailureType.STORAGE_REFUSED,
                        "store r2 refused: 400 InvalidRegionName while listing sets/",
                        "set region of the store in ops.yml to the bucket's (auto for R2), not eu-west-3",
                        "backup.md#storage-refused"));
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        assertThat(listing(
                        r2.settings("backup", "auto", Optional.of(r2.authority().toString())), R2.secrets()))
                .contains(new Failure(
                        FailureType.NOT_FOUND,
                        "store r2 has no bucket backup",
                        "make the bucket, or correct bucket and endpoint of the store in ops.yml",
                        "backup.md#storage-refused"));
    }

    @Test
    void anEndpointOfAnUnknownAuthorityIsNotTrusted() {
        assertThat(listing(r2.settings(R2.BUCKET, "auto", Optional.empty()), R2.secrets()))
                .contains(new Failure(
                        FailureType.STORAGE_REFUSED,
                        "store r2 refused: the certificate of " + r2.endpoint() + " is not trusted while listing sets/",
                        "give the endpoint's authority as a PEM file under certificate_authority of the store in ops.yml",
                        "backup.md#storage-refused"));
    }

    @Test
    void anAuthorityThatCannotBeReadIsNamed() throws Exception {
        Path broken = Files.writeString(shared.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        S3Store settings = r2.settings(R2.BUCKET, "auto", Optional.of(broken.toString()));

        assertThat(failureOf(() -> new S3ObjectStore(settings, R2.secrets(), R2.TIMING).close()))
                .get()
                .extracting(Failure::type, Failure::fact)
                .satisfies(fields -> assertThat(fields.toString())
                        .startsWith("[STORAGE_REFUSED, store r2 refused: the certificate authority " + broken
                                + " cannot be read ("));
    }

    @Test
    void aClosedPortIsUnavailable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        S3Store settings = R2.settings("https://127.0.0.1:" + port, R2.BUCKET, "auto", Optional.empty());

        Failure failure = listing(settings, R2.secrets()).orElseThrow();
        assertThat(failure.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(failure.fact()).isEqualTo("store r2 did not answer: Connection refused while listing sets/");
    }

    private static Optional<Failure> listing(S3Store settings, Secrets secrets) {
        try (S3ObjectStore store = new S3ObjectStore(settings, secrets, R2.TIMING)) {
            return failureOf(() -> store.list("sets/", R2.context()));
        }
    }

    private static Optional<Failure> failureOf(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isNotNull();
        return Failure.in(thrown);
    }
}
