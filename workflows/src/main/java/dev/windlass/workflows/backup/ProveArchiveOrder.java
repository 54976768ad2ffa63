package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Step;

/** @param step with the keys of the archive's files open */
public record ProveArchiveOrder(Step step, Manifest manifest, ArchiveName archive) {}
