package dev.windlass.activities.recovery;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.workflows.protect.PhysicalBackup;
import java.time.Instant;
import java.util.List;

/**
 * The moments that a cluster can be taken back to: from the first backup's end to now.
 *
 * @param backups without damaged pages, oldest first
 */
record Window(Cluster cluster, List<PhysicalBackup> backups, Instant now) {
    static Window of(Cluster cluster, List<PhysicalBackup> all, Instant now) {
        List<PhysicalBackup> whole =
                all.stream().filter(backup -> !backup.hasPageErrors()).toList();
        if (whole.isEmpty()) {
            throw PointInTimeFailures.noBackup(cluster);
        }
        return new Window(cluster, whole, now);
    }

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION outside */
    PhysicalBackup backupBefore(Instant moment) {
        Instant from = reachableAfter(backups.getFirst());
        if (moment.isAfter(now)) {
            throw PointInTimeFailures.notYet(cluster, moment, from, now);
        }
        return backups.stream()
                .filter(backup -> !reachableAfter(backup).isAfter(moment))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> PointInTimeFailures.beforeAll(cluster, moment, from, now));
    }

    /** The end is told in whole seconds, rounded down, and what is replayed has to pass it. */
    private static Instant reachableAfter(PhysicalBackup backup) {
        return backup.end().plusSeconds(1);
    }
}
