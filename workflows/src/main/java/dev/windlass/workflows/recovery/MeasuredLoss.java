package dev.windlass.workflows.recovery;

import java.time.Duration;
import java.time.Instant;

/**
 * What a machine that is gone from one moment to the next takes with it, measured by committing every second for longer
 * than a WAL segment is kept open.
 *
 * @param safe by the server's clock: what was committed until then lies in the bucket, and a commit that is younger
 * @param most how old the last safe commit was when it was oldest
 */
public record MeasuredLoss(Instant safe, Duration most) {}
