package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.RealRunbooks;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.effects.TestFiles;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.R2;
import dev.windlass.runbooks.recovery.CredentialFile;
import dev.windlass.runbooks.recovery.RecoveryCredential;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.ClaimOrder;
import dev.windlass.workflows.recovery.DatabasesFrom;
import dev.windlass.workflows.recovery.RecoverVpsPlanOrder;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.VpsClaimActivities;
import dev.windlass.workflows.recovery.VpsSetActivities;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a credential's file to a plan, through a bucket that fails now and then. */
@Tag("integration")
@Timeout(120)
class VpsBucketTest {
    private static Path directory;
    private static R2 r2;
    private static RecoveryCredential credential;
    private static SetId set;

    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.dataConverter())
                            .build())
                    .build());

    @BeforeAll
    static void fillTheBucket() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("windlass-vps-bucket");
        r2 = R2.start(Files.createDirectory(directory.resolve("r2")));
        try (RealRunbooks lost = new RealRunbooks()) {
            set = lost.start(BackupWorkflow.class, "backup")
                    .run(new BackupRequest(List.of(), "test"))
                    .manifest()
                    .set();
            credential = credential(lost.directory().resolve("laptop/identities/20000101T000000Z-00000000.agekey"));
            send(lost.directory().resolve("offsite"));
        }
    }

    @AfterAll
    static void close() throws IOException {
        r2.close();
        TestFiles.delete(directory);
    }

    @AfterEach
    void end() {
        r2.clearFaults();
        temporal.close();
    }

    private static RecoveryCredential credential(Path keyFile) throws IOException {
        String identity = Files.readAllLines(keyFile).stream()
                .filter(line -> line.startsWith("AGE-SECRET-KEY-"))
                .findFirst()
                .orElseThrow();
        Path file = Files.createFile(
                directory.resolve("credential"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                file,
                List.of(
                        "WINDLASS_RECOVERY_ENDPOINT=" + r2.endpoint(),
                        "WINDLASS_RECOVERY_BUCKET=" + R2.BUCKET,
                        "WINDLASS_RECOVERY_PREFIX=team",
                        "WINDLASS_RECOVERY_AUTHORITY=" + r2.authority(),
                        "WINDLASS_RECOVERY_ACCESS_KEY=windlass-testbed",
                        "WINDLASS_RECOVERY_SECRET_KEY=windlass-testbed-secret",
                        "WINDLASS_RECOVERY_AGE_IDENTITY=" + identity));
        CredentialFile.Reading reading = CredentialFile.read(file);
        assertThat(reading.problems()).isEmpty();
        return reading.credential().orElseThrow();
    }

    private static void send(Path offsite) throws IOException {
        StepContext context =
                new StepContext(new StepToken("backup", "run", StepId.of("upload")), beat -> {}, EffectJournal.none());
        try (ConfiguredObjectStores stores = new ConfiguredObjectStores(
                        RecoveryOperations.of(
                                credential.bucket(), credential.authorityFile(), RecoveryPlaces.standard()),
                        reference -> Objects.requireNonNull(
                                credential.files().get(reference.file().orElseThrow())));
                Stream<Path> files = Files.walk(offsite)) {
            ObjectStore bucket = stores.store(RecoveryOperations.BUCKET);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bucket.upload(file, offsite.relativize(file).toString(), sha256(file), context);
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static RecoverVpsRequest request(String person) {
        RecoverVpsRequest like = VpsClaimsTest.request(person, Claiming.IF_FREE);
        return new RecoverVpsRequest(
                like.target(), credential.bucket(), Optional.empty(), like.glass(), like.budget(), like.claiming());
    }

    @Test
    void aBucketThatFailsAndIsSlowNowAndThenIsReadAllTheSame() {
        temporal.registerActivitiesImplementations(VpsLeadActivities.of(credential, EffectJournal.none()));
        VpsSetActivities sets = temporal.newActivityStub(VpsSetActivities.class);
        r2.order("GET .*list-type.*", 2, "status 503");
        r2.order("GET .*manifest.*", 1, "status 429");

        assertThat(sets.look(request("ana")).sets()).containsExactly(set);
        assertThat(sets.plan(new RecoverVpsPlanOrder(request("ana"), set, DatabasesFrom.CLUSTER_FIRST))
                        .manifest()
                        .set())
                .isEqualTo(set);
    }

    @Test
    void ofTwoOneGetsTheBucket() {
        temporal.registerActivitiesImplementations(VpsLeadActivities.of(credential, EffectJournal.none()));
        VpsClaimActivities claims = temporal.newActivityStub(VpsClaimActivities.class);
        Step step = RecordingMachine.FROM_SET.plan().steps().getFirst();

        Claim claim = claims.claim(new ClaimOrder(step, request("ana")));
        claims.require(claim);
        claims.over(claim);
        claims.over(claim);

        Claim next = claims.claim(new ClaimOrder(step, request("ben")));
        assertThat(next.number()).isEqualTo(claim.number() + 1);
        assertThatThrownBy(() -> claims.require(claim)).hasStackTraceContaining("ben has taken this recovery over at");
        claims.over(next);
    }
}
