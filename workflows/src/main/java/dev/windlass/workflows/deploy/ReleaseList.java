package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The releases of an app in one environment that can serve again. @param entries newest first */
public record ReleaseList(AppName app, EnvironmentName environment, List<Entry> entries) {
    public ReleaseList {
        entries = List.copyOf(entries);
    }

    /**
     * @param deployed when it last came to serve and was kept; none when it never was
     * @param where it runs, in words: {@code blue, port 4101}; empty when it does not serve
     * @param applied the migrations that the app's database had when it was deployed; none where nobody knows
     */
    public record Entry(
            Release release,
            Optional<Instant> deployed,
            State state,
            String where,
            Optional<List<AppliedMigration>> applied) {
        public Entry {
            applied = applied.map(List::copyOf);
        }
    }

    public enum State {
        SERVING,
        /** The one that served before: where {@code windlass rollback} goes when no version is named. */
        BEFORE,
        KEPT,
        /** Made ready by a run that did not keep it. */
        NEVER_KEPT
    }

    /** Where a rollback without a version goes. */
    public Optional<Release> before() {
        return entries.stream()
                .filter(entry -> entry.state() == State.BEFORE)
                .map(Entry::release)
                .findFirst();
    }

    public Optional<Release> serving() {
        return entries.stream()
                .filter(entry -> entry.state() == State.SERVING)
                .map(Entry::release)
                .findFirst();
    }
}
