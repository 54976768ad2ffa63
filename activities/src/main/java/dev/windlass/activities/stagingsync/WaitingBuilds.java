package dev.windlass.activities.stagingsync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and indexes that wait for a session. One is handed out only when nothing that is being built excludes it: two that want the
 * same table would wait for each other in PostgreSQL, and a session with them.
 */
final class WaitingBuilds {
    /** @param table as it stands in the statement; empty where it cannot be told, and then nothing else is built meanwhile */
    record Build(SchemaText.Entry entry, Optional<String> table, Sharing sharing) {
        private boolean excludes(Build other) {
            return table.isEmpty()
                    || other.table.isEmpty()
                    || table.equals(other.table) && (sharing == Sharing.ALONE || other.sharing == Sharing.ALONE);
        }
    }

    enum Sharing {
        /** CREATE INDEX: others of the same table may be made meanwhile. */
        SHARED,
        /** ALTER TABLE. */
        ALONE
    }

    private final List<Build> waiting;
    private final List<Build> running = new ArrayList<>();

    /** @param sizes of tables: those of the largest are begun first, or they are waited for alone in the end */
    WaitingBuilds(List<Build> builds, Map<String, Long> sizes) {
        this.waiting = new ArrayList<>(builds);
        waiting.sort(Comparator.comparing(
                (Build build) -> build.table()
                        .map(table -> sizes.getOrDefault(table, 0L))
                        .orElse(Long.MAX_VALUE),
                Comparator.reverseOrder()));
    }

    /** Waits while each that is left is excluded. Empty when none is left. */
    synchronized Optional<Build> take() throws InterruptedException {
        while (!waiting.isEmpty()) {
            Optional<Build> free = waiting.stream()
                    .filter(build -> running.stream().noneMatch(build::excludes))
                    .findFirst();
            if (free.isPresent()) {
                waiting.remove(free.get());
                running.add(free.get());
                return free;
            }
            wait();
        }
        return Optional.empty();
    }

    synchronized boolean hasMore() {
        return !waiting.isEmpty();
    }

    /** For each that was taken, also when it failed: somebody may wait for its table. */
    synchronized void done(Build build) {
        running.remove(build);
        notifyAll();
    }
}
