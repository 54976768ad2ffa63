package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Step;

public record ArchiveOrder(Step step, SetId set, ArchiveName archive) {}
