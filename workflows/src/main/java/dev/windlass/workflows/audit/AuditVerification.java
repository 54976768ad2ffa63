package dev.windlass.workflows.audit;

import java.util.Optional;

/**
 * What checking the whole chain brought.
 *
 * @param entries that fit
 * @param head hash of the last entry that fits
 * @param broken the first thing that is wrong, with its place; empty when nothing is
 * @param copied how many entries lie in the bucket as well; empty where no bucket is configured
 */
public record AuditVerification(long entries, String head, Optional<String> broken, Optional<Long> copied) {}
