package dev.windlass.workflows.backup;

import java.time.Duration;

public record RestoreTestOutcome(Proof proof, Duration took) {}
