package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a recovery needs beside a machine: what opens the bucket, and what opens the sets in it. A file of {@code
 * NAME=value} lines, {@code #} begins a comment, with mode 0600; {@link CredentialFile} reads it. Never printed.
 *
 * <pre>
 * WINDLASS_RECOVERY_ENDPOINT=https://….r2.cloudflarestorage.com
 * WINDLASS_RECOVERY_BUCKET=example-backups
 * WINDLASS_RECOVERY_PREFIX=production/              # default: none
 * WINDLASS_RECOVERY_REGION=auto                     # default: auto
 * WINDLASS_RECOVERY_AUTHORITY=/absolute/path.pem    # default: the public ones
 * WINDLASS_RECOVERY_ACCESS_KEY=…
 * WINDLASS_RECOVERY_SECRET_KEY=…
 * WINDLASS_RECOVERY_AGE_IDENTITY=AGE-SECRET-KEY-1…
 * </pre>
 */
public final class RecoveryCredential {
    private final RecoveryBucket bucket;
    private final String accessKey;
    private final String secretKey;
    private final String identity;
    private final Optional<Certificate> authority;

    /** @param file where it lies on this machine */
    record Certificate(String file, String pem) {}

    RecoveryCredential(
            RecoveryBucket bucket,
            String accessKey,
            String secretKey,
            String identity,
            Optional<Certificate> authority) {
        this.bucket = bucket;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.identity = identity;
        this.authority = authority;
        if (authority.isPresent() != (bucket.authority() == Authority.PRIVATE)) {
            throw new IllegalArgumentException("a private authority and its certificate come together");
        }
    }

    public RecoveryBucket bucket() {
        return bucket;
    }

    /** What the target gets, by absolute path: each file with mode 0600, in {@link RecoveryFiles#DIRECTORY} with 0700. */
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(RecoveryFiles.ACCESS_KEY, accessKey);
        files.put(RecoveryFiles.SECRET_KEY, secretKey);
        files.put(RecoveryFiles.IDENTITY, identity);
        authority.ifPresent(certificate -> files.put(RecoveryFiles.AUTHORITY, certificate.pem()));
        return Collections.unmodifiableSortedMap(files);
    }

    /** Where the certificate of a private authority lies on this machine. */
    public Optional<String> authorityFile() {
        return authority.map(Certificate::file);
    }

    @Override
    public String toString() {
        return "credential for " + bucket;
    }
}
