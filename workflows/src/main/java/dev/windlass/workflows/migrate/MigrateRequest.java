package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** @param accepted the rules of the lint whose destructive findings the requester accepts by name */
public record MigrateRequest(
        AppName app, EnvironmentName environment, SortedSet<String> accepted, Requester requester) {
    public MigrateRequest {
        accepted = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
    }

    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("app", app.value());
        words.put("environment", environment.value());
        if (!accepted.isEmpty()) {
            words.put("accepted", String.join(", ", accepted));
        }
        return words;
    }
}
