package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;

/**
 * What must be green at GitHub before a version is deployed.
 *
 * @param repository {@code owner/name}
 * @param token may read the checks of the repository
 * @param checks names of check runs; empty: all there are, and at least one
 * @param api base URL without a slash at its end
 */
public record Gates(String repository, SecretReference token, List<String> checks, String api) {
    public Gates {
        checks = List.copyOf(checks);
    }
}
