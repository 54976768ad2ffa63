package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** @param accepted what the requester accepts by name: rules of the lint, and {@link #RESTORE} */
public record MigrateRequest(
        AppName app, EnvironmentName environment, SortedSet<String> accepted, Requester requester, Extent extent) {
    /** Accepts that the database is put back from a backup when it fails: what was written in the meantime is lost then. */
    public static final String RESTORE = "restore";

    /** How far a run goes through what is pending. */
    public enum Extent {
        ALL,
        /** Up to the first contract migration: what comes before a deploy. */
        EXPAND
    }

    /** Runs that were begun before there was a choice go to the end. */
    public MigrateRequest {
        accepted = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
        extent = Objects.requireNonNullElse(extent, Extent.ALL);
    }

    /** Everything that is pending. */
    public MigrateRequest(AppName app, EnvironmentName environment, SortedSet<String> accepted, Requester requester) {
        this(app, environment, accepted, requester, Extent.ALL);
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
