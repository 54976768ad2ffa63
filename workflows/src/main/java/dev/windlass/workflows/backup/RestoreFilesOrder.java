package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Step;

public record RestoreFilesOrder(Step step, Manifest manifest, ArchiveName archive, String into) {}
