package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/**
 * Restores a stored set into a scratch cluster and compares it again.
 *
 * @param set which one; empty means the newest proven set
 * @param source from which store; empty means the remote one where there is one
 * @param identity for sets older than the newest proven one, whose own identity is gone; a reference on the worker's host
 */
public record RestoreTestRequest(
        Optional<SetId> set, Optional<StoreName> source, Optional<SecretReference> identity, String requestedBy) {}
