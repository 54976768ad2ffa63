package dev.windlass.activities.storage;

import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * From what the SDK throws to what a person reads. Codes: https://developers.cloudflare.com/r2/api/error-codes/ and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html .
 */
final class S3Failures {
    private static final Set<String> REGION = Set.of(
            "InvalidRegionName",
            "AuthorizationHeaderMalformed",
            "PermanentRedirect",
            "IllegalLocationConstraintException");
    private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "ExpiredRequest");
    /** 4xx that the next try can cure. */
    private static final Set<String> PASSING = Set.of(
            "BadDigest", "IncompleteBody", "RequestTimeout", "ConditionalRequestConflict", "NoSuchUpload", "SlowDown");

    private final S3Store store;

    S3Failures(S3Store store) {
        this.store = store;
    }

    /** @param doing in words: {@code reading sets/x} */
    RuntimeException translate(@Nullable Throwable thrown, String doing) {
        if (thrown == null) {
            return StorageFailures.unavailable(store.name(), "unknown failure while " + doing, null);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof TemporalFailure ours) {
            return ours;
        }
        if (thrown.getCause() instanceof TemporalFailure ours) {
            return ours;
        }
        if (thrown instanceof AwsServiceException answer) {
            return answered(answer, doing);
        }
        if (hasCause(thrown, CertPathBuilderException.class) || hasCause(thrown, CertPathValidatorException.class)) {
            return StorageFailures.refused(
                    store.name(),
                    "the certificate of " + store.endpoint() + " is not trusted while " + doing,
                    "give the endpoint's authority as a PEM file under certificate_authority of the store in ops.yml",
                    thrown);
        }
        return StorageFailures.unavailable(store.name(), Failure.messageOf(thrown) + " while " + doing, thrown);
    }

    private ApplicationFailure answered(AwsServiceException answer, String doing) {
        String code = code(answer);
        String fact = answer.statusCode() + (code.isEmpty() ? "" : " " + code) + " while " + doing;
        if (code.equals("NoSuchBucket")) {
            return new Failure(
                            FailureType.NOT_FOUND,
                            "store " + store.name() + " has no bucket " + store.bucket(),
                            "make the bucket, or correct bucket and endpoint of the store in ops.yml",
                            StorageFailures.REFUSED)
                    .asException(answer);
        }
        if (REGION.contains(code) || answer.statusCode() == 301) {
            return refused(
                    fact,
                    "set region of the store in ops.yml to the bucket's (auto for R2), not " + store.region(),
                    answer);
        }
        if (CLOCK.contains(code)) {
            return refused(fact, "set this machine's clock: signatures are valid for minutes only", answer);
        }
        if (isLocked(answer)) {
            return refused(
                    fact,
                    "a bucket lock protects that key; wait until it ends or give the lock another prefix",
                    answer);
        }
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            return refused(
                    fact,
                    "renew the key in " + store.accessKeyId() + " and " + store.secretAccessKey()
                            + ", with permission to read and write objects of bucket " + store.bucket(),
                    answer);
        }
        boolean passes = answer.statusCode() >= 500 || answer.statusCode() == 408 || answer.statusCode() == 429;
        if ((passes && answer.statusCode() != 501) || PASSING.contains(code)) {
            return StorageFailures.unavailable(store.name(), fact, answer);
        }
        return refused(fact, "this store does not take what S3 and R2 take; look at the code in its manual", answer);
    }

    private ApplicationFailure refused(String fact, String hint, AwsServiceException answer) {
        return StorageFailures.refused(store.name(), fact, hint, answer);
    }

    /** R2's bucket locks: 403 ObjectLockedByBucketPolicy, number 10069. */
    static boolean isLocked(AwsServiceException answer) {
        return answer.statusCode() == 403 && code(answer).equals("ObjectLockedByBucketPolicy");
    }

    static boolean isCode(AwsServiceException answer, String code) {
        return code(answer).toLowerCase(Locale.ROOT).equals(code.toLowerCase(Locale.ROOT));
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? ""
                : answer.awsErrorDetails().errorCode();
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
