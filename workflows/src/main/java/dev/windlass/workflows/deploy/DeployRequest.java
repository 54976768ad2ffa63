package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * @param version what shall serve when the run is over
 * @param accepted what the requester accepts by name: {@link #SCHEMA}, {@link #DRILL}, and what a migration accepts where the run migrates
 */
public record DeployRequest(
        AppName app,
        EnvironmentName environment,
        Version version,
        Requester requester,
        SortedSet<String> accepted,
        Migrating migrating) {
    /** Accepts that the schema has changed since the version was deployed, in ways its code may not bear. */
    public static final String SCHEMA = "schema";

    /** Accepts that nobody has tried lately whether the databases come back. */
    public static final String DRILL = "drill";

    public enum Migrating {
        LEFT_ALONE,
        /** The expand migrations that are pending are applied before the version starts. */
        FIRST
    }

    /** Runs that were begun before there was either accept nothing and leave the schema alone. */
    public DeployRequest {
        accepted =
                Collections.unmodifiableSortedSet(new TreeSet<>(Objects.requireNonNullElse(accepted, new TreeSet<>())));
        migrating = Objects.requireNonNullElse(migrating, Migrating.LEFT_ALONE);
    }

    /** The version, and nothing else. */
    public DeployRequest(AppName app, EnvironmentName environment, Version version, Requester requester) {
        this(app, environment, version, requester, new TreeSet<>(), Migrating.LEFT_ALONE);
    }

    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("app", app.value());
        words.put("environment", environment.value());
        words.put("version", version.value());
        if (!accepted.isEmpty()) {
            words.put("accepted", String.join(", ", accepted));
        }
        switch (migrating) {
            case LEFT_ALONE -> {}
            case FIRST -> words.put("migrations", "first");
        }
        return words;
    }
}
