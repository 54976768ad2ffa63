package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/**
 * Unpacks one archive of a set into a new directory.
 *
 * @param into absolute path on the worker's machine; nothing may be there. Files lie below it by their whole path
 */
public record RestoreFilesRequest(
        SetId set,
        ArchiveName archive,
        String into,
        Optional<StoreName> source,
        Optional<SecretReference> identity,
        String requestedBy) {}
