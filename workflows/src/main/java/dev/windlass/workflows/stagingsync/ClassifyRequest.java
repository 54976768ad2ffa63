package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.kernel.DatabaseName;

public record ClassifyRequest(DatabaseName database) {}
