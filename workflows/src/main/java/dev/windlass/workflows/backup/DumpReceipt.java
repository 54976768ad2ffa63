package dev.windlass.workflows.backup;

import java.time.Duration;

public record DumpReceipt(DatabaseSummary summary, Artefact dump, Artefact facts, Duration took) {}
