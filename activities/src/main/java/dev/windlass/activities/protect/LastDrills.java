package dev.windlass.activities.protect;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.workflows.kernel.DatabaseName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells when a database was last recovered to see that it can be. */
@FunctionalInterface
public interface LastDrills {
    /** Empty where it never was. */
    Optional<Instant> of(DatabaseName database);

    /**
     * For how long none has succeeded, where that is longer than the cluster's limit. One that was protected a while ago and
     * never drilled counts from then: pgBackRest's file is as old as its protection. One without that file is not protected,
     * which is a finding of its own.
     */
    default Optional<Duration> overdue(Cluster cluster, Instant now) {
        return of(cluster.database())
                .or(() -> configured(cluster))
                .map(at -> Duration.between(at, now))
                .filter(age -> age.compareTo(cluster.limits().drill()) > 0);
    }

    private static Optional<Instant> configured(Cluster cluster) {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(Path.of(cluster.configuration())).toInstant());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
