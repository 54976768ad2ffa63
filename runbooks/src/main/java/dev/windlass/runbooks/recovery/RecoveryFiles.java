package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.SecretReference;

/** Where the secrets of a recovery lie on the target while it goes on: in memory, never on a disk. */
public final class RecoveryFiles {
    public static final String DIRECTORY = "/run/windlass-recovery";
    /** Of PostgreSQL's user, while it fetches WAL; in memory as well. */
    public static final String REPOSITORY = "/run/windlass-recovery-repository";

    public static final String ACCESS_KEY = DIRECTORY + "/access-key";
    public static final String SECRET_KEY = DIRECTORY + "/secret-key";
    /** Opens every set. */
    public static final String IDENTITY = DIRECTORY + "/identity";
    /** Not a secret, but it comes with them. */
    public static final String AUTHORITY = DIRECTORY + "/authority.pem";

    private RecoveryFiles() {}

    public static SecretReference accessKey() {
        return new SecretReference("file:" + ACCESS_KEY);
    }

    public static SecretReference secretKey() {
        return new SecretReference("file:" + SECRET_KEY);
    }

    public static SecretReference identity() {
        return new SecretReference("file:" + IDENTITY);
    }
}
