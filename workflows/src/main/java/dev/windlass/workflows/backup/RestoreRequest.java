package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/**
 * Restores one database of a set under a new name on the server it came from, never over an existing database.
 *
 * @param database which of the set's databases; empty when the set holds only one
 * @param into the new database's name on the server
 */
public record RestoreRequest(
        SetId set,
        Optional<DatabaseName> database,
        String into,
        Optional<StoreName> source,
        Optional<SecretReference> identity,
        String requestedBy) {}
