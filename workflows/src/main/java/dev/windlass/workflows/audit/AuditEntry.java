package dev.windlass.workflows.audit;

import java.time.Instant;

/**
 * An event at its place in the chain; one line of canonical JSON in the log.
 *
 * @param sequence from 1, without gaps
 * @param previous {@link AuditChain#hash} of the line before; {@link AuditChain#BEGINNING} for the first
 */
public record AuditEntry(long sequence, Instant at, String previous, AuditEvent event) {}
