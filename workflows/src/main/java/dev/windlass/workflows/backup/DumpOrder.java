package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;

public record DumpOrder(Step step, SetId set, DatabaseName database) {}
