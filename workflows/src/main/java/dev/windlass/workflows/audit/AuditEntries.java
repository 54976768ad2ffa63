package dev.windlass.workflows.audit;

import java.util.List;

/** Entries in their order. */
public record AuditEntries(List<AuditEntry> entries) {
    public AuditEntries {
        entries = List.copyOf(entries);
    }
}
