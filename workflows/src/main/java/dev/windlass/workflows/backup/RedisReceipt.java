package dev.windlass.workflows.backup;

import java.time.Duration;

public record RedisReceipt(RedisSummary summary, Artefact snapshot, Duration took) {}
