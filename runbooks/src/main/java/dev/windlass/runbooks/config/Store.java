package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/** A place for objects. */
public sealed interface Store {
    StoreName name();

    /**
     * @param endpoint https URL without bucket and path
     * @param prefix prepended to every key; empty, or ends with {@code /}
     * @param certificateAuthority PEM file with a private authority of the endpoint
     * @param partMebibytes size of each part of a multipart upload but the last; 5 to 5120
     */
    record S3Store(
            StoreName name,
            Dialect dialect,
            String endpoint,
            String region,
            String bucket,
            String prefix,
            SecretReference accessKeyId,
            SecretReference secretAccessKey,
            Optional<String> certificateAuthority,
            int partMebibytes)
            implements Store {
        public enum Dialect {
            R2,
            S3
        }
    }

    /** @param path absolute */
    record DirectoryStore(StoreName name, String path) implements Store {}
}
