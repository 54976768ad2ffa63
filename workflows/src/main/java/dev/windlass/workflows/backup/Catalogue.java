package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.StoreName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every set that any store knows, newest first. */
public record Catalogue(List<Entry> sets) {
    public Catalogue {
        sets = sets.stream().sorted(Comparator.comparing(Entry::set).reversed()).toList();
    }

    public enum Status {
        /** Restored and compared; its newest verdict is PROVEN. */
        PROVEN,
        /** Its newest verdict is FAILED. */
        FAILED,
        /** Committed, not yet restored. */
        UNPROVEN,
        /** No manifest: a run that is going on, or one that broke off. */
        INCOMPLETE
    }

    /**
     * @param stores which stores hold it whole (its manifest and every artefact at its size)
     * @param proof the newest verdict
     * @param problems what is wrong with a copy, one line each
     */
    public record Entry(
            SetId set,
            Status status,
            List<StoreName> stores,
            Optional<Manifest> manifest,
            Optional<Proof> proof,
            List<String> problems) {
        public Entry {
            stores = List.copyOf(stores);
            problems = List.copyOf(problems);
        }
    }

    public Optional<Entry> newestProven() {
        return sets.stream().filter(entry -> entry.status() == Status.PROVEN).findFirst();
    }

    public Optional<Entry> find(SetId set) {
        return sets.stream().filter(entry -> entry.set().equals(set)).findFirst();
    }
}
