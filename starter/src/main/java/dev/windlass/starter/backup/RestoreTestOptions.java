package dev.windlass.starter.backup;

import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a restore test is asked, by {@code backup verify} and {@code plan restore-test} alike. */
public final class RestoreTestOptions {
    @Parameters(arity = "0..1", paramLabel = "SET", description = "As in windlass backup list. Else the newest proven.")
    Optional<SetId> set = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "STORE",
            description = "The store whose copy is restored. Else the remote one where there is one.")
    Optional<StoreName> from = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "REF",
            description = "For older sets: the age identity, as env:NAME or file:/path on the worker's machine.")
    Optional<SecretReference> identity = Optional.empty();

    public RestoreTestRequest request(String person) {
        return new RestoreTestRequest(set, from, identity, person);
    }

    String what() {
        return set.map(id -> "set " + id).orElse("the newest proven set")
                + from.map(store -> " from " + store).orElse("");
    }
}
