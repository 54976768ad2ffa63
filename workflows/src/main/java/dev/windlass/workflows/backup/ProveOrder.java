package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/**
 * @param source {@code local} reads the set's files where they lie; any other store is fetched into the scratch directory
 * @param identity empty means the set's own
 */
public record ProveOrder(
        Step step,
        SetId set,
        DatabaseName database,
        Manifest manifest,
        StoreName source,
        Optional<SecretReference> identity) {}
