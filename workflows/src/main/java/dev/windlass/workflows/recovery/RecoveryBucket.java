package dev.windlass.workflows.recovery;

/**
 * Where the sets are, without the keys that open it.
 *
 * @param endpoint https URL without bucket and path
 * @param region {@code auto} for R2
 * @param prefix prepended to every key; empty, or ends with {@code /}
 * @param authority who has signed the endpoint's certificate
 */
public record RecoveryBucket(String endpoint, String region, String bucket, String prefix, Authority authority) {
    public enum Authority {
        /** One of those that every machine knows. */
        PUBLIC,
        /** One that the credential names; its certificate lies among the secrets of the machine. */
        PRIVATE
    }

    public RecoveryBucket {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix = prefix + "/";
        }
    }

    @Override
    public String toString() {
        return bucket + (prefix.isEmpty() ? "" : "/" + prefix) + " at " + endpoint;
    }
}
